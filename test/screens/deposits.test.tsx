import { describe, expect, test, vi } from 'vitest';
import { addDays } from '#domain/civil-date.ts';
import { chargeDeposit } from '#services/deposits/charge.ts';
import { listDeposits } from '#services/deposits/list.ts';
import { pay } from '#test/support/booked.ts';
import { actor, freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import { atAccount, SIZES } from '#test/support/panel.ts';
import { signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

/** A question takes no keys in its first moment. */
const SHORT_WHILE = 1000;

async function home(permissions: string[] = [], size: readonly [number, number] = [80, 24]) {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const account = await utility.household('Rivera, Ana M', '118 Alder St');
  const call = runnerFor(database);
  const on = addDays(TODAY, -400);
  const { depositId } = await call(chargeDeposit, { accountId: account.id, code: 'meter', on });
  await pay(call, account, 10_000, on);
  const deposits = async () => {
    const listed = await call(listDeposits, { accountId: account.id, all: true });
    return listed.map(({ status, heldCents }) => [status, heldCents]);
  };
  const enter = (tab: string) => atAccount(database, account.id, tab, { size, actor: actor(...permissions) });
  return { database, utility, account, call, depositId, deposits, enter };
}

describe('deposits on the Location tab', () => {
  test.each(SIZES)('at %d×%d are listed, and told in full', async (...size) => {
    const { enter } = await home([], size);
    const op = await enter('location');
    await op.press('right', 'end', 'up', 'up');
    expect(op.text()).toMatch(/Deposits on hold 100\.00/);
    expect(op.text()).toMatch(/D0000001 +100\.00 account/);
    await op.press('enter');
    expect(op.text()).toContain('Kind       meter, Meter deposit');
    expect(op.text()).toMatch(/Collected +100\.00/);
    expect(op.unexpected).toEqual([]);
  });

  test('one is charged, with what is recommended', async () => {
    const { enter, utility, account, deposits } = await home();
    await utility.charge(account, 6_000, { on: addDays(TODAY, -20) });
    const op = await enter('location');
    await op.press('n');
    expect(op.text()).toContain('120.00, from 1 bills of the account');
    await op.press('f9');
    await vi.waitFor(() => expect(op.message()).toContain('Deposit D0000002 is charged'));
    expect(await deposits()).toEqual([
      ['held', 10_000],
      ['charged', 0],
    ]);
  });

  test('one pays debts', async () => {
    const { enter, utility, account, deposits } = await home();
    await utility.charge(account, 6_000);
    const op = await enter('location');
    await op.press('a');
    await op.type('70');
    await op.press('f9');
    expect(op.text()).toContain('Only 60.00 is owed');
    for (let at = 0; at < 5; at += 1) await op.press('backspace');
    await op.press('f9');
    await vi.waitFor(() => expect(op.message()).toContain('40.00 of it is held now'));
    expect(await deposits()).toEqual([['held', 4_000]]);
  });

  test('one is refunded only after a question', async () => {
    const { enter, deposits } = await home();
    const op = await enter('location');
    await op.press('r', 'f9');
    expect(op.text()).toContain('100.00 by check, interest included');
    await op.wait(SHORT_WHILE);
    await op.press('escape');
    expect(op.text()).toContain('Nothing was done');
    await op.press('f9');
    await op.wait(SHORT_WHILE);
    await op.press('y');
    await vi.waitFor(() => expect(op.message()).toContain('is refunded'));
    expect(await deposits()).toEqual([['refunded', 0]]);
  });

  test('who may only read them is offered nothing else', async () => {
    const { enter, deposits } = await home(['accounts.read', 'locations.read', 'deposits.read']);
    const op = await enter('location');
    await op.press('r', 'a', 'f');
    expect(op.text()).not.toContain('Refund deposit');
    await op.press('d', 'enter');
    expect(op.text()).toContain('Deposit D0000001');
    expect(await deposits()).toEqual([['held', 10_000]]);
  });
});

test('the list of deposits gives back those in good standing, and credits interest', async () => {
  const { database, call, account } = await home();
  const on = addDays(TODAY, -400);
  await call(chargeDeposit, { accountId: account.id, code: 'standard', on });
  await pay(call, account, 15_000, on);
  const op = await signedInApp({ database });
  op.shell.desktop.open('deposits', undefined);
  await op.settled();
  expect(op.text()).toMatch(/D0000002 +Rivera, Ana M.* 150\.00 +yes/);
  await op.press('i');
  expect(op.text()).toMatch(/1 deposit, up to 2026-11-21/);
  await op.wait(SHORT_WHILE);
  await op.press('y');
  await vi.waitFor(() => expect(op.message()).toContain('3.29 of interest credited'));
  await op.press('p', 'enter');
  await op.wait(SHORT_WHILE);
  await op.press('y');
  await vi.waitFor(() => expect(op.message()).toContain('1 given back: 150.00'));
  expect(op.unexpected).toEqual([]);
});

test('one of a location leads to the account that it is booked on, and says why it is not given back yet', async () => {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const account = await utility.household('Rivera, Ana M', '118 Alder St');
  const call = runnerFor(database);
  await call(chargeDeposit, { accountId: account.id, code: 'standard', holder: 'location', on: addDays(TODAY, -40) });
  await pay(call, account, 15_000, addDays(TODAY, -40));
  const op = await signedInApp({ database });
  op.shell.desktop.open('deposits', undefined);
  await op.settled();
  await op.press('p');
  expect(op.message()).toMatch(/D0000001 is not to be given back yet: 1 of \d+ months/);
  await op.press('o');
  expect(op.header()).toContain('Rivera, Ana M');
});
