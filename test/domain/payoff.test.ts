import { assert, property } from 'fast-check';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inInvoiceOrder, inPayoffOrder, type OpenDebt, partsOf, payOff, shareOut } from '#domain/payoff.ts';

let nextId = 0;
const debt = (rank: number, dueOn: string, cents: number, more: Partial<OpenDebt> = {}): OpenDebt => ({
  id: (nextId += 1),
  openCents: cents,
  dueOn,
  effectiveOn: dueOn,
  payoffRank: rank,
  classRank: 0,
  serviceTypeId: rank,
  transactionId: nextId,
  invoice: null,
  ...more,
});

const [WATER, SEWER] = [1, 2];
const waterMarch = debt(WATER, '2026-03-01', 4000);
const sewerMarch = debt(SEWER, '2026-03-01', 3000);
const waterApril = debt(WATER, '2026-04-01', 5000);
const three = [waterApril, sewerMarch, waterMarch];

describe('the payoff order', () => {
  test('by age the oldest debts come first, services in their order within a date (P1)', () => {
    expect(payOff(inPayoffOrder(three, 'age'), 6000)).toEqual({
      paid: [
        { id: waterMarch.id, cents: 4000 },
        { id: sewerMarch.id, cents: 2000 },
      ],
      leftCents: 0,
    });
  });

  test('by service alone a service is paid whole before the next (P2)', () => {
    expect(payOff(inPayoffOrder(three, 'service_order'), 6000)).toEqual({
      paid: [
        { id: waterMarch.id, cents: 4000 },
        { id: waterApril.id, cents: 2000 },
      ],
      leftCents: 0,
    });
  });

  test('what is more than all debts is left (P3)', () => {
    expect(payOff(inPayoffOrder(three, 'age'), 20_000).leftCents).toBe(8000);
  });

  test('classes of debts go before others of the same date and service', () => {
    const fee = debt(WATER, '2026-03-01', 2500, { classRank: 0 });
    const bill = debt(WATER, '2026-03-01', 100, { classRank: 1, id: 0 });
    expect(inPayoffOrder([bill, fee], 'age')).toEqual([fee, bill]);
  });

  test('a debt that is not due by itself counts from its own date', () => {
    const opening = debt(SEWER, '2026-02-01', 100, { dueOn: null });
    expect(inPayoffOrder([waterMarch, opening], 'age')[0]).toBe(opening);
  });

  test('invoices: by due date, then by number, 9 before 10, each whole before the next (P6)', () => {
    const invoices = [
      debt(WATER, '2026-02-10', 4000, { invoice: 'I10' }),
      debt(SEWER, '2026-02-10', 1000, { invoice: 'I9' }),
      debt(SEWER, '2026-01-10', 2500, { invoice: 'I8' }),
    ];
    const ordered = inInvoiceOrder(invoices);
    expect(ordered.map(({ invoice }) => invoice)).toEqual(['I8', 'I9', 'I10']);
    expect(payOff(ordered, 4500).paid.map(({ cents }) => cents)).toEqual([2500, 1000, 1000]);
  });
});

describe('a payment for several accounts', () => {
  test('the source is paid first, then the others in turn (P4)', () => {
    const { shares } = shareOut(
      [
        { accountId: 2, owedCents: 5000, wantedCents: null },
        { accountId: 1, owedCents: 7000, wantedCents: null },
      ],
      6000,
    );
    expect([...shares]).toEqual([
      [2, 5000],
      [1, 1000],
    ]);
  });

  test('what nobody owes stays with the source', () => {
    const { shares } = shareOut([{ accountId: 2, owedCents: 5000, wantedCents: null }], 6000);
    expect(shares.get(2)).toBe(6000);
  });

  test('an amount of its own goes before the rest is shared; too much of it is told', () => {
    const accounts = [
      { accountId: 1, owedCents: 7000, wantedCents: null },
      { accountId: 2, owedCents: 5000, wantedCents: 4000 },
    ];
    expect([...shareOut(accounts, 6000).shares.values()]).toEqual([2000, 4000]);
    expect(shareOut(accounts, 3000).overCents).toBe(1000);
  });

  test('cents in are cents out, whatever is shared over whatever tenders', () => {
    const cents = fc.integer({ min: 0, max: 100_000 });
    const accounts = fc.array(cents, { minLength: 1, maxLength: 6 });
    const tenders = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 4 });
    assert(
      property(accounts, tenders, (owed, paid) => {
        const total = paid.reduce((sum, part) => sum + part, 0);
        const payables = owed.map((owedCents, accountId) => ({ accountId, owedCents, wantedCents: null }));
        const { shares } = shareOut(payables, total);
        const parts = partsOf(shares, paid);
        for (const [tender, part] of paid.entries()) {
          const used = parts.filter((one) => one.tender === tender).reduce((sum, one) => sum + one.cents, 0);
          expect(used).toBe(part);
        }
        for (const [accountId, share] of shares) {
          const got = parts.filter((one) => one.accountId === accountId).reduce((sum, one) => sum + one.cents, 0);
          expect(got).toBe(share);
        }
      }),
    );
  });

  test('what is paid and what is left are what was given, and no debt is paid more than it is', () => {
    const debts = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 5000 })), {
      maxLength: 12,
    });
    assert(
      property(
        debts,
        fc.integer({ min: 0, max: 60_000 }),
        fc.constantFrom('age', 'service_order'),
        (list, cents, rule) => {
          const open = list.map(([rank, openCents]) => debt(rank, `2026-0${rank}-01`, openCents));
          const { paid, leftCents } = payOff(inPayoffOrder(open, rule as 'age'), cents);
          expect(paid.reduce((sum, part) => sum + part.cents, leftCents)).toBe(cents);
          for (const { id, cents: part } of paid) {
            expect(part).toBeLessThanOrEqual(open.find((one) => one.id === id)!.openCents);
          }
          expect(leftCents === 0 || paid.length === open.filter(({ openCents }) => openCents > 0).length).toBe(true);
        },
      ),
    );
  });
});
