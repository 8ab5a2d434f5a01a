import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMonths } from '#domain/civil-date.ts';
import { depositInterest } from '#domain/deposit-interest.ts';
import { DEPOSIT_TERMS, depositState, instalmentsOf, recommendedDeposit, refundObstacles } from '#domain/deposit.ts';

const DAY = '2025-01-15';
const two = [{ from: '2000-01-01', millionths: 20_000 }];
const simple = { interest: 'simple', rates: two } as const;
const compound = { interest: 'compound', rates: [{ from: '2000-01-01', millionths: 120_000 }] } as const;

describe('interest on deposits', () => {
  test('I1: 150.00 at 2 % simple earns 3.00 in 365 days and 0.60 in 73', () => {
    const held = [{ on: DAY, cents: 15_000 }];
    expect(depositInterest(simple, held, null, addDays(DAY, 365))).toBe(300);
    expect(depositInterest(simple, held, null, addDays(DAY, 73))).toBe(60);
  });

  test('compound monthly: P × ((1 + r ÷ 12)^m − 1)', () => {
    const held = [{ on: DAY, cents: 100_000 }];
    expect(depositInterest(compound, held, null, addMonths(DAY, 1))).toBe(1_000);
    expect(depositInterest(compound, held, null, addMonths(DAY, 12))).toBe(
      Math.round(100_000 * ((1 + 0.12 / 12) ** 12 - 1)),
    );
    expect(depositInterest(compound, held, null, addMonths(DAY, 30))).toBe(
      Math.round(100_000 * ((1 + 0.12 / 12) ** 30 - 1)),
    );
  });

  test('only on what is collected, from the day of its collection, until it leaves', () => {
    const parts = [
      { on: DAY, cents: 10_000 },
      { on: addDays(DAY, 100), cents: 5_000 },
      { on: addDays(DAY, 200), cents: -5_000 },
    ];
    const right = Math.round((10_000 * 0.02 * 365 + 5_000 * 0.02 * 100) / 365);
    expect(depositInterest(simple, parts, null, addDays(DAY, 365))).toBe(right);
  });

  test('each day at the rate in force, nothing before the first rate, nothing twice', () => {
    const rates = [
      { from: addDays(DAY, 100), millionths: 10_000 },
      { from: addDays(DAY, 200), millionths: 40_000 },
    ];
    const held = [{ on: DAY, cents: 365_000 }];
    const terms = { interest: 'simple', rates } as const;
    expect(depositInterest(terms, held, null, addDays(DAY, 100))).toBe(0);
    expect(depositInterest(terms, held, null, addDays(DAY, 300))).toBe(1000 + 4000);
    expect(depositInterest(terms, held, addDays(DAY, 200), addDays(DAY, 300))).toBe(4000);
    expect(depositInterest({ interest: 'none', rates }, held, null, addDays(DAY, 300))).toBe(0);
  });

  test('interest on a sum is that on its parts, and never below zero', () => {
    const change = fc.record({
      on: fc.integer({ min: 0, max: 800 }).map((n) => addDays(DAY, n)),
      cents: fc.integer({ min: 1, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), fc.constantFrom(simple, compound), (changes, terms) => {
        const to = addDays(DAY, 900);
        const whole = depositInterest(terms, changes, null, to);
        const parts = changes.reduce((sum, one) => sum + depositInterest(terms, [one], null, to), 0);
        expect(whole).toBeGreaterThanOrEqual(0);
        expect(Math.abs(whole - parts)).toBeLessThanOrEqual(changes.length / 2 + 0.5);
      }),
    );
  });
});

describe('the state of a deposit', () => {
  const sums = { chargedCents: 0, collectedCents: 0, releasedCents: 0, lastRelease: null, lastReleaseOn: null };
  const released = { lastRelease: 'applied', lastReleaseOn: DAY } as const;

  test.each([
    [{ chargedCents: 100 }, 'charged', 0],
    [{ chargedCents: 100, collectedCents: 40 }, 'partial', 40],
    [{ chargedCents: 100, collectedCents: 100 }, 'held', 100],
    [{ chargedCents: 100, collectedCents: 100, releasedCents: 60, ...released }, 'held', 40],
    [{ chargedCents: 100, collectedCents: 100, releasedCents: 100, ...released }, 'applied', 0],
    [{ chargedCents: 100, collectedCents: 40, releasedCents: 40, ...released }, 'partial', 0],
    // The payment came back after the deposit had been used.
    [{ chargedCents: 100, collectedCents: 0, releasedCents: 100, ...released }, 'charged', 0],
    [{}, 'cancelled', 0],
  ] as const)('%j is %s', (some, status, heldCents) => {
    expect(depositState({ ...sums, ...some })).toMatchObject({ status, heldCents });
  });
});

test('instalments are whole: the last one absorbs the rounding, none is zero', () => {
  expect(instalmentsOf(10_000, 3)).toEqual([3333, 3333, 3334]);
  expect(instalmentsOf(2, 3)).toEqual([2]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 1, max: 60 }), (cents, count) => {
      const parts = instalmentsOf(cents, count);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(cents);
      expect(Math.min(...parts)).toBeGreaterThan(0);
    }),
  );
});

test('twice the highest or the average bill is recommended, capped; nothing without bills', () => {
  const bills = [10_001, 5_000, 0, -700];
  const policy = { basis: 'highest', bills: 2, mostCents: null } as const;
  expect(recommendedDeposit(bills, policy)).toBe(20_002);
  expect(recommendedDeposit(bills, { ...policy, basis: 'average' })).toBe(15_001);
  expect(recommendedDeposit(bills, { ...policy, mostCents: 15_000 })).toBe(15_000);
  expect(recommendedDeposit([], policy)).toBeNull();
});

test('a deposit is given back by itself after its months in good standing', () => {
  const terms = DEPOSIT_TERMS.parse({ refundMonths: 12, maxLate: 1 });
  const good = {
    status: 'held',
    months: 12,
    lateCharges: 1,
    returnedItems: 0,
    disconnected: false,
    pastDueCents: 0,
  } as const;
  expect(refundObstacles(terms, good)).toEqual([]);
  const bad = { ...good, status: 'partial', months: 11, lateCharges: 2, returnedItems: 1, pastDueCents: 1 } as const;
  expect(refundObstacles(terms, { ...bad, disconnected: true })).toHaveLength(6);
  expect(refundObstacles({ ...terms, refundMonths: 0 }, good)).toHaveLength(1);
});
