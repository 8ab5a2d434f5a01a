import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { addDays } from '#domain/civil-date.ts';
import { checkDatabase } from '#services/check/check.ts';
import { calculatePenalties } from '#services/penalties/calculate.ts';
import { cancelPenalties } from '#services/penalties/cancel.ts';
import { excludePenalties, includePenalties } from '#services/penalties/exclude.ts';
import { postPenalties, postWholeRun } from '#services/penalties/post.ts';
import { listPenalties, listPenaltyRuns, penaltyItems } from '#services/penalties/review.ts';
import { suggestReversals } from '#services/penalties/suggest.ts';
import { freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import { pay } from '#test/support/booked.ts';
import { Utility } from '#test/support/utility.ts';

const code = 'late';
const runOn = TODAY;
/** Charged forty days ago, due twenty days ago. */
const LATE = { on: addDays(TODAY, -40) };

async function town() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const account = await utility.household('Rivera, Ana M', '118 Alder St');
  return { database, utility, account, call: runnerFor(database) };
}

async function setTerms({ db }: Database, changed: Record<string, unknown>): Promise<void> {
  const row = await db
    .selectFrom('code_value')
    .select('attributes')
    .where('table_name', '=', 'penalty_code')
    .where('code', '=', code)
    .executeTakeFirstOrThrow();
  const attributes = JSON.stringify({ ...JSON.parse(row.attributes!), ...changed });
  await db.updateTable('code_value').set({ attributes }).where('table_name', '=', 'penalty_code').execute();
}

async function clean({ db }: Database): Promise<void> {
  const report = await checkDatabase(db);
  expect(report.rules.filter((rule) => !rule.holds)).toEqual([]);
}

describe('a penalty run', () => {
  test('is calculated, reviewed and posted; a second one posts nothing on the same debts (L3)', async () => {
    const { database, utility, account, call } = await town();
    await utility.charge(account, 8_000, LATE);
    const run = await call(calculatePenalties, { code, runOn });
    expect(run).toMatchObject({ number: 'P000001', charged: 1, baseCents: 8_000, penaltyCents: 800 });
    const { rows } = await call(listPenalties, { runId: run.runId });
    expect(rows).toMatchObject([{ customer: 'Rivera, Ana M', debts: 1, penaltyCents: 800, status: 'charge' }]);
    expect(await call(penaltyItems, { candidateId: rows[0]!.id })).toMatchObject([{ openCents: 8_000 }]);
    expect(await postWholeRun(call, run)).toMatchObject({ posted: 1, penaltyCents: 800, dropped: 0, remaining: 0 });
    expect(await postWholeRun(call, { runId: run.runId })).toMatchObject({ posted: 0, remaining: 0 });
    const [line] = await database.db.selectFrom('ledger_line').selectAll().where('credit_gl', '=', '4910').execute();
    expect(line).toMatchObject({ amount_cents: 800, due_on: addDays(TODAY, 20), code: 'late' });
    expect(await call(calculatePenalties, { code, runOn })).toMatchObject({ charged: 0, exempt: 0 });
    const runs = await call(listPenaltyRuns, {});
    expect(runs.map(({ status, posted }) => [status, posted])).toEqual([
      ['calculated', 0],
      ['posted', 1],
    ]);
    await clean(database);
  });

  test('penalises again after a month where the code says so, and penalties themselves', async () => {
    const { database, utility, account, call } = await town();
    await setTerms(database, { oncePerItem: 0, onPenalties: 1, graceDays: 0, dueDays: 0 });
    await utility.charge(account, 8_000, { on: addDays(TODAY, -80) });
    const first = await call(calculatePenalties, { code, runOn: addDays(TODAY, -31) });
    await postWholeRun(call, first);
    expect(await call(calculatePenalties, { code, runOn: addDays(TODAY, -20) })).toMatchObject({
      charged: 0,
      exempt: 1,
    });
    const second = await call(calculatePenalties, { code, runOn });
    expect(second).toMatchObject({ charged: 1, baseCents: 8_800, penaltyCents: 880 });
    await postWholeRun(call, second);
    await clean(database);
  });

  test('leaves out what is due within the days of grace', async () => {
    const { utility, account, call } = await town();
    await utility.charge(account, 8_000, { on: addDays(TODAY, -60), dueOn: addDays(TODAY, -5) });
    expect(await call(calculatePenalties, { code, runOn })).toMatchObject({ charged: 0 });
    await utility.charge(account, 8_000, { on: addDays(TODAY, -60), dueOn: addDays(TODAY, -6) });
    expect(await call(calculatePenalties, { code, runOn })).toMatchObject({ charged: 1, baseCents: 8_000 });
  });

  test('names for each account that is exempt the reason', async () => {
    const { utility, account, call } = await town();
    const late = async (name: string, values: object = {}) => {
      const one = await utility.account(await utility.customer(name, values), await utility.location(`${name} St`));
      await utility.charge(one, 8_000, LATE);
      return one;
    };
    await utility.charge(account, 900, LATE);
    await late('Bankrupt', { bankrupt: 1 });
    await late('Government', { kind: 'government' });
    await late('Hold', { dunning_hold_until: TODAY });
    const grace = await late('Grace');
    await utility.note({ body: 'Wait', customer_id: grace.customerId, account_id: grace.id, grace_on: TODAY });
    const arranged = await late('Arranged');
    const plan = { status: 'active', started_on: TODAY, amount_cents: 8_000, instalments: 2 } as const;
    await utility.add('arrangement', { account_id: arranged.id, customer_id: arranged.customerId, ...plan });
    const life = await late('Life');
    await utility.add('special_condition', { code: 'life', customer_id: life.customerId, started_on: LATE.on });
    const dispute = await late('Dispute');
    await utility.add('special_condition', { code: 'dispute', location_id: dispute.locationId, started_on: LATE.on });
    const run = await call(calculatePenalties, { code, runOn });
    const { rows } = await call(listPenalties, { runId: run.runId, status: 'exempt' });
    expect(Object.fromEntries(rows.map(({ customer, reason }) => [customer, reason]))).toEqual({
      'Rivera, Ana M': 'Below the least balance',
      Bankrupt: 'Bankrupt',
      Government: 'Government',
      Hold: `On hold ${TODAY}`,
      Grace: `Grace date ${TODAY}`,
      Arranged: 'Payment arrangement in good standing',
      Life: 'Special condition Life support',
      Dispute: 'Disputed Disputed bill',
    });
    expect(run).toMatchObject({ charged: 0, exempt: 8 });
    await expect(call(postPenalties, { runId: run.runId })).rejects.toMatchObject({ code: 'refused' });
  });

  test('takes accounts out with a reason and brings them back, until it is posted', async () => {
    const { utility, account, call } = await town();
    await utility.charge(account, 8_000, LATE);
    const { runId } = await call(calculatePenalties, { code, runOn });
    const [row] = (await call(listPenalties, { runId })).rows;
    const candidates = [{ candidateId: row!.id, version: row!.version }];
    await call(excludePenalties, { runId, candidates, reason: 'Promised on the phone' });
    await expect(call(excludePenalties, { runId, candidates, reason: 'Again' })).rejects.toMatchObject({
      code: 'conflict',
    });
    const excluded = await call(listPenalties, { runId, status: 'excluded' });
    expect(excluded.rows).toMatchObject([{ reason: 'Promised on the phone' }]);
    expect(excluded.run).toMatchObject({ charged: 0, excluded: 1, penaltyCents: 0 });
    await call(includePenalties, { runId, candidates: [{ candidateId: row!.id }] });
    await postWholeRun(call, { runId });
    await expect(
      call(excludePenalties, { runId, candidates: [{ candidateId: row!.id }], reason: 'Too late' }),
    ).rejects.toMatchObject({ code: 'refused' });
  });

  test('calculated again replaces what was not posted; cancelled it is empty', async () => {
    const { utility, account, call, database } = await town();
    await utility.charge(account, 8_000, LATE);
    const first = await call(calculatePenalties, { code, runOn });
    const again = await call(calculatePenalties, { runId: first.runId, runOn });
    expect(again).toMatchObject({ runId: first.runId, number: 'P000001', version: 2, charged: 1 });
    await expect(call(postPenalties, { runId: first.runId, version: 1 })).rejects.toMatchObject({ code: 'conflict' });
    await call(cancelPenalties, { runId: first.runId });
    expect(await database.db.selectFrom('penalty_item').select('id').execute()).toEqual([]);
    await expect(call(postPenalties, { runId: first.runId })).rejects.toMatchObject({ code: 'refused' });
    expect(await call(calculatePenalties, { code, runOn })).toMatchObject({ number: 'P000002' });
  });

  test('what was paid or penalised since the calculation is not charged', async () => {
    const { utility, account, call, database } = await town();
    await utility.charge(account, 8_000, LATE);
    const other = await utility.household('Other, Otto', '2 Birch St');
    await utility.charge(other, 8_000, LATE);
    const first = await call(calculatePenalties, { code, runOn });
    await pay(call, account, 1_000);
    expect(await postWholeRun(call, first)).toMatchObject({ posted: 1, dropped: 1 });
    const { rows } = await call(listPenalties, { runId: first.runId, status: 'exempt' });
    expect(rows).toMatchObject([{ reason: 'Paid or changed since the calculation' }]);
    await clean(database);
  });

  test('two runs over the same debt charge it once', async () => {
    const { utility, account, call, database } = await town();
    await utility.add('revenue_class', { code: 'RES', name: 'Residential' });
    const location = await utility.add('revenue_class', { code: 'COM', name: 'Commercial' });
    await database.db.updateTable('location').set({ revenue_class_id: location }).execute();
    await utility.charge(account, 8_000, LATE);
    const all = await call(calculatePenalties, { code, runOn });
    const commercial = await call(calculatePenalties, { code, runOn, classes: ['COM'] });
    expect(await call(calculatePenalties, { code, runOn, classes: ['RES'] })).toMatchObject({ charged: 0, exempt: 0 });
    expect(commercial).toMatchObject({ number: 'P000002', charged: 1 });
    await expect(call(calculatePenalties, { code, runOn, cycles: ['99'] })).rejects.toMatchObject({ code: 'invalid' });
    expect(await postWholeRun(call, all)).toMatchObject({ posted: 1 });
    expect(await postWholeRun(call, commercial)).toMatchObject({ posted: 0, dropped: 1 });
    await clean(database);
  });

  test('goes on where its posting was cut short', async () => {
    const { utility, call, database } = await town();
    for (const name of ['Abel', 'Bell', 'Cole']) await utility.charge(await utility.household(name, name), 8_000, LATE);
    const { runId } = await call(calculatePenalties, { code, runOn });
    const first = await call(postPenalties, { runId, most: 2 });
    expect(first).toMatchObject({ posted: 2, remaining: 1 });
    // A place too far on leaves nobody out: what is before it is found again.
    expect(await call(postPenalties, { runId, after: first.next! + 10_000 })).toMatchObject({
      posted: 0,
      remaining: 1,
    });
    await expect(call(cancelPenalties, { runId })).rejects.toMatchObject({ code: 'refused' });
    expect((await call(listPenaltyRuns, {}))[0]).toMatchObject({ status: 'posting', posted: 2, charged: 3 });
    expect(await postWholeRun(call, { runId })).toMatchObject({ posted: 1, remaining: 0 });
    await clean(database);
  });

  test('waits for payments in balanced batches, unless somebody says why not', async () => {
    const { utility, account, call, database } = await town();
    await utility.charge(account, 8_000, LATE);
    await utility.payment(account, 8_000, { status: 'unposted', on: addDays(TODAY, -30) });
    const batch = await utility.add('batch', {
      number: 'B000009',
      kind: 'payments',
      status: 'balanced',
      opened_on: TODAY,
      created_at: 0,
      created_by: 'tess',
    });
    await database.db
      .updateTable('ledger_transaction')
      .set({ batch_id: batch })
      .where('kind', '=', 'payment')
      .execute();
    await expect(call(calculatePenalties, { code, runOn })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('B000009'),
    });
    const run = await call(calculatePenalties, { code, runOn, overrideReason: 'Batch is on hold' });
    await expect(call(postPenalties, { runId: run.runId })).rejects.toMatchObject({ code: 'refused' });
    expect(await postWholeRun(call, { runId: run.runId, overrideReason: 'Batch is on hold' })).toMatchObject({
      posted: 1,
    });
  });

  test('of a payment dated back, suggests the penalties since to be reversed', async () => {
    const { utility, account, call } = await town();
    await utility.charge(account, 8_000, LATE);
    await postWholeRun(call, await call(calculatePenalties, { code, runOn: addDays(TODAY, -3) }));
    const of = (paidOn: string) => call(suggestReversals, { accountId: account.id, paidOn });
    expect(await of(addDays(TODAY, -10))).toMatchObject([{ amountCents: 800, reference: 'P000001' }]);
    expect(await of(addDays(TODAY, -1))).toEqual([]);
  });

  test('is not for who sees some customers only', async () => {
    const { database } = await town();
    const who = { customers: new Map([['staff', 'change' as const]]), permissions: new Set(['penalties.run']) };
    const confined = runnerFor(database, {
      userId: 2,
      username: 'sue',
      displayName: 'Sue',
      groups: ['billing'],
      level: 2,
      source: 'call',
      ...who,
    });
    await expect(confined(calculatePenalties, { code, runOn })).rejects.toMatchObject({ code: 'forbidden' });
  });
});
