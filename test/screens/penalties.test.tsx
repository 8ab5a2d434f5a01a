import { describe, expect, test, vi } from 'vitest';
import { addDays } from '#domain/civil-date.ts';
import { goTo } from '#test/support/clerk.ts';
import { listPenaltyRuns } from '#services/penalties/review.ts';
import { actor, freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import { SIZES } from '#test/support/panel.ts';
import { signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

/** A question takes no keys in its first moment. */
const SHORT_WHILE = 1000;

async function at(size: readonly [number, number] = [80, 24], who = actor()) {
  const database = await freshDatabase();
  const utility = new Utility(database);
  for (const name of ['Abel, Ann', 'Bell, Bob', 'Cole, Cy']) {
    const account = await utility.household(name, `1 ${name} St`);
    await utility.charge(account, 8_000, { on: addDays(TODAY, -40) });
  }
  await database.db.updateTable('customer').set({ bankrupt: 1 }).where('display_name', '=', 'Cole, Cy').execute();
  const op = await signedInApp({ database, size, actor: who });
  op.shell.desktop.open('penalties', undefined);
  await op.settled();
  return { op, database, runs: () => runnerFor(database)(listPenaltyRuns, {}) };
}

/** Calculates a run and stands before its review list. */
async function reviewing(size?: readonly [number, number]) {
  const here = await at(size);
  await here.op.press('n', 'f9');
  await vi.waitFor(() => expect(here.op.text()).toContain('2 charged 16.00'));
  return here;
}

describe('penalty runs', () => {
  test.each(SIZES)('at %d×%d are calculated and listed for review', async (...size) => {
    const { op } = await reviewing(size);
    expect(op.text()).toMatch(/Abel, Ann.* 80\.00 +8\.00 +charge/);
    expect(op.text()).toMatch(/Cole, Cy.* 80\.00 +0\.00 +exempt +Bankrupt/);
    await op.press('escape');
    expect(op.text()).toMatch(/P000001 +2026-11-21 +late +calculated +2 +16\.00/);
    expect(op.unexpected).toEqual([]);
  });

  test('by its code the review is of the latest run, or of the one whose number is said', async () => {
    const { op } = await reviewing();
    await goTo(op, 'PRV');
    expect(op.text()).toContain('2 charged 16.00');
    await goTo(op, 'PRV 1');
    expect(op.text()).toContain('2 charged 16.00');
    await goTo(op, 'PRV 7');
    expect(op.text()).toContain('There is no run 7.');
  });

  test('what a field is for is read whole where one line is too short for it', async () => {
    const { op } = await at();
    await op.press('n', 'tab');
    expect(op.text()).toMatch(/less the days of grace, is late; penalties │\n.*take effect on it\. +│/);
  });

  test('an account is taken out with a reason and brought back', async () => {
    const { op } = await reviewing();
    await op.press('d');
    await op.type('Promised by phone');
    await op.press('f9');
    await vi.waitFor(() => expect(op.text()).toContain('1 charged 8.00'));
    expect(op.text()).toMatch(/8\.00 +out +Promised by phone/);
    await op.press('d');
    expect(op.message()).toContain('Only who is charged can be taken out');
    await op.press('i');
    await vi.waitFor(() => expect(op.text()).toContain('2 charged 16.00'));
  });

  test('the debts behind a penalty are shown', async () => {
    const { op } = await reviewing();
    await op.press('enter');
    expect(op.text()).toContain('Past due 80.00, penalty 8.00');
  });

  test('is posted after a question, and then stays', async () => {
    const { op, runs } = await reviewing();
    await op.press('p');
    expect(op.text()).toContain('P000001 of 2026-11-21: 2 accounts');
    await op.wait(SHORT_WHILE);
    await op.press('enter');
    expect(await runs()).toMatchObject([{ status: 'calculated' }]);
    await op.press('p');
    await op.wait(SHORT_WHILE);
    await op.press('y');
    await vi.waitFor(() => expect(op.message()).toContain('2 accounts charged 16.00'));
    expect(await runs()).toMatchObject([{ status: 'posted', posted: 2 }]);
    await op.press('p');
    expect(op.message()).toContain('This run is posted');
  });

  test('one that is not posted is cancelled', async () => {
    const { op, runs } = await reviewing();
    await op.press('escape', 'c');
    await op.wait(SHORT_WHILE);
    await op.press('y');
    await vi.waitFor(() => expect(op.message()).toContain('is cancelled'));
    expect(await runs()).toMatchObject([{ status: 'cancelled', charged: 0 }]);
  });
});
