import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { generateDemo } from '#db/demo/generate.ts';
import { addDays } from '#domain/civil-date.ts';
import { historyAgeing } from '#services/history/ageing.ts';
import { explainBalance, type Explanation } from '#services/history/explain.ts';
import { freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import type { AccountRef } from '#test/support/premises.ts';
import { Utility } from '#test/support/utility.ts';

const sum = (cents: readonly number[]): number => cents.reduce((total, each) => total + each, 0);

/** What posted lines of these accounts add up to at the end of a day, read line by line. */
async function replayed({ db }: Database, accounts: readonly number[], day: string): Promise<number> {
  const lines = await db
    .selectFrom('ledger_line as l')
    .innerJoin('ledger_transaction as t', 't.id', 'l.transaction_id')
    .select(['l.amount_cents', 'l.effect'])
    .where('t.status', '=', 'posted')
    .where('t.account_id', 'in', accounts)
    .where('t.effective_on', '<=', day)
    .execute();
  return sum(lines.map(({ amount_cents, effect }) => amount_cents * effect));
}

/** Every way of adding up an explanation gives its balance. */
function expectWhole(e: Explanation): void {
  for (const { title, lines, cents, sum: what } of e.sections) {
    expect(sum(lines.map((line) => line.cents ?? 0)), title).toBe(cents);
    if (what.startsWith('Balance')) expect(cents, title).toBe(e.balanceCents);
  }
  const debts = sum(e.debts.map(({ openCents }) => openCents));
  const credits = sum(e.credits.map(({ openCents }) => openCents));
  expect(debts - credits + e.fromOthersCents - e.toOthersCents).toBe(e.balanceCents);
  expect(e.openingCents + sum(e.kinds.map(({ cents }) => cents))).toBe(e.balanceCents);
  expect(sum(e.services.map(({ balanceCents }) => balanceCents))).toBe(e.balanceCents);
  expect(sum(e.services.map(({ ageing }) => ageing.open.cents))).toBe(debts);
  const { current, days30, days60, days90, older, open, credit } = e.ageing;
  expect(sum([current, days30, days60, days90, older].map(({ cents }) => cents))).toBe(open.cents);
  expect([open.cents, credit]).toEqual([debts, credits]);
  for (const item of [...e.debts, ...e.credits]) {
    expect(item.openCents).toBeGreaterThan(0);
    expect(item.openCents + sum(item.settlements.map(({ amountCents }) => amountCents))).toBe(item.amountCents);
  }
}

const words = (e: Explanation, title: string): string[] =>
  e.sections
    .find((section) => section.title === title)!
    .lines.map(({ text, cents }) => (cents === null ? text : `${text} = ${(cents / 100).toFixed(2)}`));

describe('explaining a balance', () => {
  test('says what is open and how late, what paid it, the credit that is left, and what is not posted', async () => {
    const database = await freshDatabase();
    const town = new Utility(database);
    const account = await town.household();
    const water = await town.serviceType('WAT', { name: 'Water' });
    const sewer = await town.serviceType('SEW', { name: 'Sewer', payoff_rank: 2 });
    await town.charge(account, 6000, { on: '2026-09-01', dueOn: '2026-09-21', service: water, number: 'B1' });
    await town.charge(account, 3000, { on: '2026-11-01', dueOn: '2026-11-26', service: sewer, number: 'B2' });
    await town.payment(account, 2000, { on: '2026-09-15', number: 'R1' });
    await town.payment(account, 500, { on: '2026-11-20', status: 'unposted', number: 'R2' });
    const call = runnerFor(database);
    const e = await call(explainBalance, { accountId: account.id });
    expectWhole(e);
    expect(e.answer).toBe(
      'As of 2026-11-21, 70.00 is owed; 40.00 of the open debts is past due. Once all is posted it will be 65.00.',
    );
    expect(words(e, 'Open debts')).toEqual([
      'Charge B1 of 2026-09-01, Water, 61 days late = 40.00',
      '  of 60.00',
      '  20.00 paid by Payment R1 of 2026-09-15',
      'Charge B2 of 2026-11-01, Sewer, due in 5 days, 20 days old = 30.00',
    ]);
    expect(words(e, 'The last bill and everything since')).toEqual(['Owed after charge B2 of 2026-11-01 = 70.00']);
    expect(words(e, 'Ageing of the open debts')).toEqual([
      'Current: 1 debt = 30.00',
      '  30.00 Sewer',
      '1–30 days = 0.00',
      '31–60 days = 0.00',
      '61–90 days: 1 debt = 40.00',
      '  40.00 Water',
      'Over 90 days = 0.00',
    ]);
    expect(words(e, 'By service')).toEqual([
      'Water = 40.00',
      '  charged 60.00, credited 0.00, paid 20.00',
      'Sewer = 30.00',
      '  charged 30.00, credited 0.00, paid 0.00',
      'No service = 0.00',
      '  charged 0.00, credited 20.00, spent on services 20.00',
    ]);
    expect(words(e, 'Unposted: not in the balance yet')).toEqual(['Payment R2 of 2026-11-20 = -5.00']);
    const earlier = await call(explainBalance, { accountId: account.id, asOf: '2026-09-10', from: '2026-09-05' });
    expectWhole(earlier);
    expect(words(earlier, 'By kind')).toEqual(['Owed before 2026-09-05 = 60.00']);
    await expect(
      call(explainBalance, { accountId: account.id, asOf: '2026-09-10', from: '2026-09-11' }),
    ).rejects.toThrow();
  });

  test('tells credit for any service from credit of one, and a bill from what came after it', async () => {
    const database = await freshDatabase();
    const town = new Utility(database);
    const account = await town.household();
    const water = await town.serviceType('WAT', { name: 'Water' });
    const statementId = await town.add('statement', {
      number: 'S7',
      customer_id: account.customerId,
      account_id: account.id,
      billed_on: '2026-10-01',
      due_on: '2026-10-21',
      previous_cents: 0,
      payments_cents: 0,
      charges_cents: 5000,
      balance_cents: 5000,
    });
    await town.charge(account, 5000, { on: '2026-10-01', service: water, number: 'S7', statementId });
    await town.payment(account, 1000, { on: '2026-10-01', number: 'R1' });
    await town.payment(account, 4500, { on: '2026-10-10', number: 'R2' });
    await town.payment(account, 700, { on: '2026-10-11', number: 'R3', service: water });
    const e = await runnerFor(database)(explainBalance, { accountId: account.id });
    expectWhole(e);
    expect(words(e, 'The last bill and everything since')).toEqual([
      'Bill S7 of 2026-10-01, due 2026-10-21 = 50.00',
      'Payment R1 of 2026-10-01 = -10.00',
      '  10.00 paid Charge S7 of 2026-10-01, Water',
      'Payment R2 of 2026-10-10 = -45.00',
      '  40.00 paid Charge S7 of 2026-10-01, Water',
      'Payment R3 of 2026-10-11 = -7.00',
    ]);
    expect(words(e, 'What is open')).toEqual([
      '0 open debts = 0.00',
      'less open credit, for any service (OC) = -5.00',
      'less open credit of one service (SOC) = -7.00',
    ]);
    expect(words(e, 'Open credit')).toEqual([
      'Payment R2 of 2026-10-10, OC, for any service = -5.00',
      '  of 45.00',
      '  40.00 paid Charge S7 of 2026-10-01, Water',
      'Payment R3 of 2026-10-11, SOC, for Water only = -7.00',
    ]);
    expect(e.answer).toBe('As of 2026-11-21, there is a credit of 12.00.');
    await town.charge(account, 300, { on: '2026-09-30', number: 'late entry' });
    const late = await runnerFor(database)(explainBalance, { accountId: account.id });
    expectWhole(late);
    expect(words(late, 'The last bill and everything since').slice(0, 3)).toEqual([
      'Bill S7 of 2026-10-01, due 2026-10-21 = 50.00',
      'Entered later with a date up to the bill’s = 3.00',
      'Payment R1 of 2026-10-01 = -10.00',
    ]);
  });
});

/** What happened on which day: money both ways, and allocations undone or made across accounts. */
const story = fc.array(
  fc.record({
    day: fc.integer({ min: 0, max: 12 }),
    what: fc.constantFrom(
      'charge' as const,
      'payment' as const,
      'penalty' as const,
      'release' as const,
      'across' as const,
    ),
    cents: fc.integer({ min: 1, max: 9_999 }),
    unposted: fc.boolean(),
    service: fc.constantFrom(0, 1, 2),
    account: fc.constantFrom(0, 1),
  }),
  { maxLength: 16 },
);
type Step = typeof story extends fc.Arbitrary<(infer S)[]> ? S : never;

class Town extends Utility {
  async live(accounts: readonly AccountRef[], services: readonly (number | null)[], steps: readonly Step[]) {
    for (const { day, what, cents, unposted, service, account } of steps) {
      const of = accounts[account]!;
      const on = addDays('2026-03-01', day);
      const options = { on, status: unposted ? 'unposted' : 'posted', service: services[service]! } as const;
      if (what === 'payment') await this.payment(of, cents, options);
      else if (what === 'release') await this.#release(of.customerId, on);
      else if (what === 'across') await this.#across(of.customerId, on);
      else await this.charge(of, cents, { ...options, kind: what });
    }
  }

  /** Takes back what is allocated, the newest first. */
  async #release(customerId: number, on: string): Promise<void> {
    const pairs = await this.db
      .selectFrom('allocation')
      .select(['credit_line_id as credit', 'debit_line_id as debit'])
      .select((eb) => eb.fn.sum<number>('amount_cents').as('cents'))
      .where('customer_id', '=', customerId)
      .groupBy(['credit_line_id', 'debit_line_id'])
      .orderBy('credit_line_id', 'desc')
      .execute();
    const pair = pairs.find(({ cents }) => Number(cents) > 0);
    if (pair) await this.#allocate(customerId, pair, -Number(pair.cents), on);
  }

  /** Money of one account pays a debt of another. */
  async #across(customerId: number, on: string): Promise<void> {
    const open = await this.db
      .selectFrom('ledger_line as l')
      .innerJoin('ledger_transaction as t', 't.id', 'l.transaction_id')
      .select(['l.id', 'l.effect', 'l.open_cents as cents', 'l.account_id as account'])
      .where('t.status', '=', 'posted')
      .where('l.customer_id', '=', customerId)
      .where('l.open_cents', '>', 0)
      .orderBy('l.id')
      .execute();
    const credit = open.find(({ effect }) => effect < 0);
    const debit = open.find(({ effect, account }) => effect > 0 && account !== credit?.account);
    if (!credit || !debit) return;
    await this.#allocate(customerId, { credit: credit.id, debit: debit.id }, Math.min(credit.cents, debit.cents), on);
  }

  async #allocate(customerId: number, pair: { credit: number; debit: number }, cents: number, on: string) {
    await this.add('allocation', {
      customer_id: customerId,
      credit_line_id: pair.credit,
      debit_line_id: pair.debit,
      amount_cents: cents,
      allocated_on: on,
    });
    await this.db
      .updateTable('ledger_line')
      .set((eb) => ({ open_cents: eb('open_cents', '-', cents) }))
      .where('id', 'in', [pair.credit, pair.debit])
      .execute();
  }
}

describe('whatever happened', () => {
  test('on any day, each way of adding up the parts gives the balance of a full replay', async () => {
    const database = await freshDatabase();
    const town = new Town(database);
    const services = [await town.serviceType('WAT'), await town.serviceType('SEW'), null];
    const call = runnerFor(database);
    const days = fc.integer({ min: -1, max: 13 });
    await fc.assert(
      fc.asyncProperty(story, days, days, async (steps, day, first) => {
        const one = await town.household();
        const two = await town.account(one.customerId, await town.location('9 Oak Ave'));
        // Told in the order of days: an allocation undone is dated no earlier than it was made.
        await town.live(
          [one, two],
          services,
          steps.toSorted((a, b) => a.day - b.day),
        );
        const asOf = addDays('2026-03-01', day);
        const from = addDays('2026-03-01', Math.min(first, day));
        for (const [question, accounts] of [
          [{ accountId: one.id }, [one.id]],
          [{ accountId: two.id }, [two.id]],
          [{ customerId: one.customerId }, [one.id, two.id]],
          [{ locationId: two.locationId }, [two.id]],
        ] as const) {
          const e = await call(explainBalance, { ...question, asOf, from });
          expectWhole(e);
          expect(e.balanceCents).toBe(await replayed(database, accounts, asOf));
          const now = await call(explainBalance, { ...question });
          expectWhole(now);
          const stored = await database.db
            .selectFrom('account_balance')
            .select(['balance_cents', 'unposted_cents'])
            .where('account_id', 'in', accounts)
            .execute();
          expect([now.balanceCents, now.unpostedCents]).toEqual([
            sum(stored.map((row) => row.balance_cents)),
            sum(stored.map((row) => row.unposted_cents)),
          ]);
          const then = await call(historyAgeing, { ...question, asOf });
          expect(then.total).toEqual(e.ageing);
          expect((await call(historyAgeing, { ...question })).total).toEqual(now.ageing);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('on every account of a made-up utility, with returned, reversed, refunded and written-off money', async () => {
    const database = await freshDatabase();
    await generateDemo(database, { customers: 120, months: 24, today: TODAY });
    const call = runnerFor(database);
    const accounts = await database.db.selectFrom('account').select('id').execute();
    const titles = new Set<string>();
    for (const { id } of accounts) {
      for (const asOf of [undefined, '2026-06-15', '2025-12-31']) {
        const e = await call(explainBalance, { accountId: id, ...(asOf === undefined ? {} : { asOf }) });
        expectWhole(e);
        expect(e.balanceCents).toBe(await replayed(database, [id], asOf ?? '9999-12-31'));
        // Every bill of the demo is where the ledger had its balance.
        for (const bill of e.bills) if (asOf === undefined) expect(bill.backdatedCents).toBe(0);
        for (const { title } of e.sections) titles.add(title);
      }
    }
    expect(titles.size).toBe(8);
  });
});
