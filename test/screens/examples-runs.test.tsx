import { describe, expect, test, vi } from 'vitest';
import type { Database } from '#db/database.ts';
import { addDays, type CivilDate } from '#domain/civil-date.ts';
import { PENALTY_TERMS } from '#domain/penalty.ts';
import { chargeDeposit } from '#services/deposits/charge.ts';
import { pay } from '#test/support/booked.ts';
import { answer, atDesk, explained, fill, goTo, goToHistory } from '#test/support/clerk.ts';
import { freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import type { Operator } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

/** What penalty code `late` says; the rest is its standard. */
async function setTerms({ db }: Database, changed: Partial<Record<keyof typeof PENALTY_TERMS.shape, number>>) {
  const late = db.selectFrom('code_value').select('attributes').where('code', '=', 'late');
  const { attributes } = await late.where('table_name', '=', 'penalty_code').executeTakeFirstOrThrow();
  await db
    .updateTable('code_value')
    .set({ attributes: JSON.stringify({ ...JSON.parse(attributes!), ...changed }) })
    .where('table_name', '=', 'penalty_code')
    .execute();
}

/** Accounts that owe these amounts since they were due on a day. */
async function late(dueOn: CivilDate, ...debts: readonly number[]) {
  const database = await freshDatabase();
  const utility = new Utility(database);
  for (const [at, cents] of debts.entries()) {
    const account = await utility.account(
      await utility.customer(`Payer ${at + 1}`),
      await utility.location(`${at + 1} Elm St`),
      { number: `1002${at + 1}` },
    );
    await utility.charge(account, cents, { on: addDays(dueOn, -20), dueOn });
  }
  return { database, utility, desk: () => atDesk(database) };
}

/** Calculates a run of the day and stands before its review. */
async function calculate(op: Operator, on: CivilDate): Promise<void> {
  await goTo(op, 'PEN');
  await op.press('n', 'tab');
  await fill(op, on);
  await op.press('f9');
  await vi.waitFor(() => expect(op.text()).toContain('charged'));
}

async function postRun(op: Operator): Promise<void> {
  await op.press('p');
  await answer(op, 'y');
  await vi.waitFor(() => expect(op.message()).toContain('charged'));
}

describe('penalties', () => {
  test('L1: 10 %, at least 5.00', async () => {
    const { database, desk } = await late('2026-10-01', 2000, 8000);
    await setTerms(database, { millionths: 100_000, minimumCents: 500 });
    const op = await desk();
    await calculate(op, TODAY);
    expect(op.text()).toMatch(/Payer 1 .* 20\.00 +5\.00/);
    expect(op.text()).toMatch(/Payer 2 .* 80\.00 +8\.00/);
    await postRun(op);
    expect((await explained(op, '10021')).open).toContain(`${TODAY} Late charge 5.00`);
    expect((await explained(op, '10022')).open).toContain(`${TODAY} Late charge 8.00`);
    expect(op.unexpected).toEqual([]);
  });

  test('L2: from the least balance of 25.00 on, not below it', async () => {
    const { database, desk } = await late('2026-10-01', 2499, 2500);
    await setTerms(database, { leastBaseCents: 2500 });
    const op = await desk();
    await calculate(op, TODAY);
    expect(op.text()).toMatch(/Payer 1 .* 24\.99 +0\.00 +exempt +Below the least balance/);
    expect(op.text()).toMatch(/Payer 2 .* 25\.00 +5\.00 +charge/);
  });

  test('L3: a second run posts nothing on what is penalised', async () => {
    const { desk } = await late('2026-10-01', 8000);
    const op = await desk();
    await calculate(op, TODAY);
    await postRun(op);
    await calculate(op, TODAY);
    expect(op.text()).toContain('0 charged 0.00 on 0.00');
    await op.press('p');
    expect(op.message()).toContain('Nobody is charged.');
    expect((await explained(op, '10021')).open.filter((text) => text.includes('Late charge'))).toHaveLength(1);
  });

  test('G1: the grace date 05-10 is the last day that is spared', async () => {
    const { database, utility, desk } = await late('2026-04-01', 8000);
    const { id: account_id, customer_id } = await database.db
      .selectFrom('account')
      .select(['id', 'customer_id'])
      .executeTakeFirstOrThrow();
    await utility.note({ body: 'Asked for time', account_id, customer_id, grace_on: '2026-05-10' });
    const op = await desk();
    await calculate(op, '2026-05-10');
    expect(op.text()).toMatch(/Payer 1 .* 80\.00 +0\.00 +exempt +Grace date 2026-05-10/);
    await calculate(op, '2026-05-11');
    expect(op.text()).toMatch(/Payer 1 .* 80\.00 +8\.00 +charge/);
  });
});

test.each([
  [365, '3.00'],
  [73, '0.60'],
])('I1: a deposit of 150.00 at 2 %% earns in %s days %s', async (days, interest) => {
  const { database, utility } = await late(TODAY);
  const account = await utility.account(await utility.customer('Rivera, Ana M'), await utility.location('1 Elm St'), {
    number: '10021',
  });
  const call = runnerFor(database);
  const on = addDays(TODAY, -days);
  await call(chargeDeposit, { accountId: account.id, code: 'standard', on });
  await pay(call, account, 15_000, on);
  const op = await atDesk(database);
  await goTo(op, 'DEP');
  await op.press('enter');
  expect(op.text()).toContain(`Interest   simple 2 % a year, ${interest} earned, 0.00 credited`);
  await op.press('escape', 'i');
  await answer(op, 'y');
  await op.press('enter');
  expect(op.text()).toContain(`0.00 earned since ${TODAY}, ${interest} credited`);
  await op.press('escape');
  await goToHistory(op, '10021');
  expect(op.text()).toMatch(new RegExp(`Interest credit.* ${interest} +-${interest}`));
});
