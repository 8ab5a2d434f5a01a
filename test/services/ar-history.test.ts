import { describe, expect, test } from 'vitest';
import { generateDemo } from '#db/demo/generate.ts';
import { arHistory, type ArHistory } from '#services/ar/history.ts';
import { explainBalance } from '#services/history/explain.ts';
import { actor, freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

const sum = (cents: readonly number[]): number => cents.reduce((total, each) => total + each, 0);

/** Opening balance and events give every balance up to the closing one; applied and open give each amount. */
function expectWhole({ openingCents, closingCents, rows, ageing, openCreditCents, serviceCreditCents }: ArHistory) {
  let balance = openingCents;
  for (const row of rows) {
    expect(row.appliedCents + row.openCents).toBe(row.amountCents);
    if (row.status === 'posted') balance += row.amountCents;
    expect(row.balanceCents).toBe(row.status === 'posted' ? balance : null);
    const lines = row.details.filter(({ kind }) => kind === 'line').map(({ cents }) => cents);
    if (lines.length > 0) expect(sum(lines)).toBe(row.amountCents);
    const paid = row.details.filter(({ kind }) => kind === 'paid').map(({ cents }) => cents);
    const paidBy = row.details.filter(({ kind }) => kind === 'paid by').map(({ cents }) => cents);
    if (row.details.length > 0) expect(sum(paidBy) - sum(paid)).toBe(row.appliedCents);
  }
  expect(balance).toBe(closingCents);
  expect(openCreditCents + serviceCreditCents).toBe(ageing.credit);
}

describe('the A/R history', () => {
  test('tells the events of a range of days with what is applied and open at its end', async () => {
    const database = await freshDatabase();
    const town = new Utility(database);
    const account = await town.household();
    const water = await town.serviceType('WAT', { name: 'Water' });
    await town.charge(account, 5000, { on: '2026-08-01', dueOn: '2026-08-21', service: water, number: 'B1' });
    await town.payment(account, 2000, { on: '2026-08-15', number: 'R1' });
    await town.charge(account, 250, { on: '2026-09-01', dueOn: '2026-09-15', kind: 'penalty' });
    await town.payment(account, 4000, { on: '2026-09-15', number: 'R2' });
    await town.payment(account, 100, { on: '2026-09-16', number: 'R3', status: 'unposted' });
    const call = runnerFor(database, actor('history.read'));
    const question = { accountId: account.id, from: '2026-08-10', to: '2026-09-20', detail: true };
    const answer = await call(arHistory, question);
    expectWhole(answer);
    expect(answer).toMatchObject({
      of: expect.stringMatching(/^A\d+ Rivera, Ana M$/),
      openingCents: 5000,
      closingCents: -750,
      unpostedCents: -100,
      openCreditCents: 750,
      serviceCreditCents: 0,
      ageing: { open: { count: 0 } },
    });
    expect(answer.rows.map((r) => [r.type, r.number, r.amountCents, r.appliedCents, r.openCents, r.dueOn])).toEqual([
      ['Payment', 'R1', -2000, -2000, 0, null],
      ['Late fee', null, 250, 250, 0, '2026-09-15'],
      ['Payment', 'R2', -4000, -3250, -750, null],
      ['Payment', 'R3', -100, 0, -100, null],
    ]);
    expect(answer.rows[0]!.details.map(({ text, cents }) => [text, cents])).toEqual([
      ['Any service', -2000],
      ['Invoice B1 of 2026-08-01, Water', 2000],
    ]);
    // At the end of an earlier day the later payment has paid nothing.
    const earlier = await call(arHistory, { ...question, to: '2026-09-10', detail: false });
    expectWhole(earlier);
    expect(earlier.ageing).toMatchObject({ days30: { cents: 3000 }, current: { cents: 250 } });
    expect(earlier.rows.map((row) => row.openCents)).toEqual([0, 250]);
    const standard = await call(arHistory, { accountId: account.id, detail: false });
    expect([standard.from, standard.to, standard.openingCents]).toEqual(['2025-11-21', TODAY, 0]);
    await expect(call(arHistory, { ...question, to: '2026-08-01' })).rejects.toMatchObject({
      fields: { from: 'The first day is after the last.' },
    });
    await expect(call(arHistory, { detail: false })).rejects.toMatchObject({ code: 'invalid' });
    const all = await call(arHistory, { customerId: account.customerId, detail: false });
    expect(all.of).toMatch(/^C\d+ Rivera/);
    expect((await call(arHistory, { locationId: account.locationId, detail: false })).of).toMatch(/118 Alder St$/);
  });

  test('of every account of a made-up utility adds up, and agrees with the explanation', async () => {
    const database = await freshDatabase();
    await generateDemo(database, { customers: 80, months: 18, today: TODAY });
    const call = runnerFor(database);
    const accounts = await database.db.selectFrom('account').select('id').execute();
    for (const { id: accountId } of accounts) {
      for (const [from, to] of [
        ['2025-01-01', TODAY],
        ['2026-03-05', '2026-08-17'],
      ] as const) {
        const answer = await call(arHistory, { accountId, from, to, detail: true });
        expectWhole(answer);
        const explained = await call(explainBalance, { accountId, asOf: to, from });
        expect([answer.openingCents, answer.closingCents]).toEqual([explained.openingCents, explained.balanceCents]);
        expect(answer.ageing).toEqual(explained.ageing);
      }
    }
  });
});
