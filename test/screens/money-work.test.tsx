import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { rebuildIndex } from '#db/search/build.ts';
import type { BatchesState } from '#screens/batches/model.ts';
import { balanceBatch, openBatch } from '#services/batches/state.ts';
import { importLockbox } from '#services/lockbox/import.ts';
import { openDrawer } from '#services/drawers/open.ts';
import { actor } from '#test/support/database.ts';
import { balanceOf, taken, till } from '#test/support/money.ts';
import { SIZES } from '#test/support/panel.ts';
import { type AppOptions, type Operator, signedInApp } from '#test/support/tty.tsx';

async function at(database: Database, screen: string, options: Omit<AppOptions, 'database'> = {}): Promise<Operator> {
  const op = await signedInApp({ database, ...options });
  op.shell.desktop.open(screen, undefined);
  await op.settled();
  return op;
}

/** Answers the question on the screen, which takes no keys in its first moment. */
async function yes(op: Operator): Promise<void> {
  await op.wait(400);
  await op.press('y');
}

const cash = (cents: number) => [{ method: 'cash', cents }];

describe.each(SIZES)('batches, %i×%i', (...size) => {
  test('are opened with control figures, balanced only when they agree, and posted', async () => {
    const { database, call, account } = await till();
    const op = await at(database, 'batches', { size });
    expect(op.text()).toContain('No batch is like that.');
    await op.press('n', 'tab');
    await op.type('Mail of Monday');
    await op.press('tab');
    await op.type('30');
    await op.press('tab');
    await op.type('2');
    await op.press('f9');
    expect(op.message()).toContain('Batch B000001 is open.');
    expect(op.text()).toMatch(/B000001 +Payments +open +0 +0\.00 +30\.00 missing 0\/2/);
    const { id: batchId } = await database.db.selectFrom('batch').select('id').executeTakeFirstOrThrow();
    const accounts = [{ accountId: account.id }];
    await taken(call, { accounts, tenders: cash(1000), batchId });
    await op.press('f5', 'b');
    expect(op.message()).toContain('Batch B000001 does not balance.');
    await taken(call, { accounts, tenders: cash(2000), batchId });
    await op.press('f5');
    expect(op.text()).toMatch(/2 +30\.00 +ok/);
    await op.press('b');
    expect(op.text()).toMatch(/B000001 +Payments +balanced/);
    await op.press('enter');
    expect(op.text()).toContain('2 items, 30.00');
    expect(op.text()).toMatch(/R0000001 +A\d+ +Rivera, Ana M.*Cash +10\.00/);
    await op.press('escape', 'p');
    expect(op.text()).toContain('B000001: 2 items, 30.00');
    await yes(op);
    expect(op.message()).toContain('Batch B000001 is posted: 2 transactions.');
    expect(op.text()).toContain('No batch is like that.');
    expect(await balanceOf(database, account.id)).toEqual({ posted: -3000, unposted: 0 });
    await op.press('f4');
    await op.type('Posted');
    await op.press('enter');
    expect(op.text()).toMatch(/B000001 +Payments +posted/);
    expect(op.unexpected).toEqual([]);
  });
});

describe('a batch', () => {
  test('is reopened, deleted when it is empty, and takes payments from its list', async () => {
    const { database, call } = await till();
    await call(openBatch, { kind: 'payments', description: null, controlCents: null, controlCount: null });
    const op = await at(database, 'batches');
    await op.press('$');
    expect(op.header()).toContain('Payments');
    expect(op.text()).toContain('B000001 0 for 0.00');
    await op.press('escape', 'D');
    await yes(op);
    expect(op.message()).toContain('Batch B000001 is deleted.');
  });

  test('is posted further after it was stopped', async () => {
    const { database, call, account } = await till();
    const { batchId } = await call(openBatch, {
      kind: 'payments',
      description: null,
      controlCents: null,
      controlCount: null,
    });
    for (let n = 1; n <= 3; n += 1) {
      await taken(call, { accounts: [{ accountId: account.id }], tenders: cash(n * 100), batchId });
    }
    await database.db.updateTable('batch').set({ status: 'posting' }).where('id', '=', batchId).execute();
    const op = await at(database, 'batches');
    expect(op.text()).toMatch(/B000001 +Payments +posting/);
    await op.press('p');
    expect(op.text()).toContain('Go on posting?');
    await yes(op);
    expect(await balanceOf(database, account.id)).toEqual({ posted: -600, unposted: 0 });
  });
});

test('posting stops between two steps, says how far it is, and goes on', async () => {
  const { database, call, utility } = await till();
  await utility.account(await utility.customer('Bell, Bo'), await utility.location('5 Elm St'), { number: '10024' });
  const rows = Array.from({ length: 1100 }, (_, n) => `10024,1.00,,${n + 1},`);
  const lines = ['Account,Amount,Date,Check,Payer', ...rows, 'TOTAL,1100.00,,1100,'];
  const { batchId } = await call(importLockbox, { name: 'bank.csv', lines, profile: 'csv' });
  await call(balanceBatch, { batchId, version: 1 });
  const op = await at(database, 'batches');
  await op.press('p');
  await op.wait(400);
  op.shell.dispatch({ type: 'key', key: 'y', text: 'y' });
  const posting = () => (op.shell.navigation.top!.store.getState() as BatchesState).posting;
  while (!posting()?.done) await new Promise((resolve) => setImmediate(resolve));
  op.shell.dispatch({ type: 'key', key: 'escape' });
  await op.settled();
  expect(op.message()).toMatch(/Stopped: (?:500|1,000) transactions of B000001 are posted\./);
  expect(op.text()).toMatch(/B000001 +Lockbox +posting/);
  await op.press('p');
  await yes(op);
  expect(op.message()).toContain('Batch B000001 is posted:');
  expect(op.text()).toContain('No batch is like that.');
}, 30_000);

describe('accounting periods', () => {
  test('are added by month, closed and opened again when that is confirmed', async () => {
    const { database } = await till();
    const op = await at(database, 'periods');
    await op.press('n', 'ctrl+u');
    await op.type('2026-01-15');
    await op.press('tab', 'ctrl+u');
    await op.type('2');
    await op.press('f9');
    expect(op.message()).toContain('2 periods are added.');
    expect(op.text()).toMatch(/2026-02 +2026-02-01 +2026-02-28 +open/);
    await op.press('c');
    expect(op.text()).toContain('Nothing is posted into it any more.');
    await yes(op);
    expect(op.text()).toMatch(/2026-02 +2026-02-01 +2026-02-28 +closed +tess/);
    await op.press('r');
    await yes(op);
    expect(op.text()).toMatch(/2026-02 +2026-02-01 +2026-02-28 +open/);
  });

  test('that are not over, or hold what is not posted, say why before anything is asked', async () => {
    const { database, call, account } = await till();
    const op = await at(database, 'periods');
    await op.press('n', 'ctrl+u');
    await op.type('2026-10-15');
    await op.press('tab', 'ctrl+u');
    await op.type('2');
    await op.press('f9', 'c');
    expect(op.message()).toContain('Period 2026-11 is not over yet.');
    await taken(call, { accounts: [{ accountId: account.id }], tenders: cash(100), paidOn: '2026-10-20' });
    await op.press('f5', 'down', 'c');
    expect(op.message()).toContain('Period 2026-10 has a transaction that is not posted.');
  });

  test('are only read by who may not close them', async () => {
    const { database } = await till();
    const op = await at(database, 'periods', { actor: actor('history.read') });
    expect(op.footer()).not.toContain('Close');
  });
});

describe.each(SIZES)('cash drawers, %i×%i', (...size) => {
  test('are opened with a float, counted, and closed with a reason when they are short', async () => {
    const { database, call, account } = await till();
    const op = await at(database, 'drawers', { size });
    await op.press('n');
    await op.type('100');
    await op.press('f9');
    expect(op.message()).toContain('Drawer D000001 is open with 100.00.');
    await taken(call, {
      accounts: [{ accountId: account.id }],
      tenders: [...cash(4000), { method: 'check', cents: 700 }],
    });
    await op.press('f5');
    expect(op.text()).toMatch(/1 payment +Cash 40\.00 +Check 7\.00 +Cash in it 140\.00/);
    await op.press('c');
    expect(op.text()).toContain('0.00 counted, 140.00 short');
    await op.type('1');
    expect(op.text()).toContain('100.00 counted, 40.00 short');
    await op.press('tab', 'tab');
    await op.type('=20x');
    expect(op.text()).toContain('100.00 counted, 40.00 short');
    await op.press('backspace');
    expect(op.text()).toContain('120.00 counted, 20.00 short, changed');
    await op.press('f9');
    expect(op.text()).toContain('Counted 120.00, expected 140.00: 20.00 short.');
    await op.type('A note was torn');
    await op.press('f9');
    expect(op.message()).toContain('Drawer D000001 is closed: 120.00, 20.00 short.');
    await op.press('enter');
    expect(op.text()).toContain('A note was torn');
    expect(op.text()).toMatch(/Cash expected +140\.00/);
    expect(op.text()).toMatch(/20 x 1 +20\.00/);
    expect(op.unexpected).toEqual([]);
  });
});

test('a count that is no number is said at its field, and nothing is lost', async () => {
  const { database, call } = await till();
  await call(openDrawer, { floatCents: 0 });
  const op = await at(database, 'drawers');
  await op.press('c');
  await op.type('x');
  await op.press('f9');
  expect(op.text()).toContain('Give a number.');
  await op.press('ctrl+u', 'tab');
  await op.type('=70');
  await op.press('f9');
  expect(op.text()).toContain('That is no whole number of 50.00.');
});

describe('the lockbox', () => {
  test('takes a file, and its exceptions are credited or returned by keyboard', async () => {
    const { database, utility } = await till();
    const bell = await utility.account(await utility.customer('Bell, Bo'), await utility.location('5 Elm St'), {
      number: '10024',
    });
    await rebuildIndex(database);
    const op = await at(database, 'lockbox');
    op.files.set('monday.csv', [
      'Account,Amount,Payer',
      '10024,20.00,Bo',
      '777,30.00,Bell',
      '888,5.00,',
      'TOTAL,55.00,',
    ]);
    await op.press('i');
    await op.type('tuesday.csv');
    await op.press('f9');
    expect(op.text()).toContain('There is no such file.');
    await op.press('ctrl+u');
    await op.type('monday.csv');
    await op.press('f9');
    expect(op.message()).toContain('Batch B000001: 1 credited, 20.00; 2 wait.');
    expect(op.text()).toMatch(/> 777 +Bell +30\.00 +No such account/);
    await op.press('enter', 'f9');
    expect(op.text()).toContain('to 10024 Bell, Bo');
    await yes(op);
    expect(op.message()).toContain('30.00 is credited to 10024.');
    expect(await balanceOf(database, bell.id)).toMatchObject({ unposted: -5000 });
    await op.press('r');
    await op.type('Nobody knows it');
    await op.press('f9');
    expect(op.message()).toContain('5.00 goes back');
    expect(op.text()).toContain('Nothing waits.');
    await op.press('i');
    await op.type('monday.csv');
    await op.press('f9');
    expect(op.text()).toContain('This file was taken already');
    expect(op.unexpected).toEqual([]);
  });
});
