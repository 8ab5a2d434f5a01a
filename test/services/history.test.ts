import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { addDays } from '#domain/civil-date.ts';
import { historyDetails } from '#services/history/details.ts';
import { historyTotals, type HistoryPage, type HistoryRow, listHistory } from '#services/history/list.ts';
import { historyChoices } from '#services/history/statements.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import type { AccountRef } from '#test/support/premises.ts';
import { Utility } from '#test/support/utility.ts';

const reader = actor('history.read');

async function utility(): Promise<{ database: Database; town: Utility }> {
  const database = await freshDatabase();
  return { database, town: new Utility(database) };
}

/** Every page of a history in turn. */
async function pages(database: Database, question: Asked, limit: number): Promise<HistoryPage[]> {
  const all: HistoryPage[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(database, { ...question, limit, ...(cursor === undefined ? {} : { cursor }) });
    all.push(page);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return all;
}

type Question = Parameters<typeof listHistory.run>[1];
type Asked = Omit<Question, 'view' | 'limit'> & Partial<Pick<Question, 'view' | 'limit'>>;
const ask = (database: Database, question: Asked): Promise<HistoryPage> =>
  runnerFor(database, reader)(listHistory, { ...question, view: question.view ?? 'all', limit: question.limit ?? 100 });

const brief = (rows: readonly HistoryRow[]) =>
  rows.map((row) => [row.kind, row.effectiveOn, row.amountCents, row.balanceCents]);

describe('the history of an account', () => {
  test('is newest first with the balance after each row; unposted ones count apart', async () => {
    const { database, town } = await utility();
    const account = await town.household();
    const water = await town.serviceType('WAT', { name: 'Water' });
    await town.charge(account, 5000, { on: '2026-09-01', service: water, number: 'B1' });
    await town.payment(account, 3000, { on: '2026-09-15', number: 'R1' });
    await town.charge(account, 700, { on: '2026-10-01', kind: 'penalty', service: water });
    await town.payment(account, 1000, { on: '2026-11-20', status: 'unposted' });
    const page = await ask(database, { accountId: account.id });
    expect(brief(page.rows)).toEqual([
      ['payment', '2026-11-20', -1000, null],
      ['penalty', '2026-10-01', 700, 2700],
      ['payment', '2026-09-15', -3000, 2000],
      ['charge', '2026-09-01', 5000, 5000],
    ]);
    expect(page.standing).toEqual({ balanceCents: 2700, unpostedCents: -1000 });
    expect(page.rows[3]).toMatchObject({ services: ['WAT'], number: 'B1', status: 'posted' });
    expect(page.rows[2]).toMatchObject({ services: [], methodName: 'Check' });
    expect(page.next).toBeNull();
  });

  test('as of a day, and in each view, the balance beside a row is the account’s', async () => {
    const { database, town } = await utility();
    const account = await town.household();
    const water = await town.serviceType('WAT');
    const sewer = await town.serviceType('SEW', { payoff_rank: 2 });
    await town.charge(account, 5000, { on: '2026-09-01', service: water });
    await town.charge(account, 2000, { on: '2026-09-01', service: sewer });
    await town.payment(account, 6000, { on: '2026-09-15' });
    await town.charge(account, 100, { on: '2026-10-01', kind: 'adjustment', service: sewer });
    await town.charge(account, 4000, { on: '2026-10-02', service: water });
    const on = (view: Asked['view'], more: Partial<Asked> = {}) =>
      ask(database, { accountId: account.id, view, ...more }).then((page) => brief(page.rows));
    expect(await on('payments')).toEqual([['payment', '2026-09-15', -6000, 1000]]);
    expect(await on('adjustments')).toEqual([['adjustment', '2026-10-01', 100, 1100]]);
    expect(await on('charges', { asOf: '2026-09-15' })).toEqual([
      ['charge', '2026-09-01', 2000, 7000],
      ['charge', '2026-09-01', 5000, 5000],
    ]);
    expect(await on('unposted')).toEqual([]);
    // The service's own debt: its charges less what the payment paid of them.
    expect(await on('service', { serviceTypeId: sewer })).toEqual([
      ['adjustment', '2026-10-01', 100, 1100],
      ['payment', '2026-09-15', -1000, 1000],
      ['charge', '2026-09-01', 2000, 2000],
    ]);
    expect((await ask(database, { accountId: account.id, asOf: '2026-09-30' })).standing).toEqual({
      balanceCents: 1000,
      unpostedCents: 0,
    });
  });

  test('a customer’s is that of all accounts, a location’s that of all residents the reader may see', async () => {
    const { database, town } = await utility();
    const customer = await town.customer('Rivera, Ana M');
    const house = await town.location('118 Alder St');
    const first = await town.account(customer, house, { activity: 'final' });
    const second = await town.account(customer, await town.location('9 Oak Ave'));
    const hidden = await town.account(await town.customer('Mayor', { public: 0 }), house);
    await town.charge(first, 100, { on: '2026-01-01' });
    await town.charge(second, 20, { on: '2026-02-01' });
    await town.charge(hidden, 3, { on: '2026-03-01' });
    const ofCustomer = await ask(database, { customerId: customer });
    expect(brief(ofCustomer.rows).map((row) => row[3])).toEqual([120, 100]);
    expect(ofCustomer.rows.map((row) => row.accountId)).toEqual([second.id, first.id]);
    await expect(ask(database, { locationId: house })).rejects.toMatchObject({ code: 'not_found' });
    const everything = await runnerFor(database)(listHistory, { locationId: house, view: 'all', limit: 10 });
    expect(brief(everything.rows).map((row) => row[3])).toEqual([103, 100]);
    await database.db.updateTable('account').set({ activity: 'final' }).where('id', '=', hidden.id).execute();
    const ofLocation = await ask(database, { locationId: house });
    expect(ofLocation.rows).toHaveLength(1);
    expect(ofLocation.standing).toEqual({ balanceCents: 100, unpostedCents: 0 });
  });

  test('totals of a view', async () => {
    const { database, town } = await utility();
    const account = await town.household();
    await town.charge(account, 5000, { on: '2026-09-01' });
    await town.payment(account, 3000, { on: '2026-09-15' });
    await town.payment(account, 500, { status: 'unposted' });
    const call = runnerFor(database, reader);
    expect(await call(historyTotals, { accountId: account.id, view: 'all' })).toEqual({
      count: 3,
      chargesCents: 5000,
      creditsCents: 3000,
      unpostedCount: 1,
      unpostedCents: -500,
    });
    expect(await call(historyTotals, { accountId: account.id, view: 'payments', asOf: '2026-09-01' })).toMatchObject({
      count: 0,
      creditsCents: 0,
    });
  });

  test('details tell lines, what paid what, links and the bill', async () => {
    const { database, town } = await utility();
    const account = await town.household();
    const water = await town.serviceType('WAT', { name: 'Water' });
    const statementId = await town.add('statement', {
      number: 'S1',
      customer_id: account.customerId,
      account_id: account.id,
      billed_on: '2026-09-01',
      due_on: '2026-09-21',
      previous_cents: 0,
      payments_cents: 0,
      charges_cents: 5000,
      balance_cents: 5000,
    });
    const charge = await town.charge(account, 5000, { on: '2026-09-01', service: water, statementId });
    const payment = await town.payment(account, 3000, { on: '2026-09-15', number: 'R1' });
    const call = runnerFor(database, reader);
    const ofCharge = await call(historyDetails, { transactionId: charge });
    expect(ofCharge).toMatchObject({
      accountNumber: expect.stringMatching(/^A/),
      customerName: 'Rivera, Ana M',
      statement: { number: 'S1', billedOn: '2026-09-01' },
      lines: [{ serviceCode: 'WAT', debitGl: '1200', debitName: 'Accounts receivable', openCents: 2000 }],
      allocations: [{ direction: 'paid by', transactionId: payment, amountCents: 3000, serviceCode: 'WAT' }],
      links: [],
    });
    const ofPayment = await call(historyDetails, { transactionId: payment });
    expect(ofPayment.allocations).toMatchObject([{ direction: 'paid', transactionId: charge, amountCents: 3000 }]);
    const reversal = await town.add('ledger_transaction', {
      account_id: account.id,
      customer_id: account.customerId,
      kind: 'reversal',
      status: 'unposted',
      effective_on: '2026-09-20',
      amount_cents: 3000,
      reverses_id: payment,
      created_at: 0,
      created_by: 'tess',
    });
    const links = (id: number) => call(historyDetails, { transactionId: id }).then((details) => details.links);
    expect(await links(payment)).toMatchObject([{ id: reversal, relation: 'reversed by' }]);
    expect(await links(reversal)).toMatchObject([{ id: payment, relation: 'reverses' }]);
    await expect(links(42)).rejects.toMatchObject({ code: 'not_found' });
    expect(await call(historyChoices, { accountId: account.id })).toMatchObject({ statements: [{ number: 'S1' }] });
  });

  test('asks that name nobody, or leave the view open, are refused in words', async () => {
    const { database } = await utility();
    await expect(ask(database, {})).rejects.toMatchObject({ code: 'invalid' });
    await expect(ask(database, { accountId: 1, view: 'service' })).rejects.toMatchObject({
      fields: { serviceTypeId: 'Name the service.' },
    });
    await expect(ask(database, { accountId: 1, cursor: 'x' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(ask(database, { accountId: 1, asOf: '2026-02-30' })).rejects.toMatchObject({ code: 'invalid' });
    const stranger = runnerFor(database, actor('accounts.read'));
    await expect(stranger(listHistory, { accountId: 1, view: 'all', limit: 1 })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

/** An account's life: what happened on which day. */
const life = fc.array(
  fc.record({
    day: fc.integer({ min: 0, max: 12 }),
    what: fc.constantFrom('charge' as const, 'payment' as const, 'penalty' as const, 'adjustment' as const),
    cents: fc.integer({ min: 1, max: 9_999 }),
    unposted: fc.boolean(),
    service: fc.constantFrom(0, 1),
  }),
  { maxLength: 14 },
);

async function live(town: Utility, account: AccountRef, services: readonly number[], story: readonly Step[]) {
  for (const { day, what, cents, unposted, service } of story) {
    const options = { on: addDays('2026-03-01', day), status: unposted ? 'unposted' : 'posted' } as const;
    if (what === 'payment') await town.payment(account, cents, options);
    else await town.charge(account, cents, { ...options, kind: what, service: services[service]! });
  }
}
interface Step {
  readonly day: number;
  readonly what: 'charge' | 'payment' | 'penalty' | 'adjustment';
  readonly cents: number;
  readonly unposted: boolean;
  readonly service: number;
}

describe('whatever happened on an account', () => {
  test('pages of any size give the same rows and balances as one; they agree with the ledger on every day', async () => {
    const { database, town } = await utility();
    const services = [await town.serviceType('WAT'), await town.serviceType('SEW')];
    const views = ['all', 'charges', 'payments', 'adjustments', 'unposted', 'service'] as const;
    await fc.assert(
      fc.asyncProperty(
        life,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: -1, max: 13 }),
        async (story, size, day) => {
          const account = await town.household();
          await live(town, account, services, story);
          const asOf = addDays('2026-03-01', day);
          for (const view of views) {
            const question = {
              accountId: account.id,
              view,
              asOf,
              ...(view === 'service' ? { serviceTypeId: services[0]! } : {}),
            };
            const whole = await ask(database, { ...question, limit: 1000 });
            const parts = (await pages(database, question, size)).flatMap((page) => page.rows);
            expect(parts).toEqual(whole.rows);
          }
          const all = await ask(database, { accountId: account.id, asOf, limit: 1000 });
          let replayed = 0;
          for (const row of all.rows.toReversed()) {
            if (row.status === 'posted') replayed += row.amountCents;
            expect(row.balanceCents).toBe(row.status === 'posted' ? replayed : null);
          }
          const happened = story.filter((step) => step.day <= day);
          const sum = (unposted: boolean) =>
            happened
              .filter((step) => step.unposted === unposted)
              .reduce((total, step) => total + (step.what === 'payment' ? -step.cents : step.cents), 0);
          expect(all.rows).toHaveLength(happened.length);
          expect(all.standing).toEqual({ balanceCents: sum(false), unpostedCents: sum(true) });
          expect(replayed).toBe(sum(false));
        },
      ),
      { numRuns: 40 },
    );
  });
});
