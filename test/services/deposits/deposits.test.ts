import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { addDays } from '#domain/civil-date.ts';
import { checkDatabase } from '#services/check/check.ts';
import { reinstate } from '#services/corrections/reinstate.ts';
import { writeOff } from '#services/corrections/write-off.ts';
import { applyDeposit, settleDeposit } from '#services/deposits/apply.ts';
import { chargeDeposit } from '#services/deposits/charge.ts';
import { creditInterestRun, listInterest } from '#services/deposits/interest-run.ts';
import { depositDetails, listDeposits } from '#services/deposits/list.ts';
import { recommendDeposit } from '#services/deposits/recommend.ts';
import { refundDeposit } from '#services/deposits/refund.ts';
import { listRefundable, refundRun } from '#services/deposits/refund-run.ts';
import { takeBackDeposit } from '#services/deposits/take-back.ts';
import { forfeitDeposit, transferDeposit } from '#services/deposits/transfer.ts';
import { setOption } from '#services/options/operations.ts';
import { freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import { bounce, pay } from '#test/support/booked.ts';
import { paid } from '#test/support/money.ts';
import { Utility } from '#test/support/utility.ts';

const YEAR_AGO = addDays(TODAY, -365);

async function town() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const account = await utility.household('Rivera, Ana M', '118 Alder St');
  return { database, utility, account, call: runnerFor(database) };
}

type Town = Awaited<ReturnType<typeof town>>;

/** A deposit of 150.00, paid whole a year ago. */
async function heldDeposit({ call, account }: Town, on = YEAR_AGO) {
  const { depositId } = await call(chargeDeposit, { accountId: account.id, code: 'standard', on });
  await pay(call, account, 15_000, on);
  return { depositId, ...(await call(depositDetails, { depositId })) };
}

async function clean({ db }: Database): Promise<void> {
  const report = await checkDatabase(db);
  expect(report.rules.filter((rule) => !rule.holds)).toEqual([]);
}

const balance = async ({ database, account }: Town): Promise<number> =>
  (
    await database.db
      .selectFrom('account_balance')
      .select('balance_cents')
      .where('account_id', '=', account.id)
      .executeTakeFirstOrThrow()
  ).balance_cents;

describe('a deposit', () => {
  test('is charged, collected in part, held: as far as its charge is paid, and back when the payment is', async () => {
    const here = await town();
    const { call, account, database } = here;
    const { depositId, number, status } = await call(chargeDeposit, { accountId: account.id, code: 'standard' });
    expect([number, status, await balance(here)]).toEqual(['D0000001', 'charged', 15_000]);
    await pay(call, account, 4_000);
    expect(await call(depositDetails, { depositId })).toMatchObject({ status: 'partial', heldCents: 4_000 });
    const line = await pay(call, account, 11_000);
    expect(await call(depositDetails, { depositId })).toMatchObject({ status: 'held', heldCents: 15_000 });
    await bounce(call, account, line, 11_000);
    expect(await call(depositDetails, { depositId })).toMatchObject({ status: 'partial', collectedCents: 4_000 });
    await clean(database);
  });

  test('in instalments: lines that fall due month by month', async () => {
    const { call, account, database } = await town();
    const three = { accountId: account.id, code: 'standard', amountCents: 10_000, instalments: 3 };
    const { depositId } = await call(chargeDeposit, { ...three, dueOn: '2027-01-31' });
    const lines = await database.db
      .selectFrom('ledger_line')
      .select(['amount_cents', 'due_on'])
      .where('credit_gl', '=', '2100')
      .orderBy('id')
      .execute();
    expect(lines.map((line) => [line.amount_cents, line.due_on])).toEqual([
      [3333, '2027-01-31'],
      [3333, '2027-02-28'],
      [3334, '2027-03-31'],
    ]);
    expect(await call(depositDetails, { depositId })).toMatchObject({ instalments: 3 });
    await expect(call(chargeDeposit, { ...three, instalments: 7 })).rejects.toMatchObject({ code: 'invalid' });
    await call(setOption, { name: 'depositInstalments', value: false });
    await expect(call(chargeDeposit, { ...three, instalments: 2 })).rejects.toMatchObject({ code: 'invalid' });
  });

  test('is listed for its account, its customer and its location', async () => {
    const { call, account, utility } = await town();
    for (const holder of ['account', 'customer', 'location'] as const) {
      await call(chargeDeposit, { accountId: account.id, code: 'standard', holder });
    }
    const listed = await call(listDeposits, { accountId: account.id, all: false });
    expect(listed.map(({ holder }) => holder)).toEqual(['account', 'customer', 'location']);
    const next = await utility.account(await utility.customer('Next, Ned'), account.locationId);
    const there = await call(listDeposits, { accountId: next.id, all: true });
    expect(there.map(({ holder }) => holder)).toEqual(['location']);
  });

  test('above the limit of one customer is refused, unless somebody says why', async () => {
    const { call, account } = await town();
    await call(setOption, { name: 'mostDepositCents', value: 20_000 });
    const deposit = { accountId: account.id, code: 'standard' };
    await call(chargeDeposit, deposit);
    await expect(call(chargeDeposit, deposit)).rejects.toMatchObject({ code: 'refused' });
    await call(chargeDeposit, { ...deposit, overrideReason: 'Second shop' });
  });

  test('earns 3.00 in a year at 2 %; the yearly run credits it once', async () => {
    const here = await town();
    const { call, database } = here;
    const { depositId, accruedCents } = await heldDeposit(here);
    expect(accruedCents).toBe(300);
    expect(await call(listInterest, {})).toMatchObject({ deposits: 1, interestCents: 300 });
    expect(await call(creditInterestRun, {})).toMatchObject({ deposits: 1, interestCents: 300 });
    expect(await call(creditInterestRun, {})).toMatchObject({ deposits: 0 });
    expect(await balance(here)).toBe(-300);
    expect(await call(depositDetails, { depositId })).toMatchObject({
      accruedCents: 0,
      interestCents: 300,
      heldCents: 15_000,
    });
    await clean(database);
  });

  test('pays debts in payoff order, its interest first; what is charged for deposits is not paid by them', async () => {
    const here = await town();
    const { call, account, utility, database } = here;
    const { depositId } = await heldDeposit(here);
    await call(chargeDeposit, { accountId: account.id, code: 'meter' });
    await utility.charge(account, 5_000, { on: addDays(TODAY, -40) });
    await expect(call(applyDeposit, { depositId, amountCents: 20_000 })).rejects.toMatchObject({ code: 'refused' });
    const first = await call(applyDeposit, { depositId });
    expect(first).toMatchObject({ appliedCents: 4_700, interestCents: 300, status: 'held', heldCents: 10_300 });
    expect(await balance(here)).toBe(10_000);
    await expect(call(applyDeposit, { depositId })).rejects.toMatchObject({ code: 'refused' });
    await clean(database);
  });

  test('at the final bill pays what is owed and gives back the rest', async () => {
    const here = await town();
    const { call, account, utility, database } = here;
    const { depositId } = await heldDeposit(here);
    await utility.charge(account, 9_000);
    const settled = await call(settleDeposit, { depositId });
    expect(settled).toMatchObject({
      appliedCents: 8_700,
      interestCents: 300,
      refundedCents: 6_300,
      status: 'refunded',
    });
    expect(await balance(here)).toBe(0);
    await clean(database);
  });

  test('at the final bill writes a tiny rest down', async () => {
    const here = await town();
    const { call, account, utility, database } = here;
    const { depositId } = await heldDeposit(here);
    await utility.charge(account, 15_250);
    const settled = await call(settleDeposit, { depositId });
    expect(settled).toMatchObject({ appliedCents: 14_950, refundedCents: 0, writtenDownCents: 50, heldCents: 0 });
    await clean(database);
  });

  test('is not given back while something is past due, unless somebody says why', async () => {
    const here = await town();
    const { call, account, utility, database } = here;
    const { depositId, version } = await heldDeposit(here);
    await utility.charge(account, 5_000, { on: addDays(TODAY, -60) });
    await expect(call(refundDeposit, { depositId, version })).rejects.toMatchObject({ code: 'refused' });
    const done = await call(refundDeposit, { depositId, version, overrideReason: 'Hardship' });
    expect(done).toMatchObject({ refundedCents: 15_300, status: 'refunded', heldCents: 0 });
    await expect(call(refundDeposit, { depositId })).rejects.toMatchObject({ code: 'refused' });
    await clean(database);
  });

  test('given back in part collected: the rest of the charge is taken back', async () => {
    const here = await town();
    const { call, account, database } = here;
    const { depositId } = await call(chargeDeposit, { accountId: account.id, code: 'meter' });
    await pay(call, account, 4_000);
    const done = await call(refundDeposit, { depositId });
    expect(done).toMatchObject({ refundedCents: 4_000, takenBackCents: 6_000, status: 'refunded' });
    expect(await balance(here)).toBe(0);
    await clean(database);
  });

  test('nobody paid is taken back', async () => {
    const here = await town();
    const { call, account, database } = here;
    const { depositId } = await call(chargeDeposit, { accountId: account.id, code: 'meter' });
    const done = await call(takeBackDeposit, { depositId, reason: 'Wrong account' });
    expect(done).toMatchObject({ takenBackCents: 10_000, status: 'cancelled' });
    expect(await balance(here)).toBe(0);
    await expect(call(takeBackDeposit, { depositId, reason: 'Again' })).rejects.toMatchObject({ code: 'refused' });
    await clean(database);
  });

  test('is transferred whole to another account; interest so far is credited where it was', async () => {
    const here = await town();
    const { call, account, utility, database } = here;
    const { depositId, version } = await heldDeposit(here);
    const other = await utility.account(account.customerId, await utility.location('9 Elm St'));
    const done = await call(transferDeposit, { depositId, version, toAccountId: other.id });
    expect(done).toMatchObject({ status: 'transferred', newNumber: 'D0000002', interestCents: 300 });
    const moved = await call(depositDetails, { depositId: done.newDepositId });
    expect(moved).toMatchObject({ status: 'held', heldCents: 15_000, accruedCents: 0, from: 'D0000001' });
    expect(await balance(here)).toBe(-300);
    await expect(call(transferDeposit, { depositId, version, toAccountId: other.id })).rejects.toMatchObject({
      code: 'conflict',
    });
    await clean(database);
  });

  test('is forfeited without interest', async () => {
    const here = await town();
    const { depositId } = await heldDeposit(here);
    const done = await here.call(forfeitDeposit, { depositId, reason: 'Meter tampered with' });
    expect(done).toMatchObject({ status: 'forfeited', heldCents: 0 });
    expect(await balance(here)).toBe(0);
    await clean(here.database);
  });

  test('used before the payment came back holds nothing, and is charged again', async () => {
    const here = await town();
    const { call, account, utility, database } = here;
    const { depositId } = await call(chargeDeposit, { accountId: account.id, code: 'meter' });
    const line = await pay(call, account, 10_000);
    await utility.charge(account, 10_000);
    await call(applyDeposit, { depositId });
    await bounce(call, account, line, 10_000);
    expect(await call(depositDetails, { depositId })).toMatchObject({ status: 'charged', heldCents: 0 });
    await pay(call, account, 10_000);
    expect(await call(depositDetails, { depositId })).toMatchObject({ status: 'applied', heldCents: 0 });
    await clean(database);
  });

  test('whose charge is written off in part is smaller by that', async () => {
    const { call, account, database } = await town();
    const { depositId } = await call(chargeDeposit, { accountId: account.id, code: 'meter' });
    await pay(call, account, 4_000);
    await call(writeOff.command, { accountId: account.id, reason: 'gone' } as Parameters<
      typeof writeOff.command.run
    >[1]);
    expect(await call(depositDetails, { depositId })).toMatchObject({ status: 'held', chargedCents: 4_000 });
    const lost = await database.db.selectFrom('ledger_line').select('id').where('debit_gl', '=', '6100').execute();
    expect(lost).toEqual([]);
    await clean(database);
  });
});

describe('a deposit whose charge was written off', () => {
  const asked = async ({ call, account }: Town) => {
    const { depositId } = await call(chargeDeposit, { accountId: account.id, code: 'meter' });
    const input = { accountId: account.id, reason: 'gone', memo: null };
    const { transactionIds } = await call(writeOff.command, input);
    const of = () => call(depositDetails, { depositId });
    return { depositId, writeOffId: transactionIds[0]!, of };
  };
  const back = { reference: null, memo: null };

  test('and reinstated is charged again, and held when it is paid', async () => {
    const here = await town();
    const { call, account, database } = here;
    const { writeOffId, of } = await asked(here);
    expect(await of()).toMatchObject({ status: 'cancelled', chargedCents: 0 });
    await call(reinstate.command, { transactionId: writeOffId, ...back });
    expect(await of()).toMatchObject({ status: 'charged', chargedCents: 10_000 });
    await pay(call, account, 10_000);
    expect(await of()).toMatchObject({ status: 'held', heldCents: 10_000 });
    await clean(database);
  });

  test('and reinstated in part is held for that part', async () => {
    const here = await town();
    const { call, account, database } = here;
    const { writeOffId, of } = await asked(here);
    await call(reinstate.command, { transactionId: writeOffId, cents: 4_000, ...back });
    expect(await of()).toMatchObject({ status: 'charged', chargedCents: 4_000 });
    await pay(call, account, 4_000);
    expect(await of()).toMatchObject({ status: 'held', heldCents: 4_000 });
    await clean(database);
  });

  test('is held when the customer pays after all', async () => {
    const here = await town();
    const { call, account, database } = here;
    const { of } = await asked(here);
    await paid(call, { accounts: [{ accountId: account.id }], tenders: [{ method: 'cash', cents: 10_000 }] });
    expect(await of()).toMatchObject({ status: 'held', heldCents: 10_000 });
    await clean(database);
  });

  test('and reinstated is charged again when its payment comes back, and written off again', async () => {
    const here = await town();
    const { call, account, database } = here;
    const { writeOffId, of } = await asked(here);
    await call(reinstate.command, { transactionId: writeOffId, ...back });
    const line = await pay(call, account, 10_000);
    await bounce(call, account, line, 10_000);
    expect(await of()).toMatchObject({ status: 'charged', chargedCents: 10_000, heldCents: 0 });
    await call(writeOff.command, { accountId: account.id, cents: 10_000, reason: 'gone', memo: null });
    expect(await of()).toMatchObject({ status: 'cancelled', chargedCents: 0 });
    await clean(database);
  });
});

describe('runs and recommendations', () => {
  test('deposits in good standing are given back, the others with the reason why not', async () => {
    const here = await town();
    const { call, utility, database } = here;
    const good = await heldDeposit(here, addDays(TODAY, -400));
    const late = await utility.household('Late, Lou', '2 Birch St');
    const young = await call(chargeDeposit, { accountId: late.id, code: 'standard', on: addDays(TODAY, -30) });
    await pay(call, late, 15_000);
    const { rows } = await call(listRefundable, { all: true });
    expect(rows.map(({ depositId, obstacles }) => [depositId, obstacles])).toEqual([
      [good.id, []],
      [young.depositId, ['0 of 12 months']],
    ]);
    await expect(call(refundRun, { depositIds: [young.depositId] })).rejects.toMatchObject({ code: 'refused' });
    const done = await call(refundRun, { depositIds: [good.id], as: 'credit' });
    expect(done.deposits).toBe(1);
    expect(await balance(here)).toBe(-done.refundedCents);
    await clean(database);
  });

  test('twice the highest bill of the year; of a newcomer, of the location', async () => {
    const { call, account, utility } = await town();
    expect(await call(recommendDeposit, { accountId: account.id })).toMatchObject({ amountCents: null });
    await utility.charge(account, 5_000, { on: addDays(TODAY, -30) });
    await utility.charge(account, 7_000, { on: addDays(TODAY, -60) });
    expect(await call(recommendDeposit, { accountId: account.id })).toMatchObject({ amountCents: 14_000, bills: 2 });
    const next = await utility.account(await utility.customer('Next, Ned'), account.locationId);
    expect(await call(recommendDeposit, { accountId: next.id })).toMatchObject({ amountCents: 14_000, of: 'location' });
  });
});
