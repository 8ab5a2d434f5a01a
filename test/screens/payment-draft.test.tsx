import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { taken, till } from '#test/support/money.ts';
import { type Operator, signedInApp } from '#test/support/tty.tsx';
import { rebuildIndex } from '#db/search/build.ts';

/** Rivera owes 75.20, Bell 70.00. */
async function counter() {
  const all = await till();
  const { utility, database } = all;
  const rivera = await utility.account(await utility.customer('Rivera, Ana'), await utility.location('1 Elm St'), {
    number: '10023',
  });
  const bell = await utility.account(await utility.customer('Bell, Bo'), await utility.location('2 Elm St'), {
    number: '10024',
  });
  await utility.charge(rivera, 7520);
  await utility.charge(bell, 7000);
  await rebuildIndex(database);
  return { ...all, rivera, bell };
}

async function atCounter(database: Database, params?: object): Promise<Operator> {
  const op = await signedInApp({ database, size: [120, 40] });
  op.shell.desktop.open('payment', params);
  await op.settled();
  return op;
}

/** Two accounts, a check for both with its number, a memo: much to type again. */
async function begun(database: Database, params?: object): Promise<Operator> {
  const op = await atCounter(database, params);
  await op.send('10023\r');
  await op.press('f7');
  await op.send('10024\r');
  await op.type('100h');
  await op.press('enter');
  await op.type('4711');
  return op;
}

const drafts = (database: Database) => database.db.selectFrom('draft').select(['form', 'values']).execute();
const payments = (database: Database) =>
  database.db.selectFrom('payment').select(['number', 'total_cents as cents']).orderBy('id').execute();

describe('a payment that is not taken yet', () => {
  test('survives a lock and the line, is taken up again and taken once', async () => {
    const { database } = await counter();
    const op = await begun(database);
    await op.shell.keepDrafts();
    op.unmount();
    const next = await atCounter(database);
    expect(next.text()).toContain('Taken up from the draft of');
    expect(next.text()).toMatch(/10023 Rivera, Ana/);
    expect(next.text()).toMatch(/10024 Bell, Bo/);
    expect(next.text()).toMatch(/Amount +100\.00 +Paid by Check +Check no\. 4711/);
    await next.press('f9');
    expect(await payments(database)).toEqual([{ number: 'R0000001', cents: 10_000 }]);
    expect(await drafts(database)).toEqual([]);
    expect(next.unexpected).toEqual([]);
  });

  test('is never taken twice, whoever of two sessions is first', async () => {
    const { database } = await counter();
    const op = await begun(database);
    await op.shell.keepDrafts();
    const next = await atCounter(database);
    await op.press('f9');
    expect(await payments(database)).toHaveLength(1);
    await next.press('f9');
    expect(next.text()).toContain('Take it once more?');
    await next.wait(400);
    await next.press('y');
    expect(next.text()).toContain('R0000001 taken: 100.00 Check');
    expect(await payments(database)).toHaveLength(1);
    expect(await drafts(database)).toEqual([]);
  });

  test('is kept while it is typed and when the screen is left, and offered by the list of drafts', async () => {
    const { database } = await counter();
    const op = await begun(database);
    expect(await drafts(database)).toEqual([]);
    await op.wait(3000);
    expect(await drafts(database)).toHaveLength(1);
    await op.type('9');
    await op.press('f3');
    expect(op.text()).toContain('Kept as a draft: a payment of 100.00 for 10023.');
    expect(op.text()).toContain('One form was left with something typed');
    await op.press('d');
    expect(op.text()).toContain('Payment 100.00, 10023, 10024');
    await op.press('enter', 'enter');
    expect(op.text()).toMatch(/Check no\. 47119/);
    await op.press('escape', 'escape', 'escape');
    expect(op.text()).toContain('Drop this payment?');
    await op.wait(400);
    await op.press('y');
    expect(op.text()).not.toContain('Rivera');
    expect(await drafts(database)).toEqual([]);
  });

  test('for an account waits while another account is paid', async () => {
    const { database, rivera, bell } = await counter();
    const op = await atCounter(database, { accountId: rivera.id });
    await op.type('5');
    op.shell.desktop.open('payment', { accountId: bell.id });
    await op.settled();
    expect(op.text()).toMatch(/Amount +70\.00/);
    await op.press('f9');
    expect(await payments(database)).toEqual([{ number: 'R0000001', cents: 7000 }]);
    op.shell.desktop.open('payment', { accountId: rivera.id });
    await op.settled();
    expect(op.text()).toContain('Taken up from the draft of');
    expect(op.text()).toMatch(/Amount +5 /);
  });

  test('that changes a taken one is kept as that', async () => {
    const { database, call, rivera } = await counter();
    const { paymentId } = await taken(call, {
      accounts: [{ accountId: rivera.id }],
      tenders: [{ method: 'cash', cents: 2000 }],
    });
    const op = await atCounter(database, { paymentId });
    await op.type('30');
    await op.shell.keepDrafts();
    const next = await atCounter(database, { paymentId });
    expect(next.text()).toContain('Change R0000001');
    await next.press('f9');
    expect(await payments(database)).toEqual([{ number: 'R0000001', cents: 3000 }]);
    expect(await drafts(database)).toEqual([]);
  });

  test('waits with its reason where it cannot be taken up, and the screen works on', async () => {
    const { database, rivera } = await counter();
    const op = await begun(database);
    await op.shell.keepDrafts();
    await database.db.updateTable('customer').set({ no_payments: 1 }).where('id', '=', rivera.customerId).execute();
    const next = await atCounter(database);
    expect(next.message()).toContain('waits: 10023');
    expect(next.text()).not.toContain('Rivera');
    await next.send('10024\r');
    expect(next.text()).toMatch(/Amount +70\.00/);
    expect(await drafts(database)).toHaveLength(1);
  });
});
