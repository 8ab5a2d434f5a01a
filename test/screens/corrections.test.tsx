import { describe, expect, test } from 'vitest';
import { approvals } from '#screens/approvals/screen.tsx';
import { enterPayment } from '#services/payments/write.ts';
import { createHome } from '#screens/home/screen.ts';
import { actor } from '#test/support/database.ts';
import { Books } from '#test/support/books.ts';
import { act, answer } from '#test/support/clerk.ts';
import { atAccount, SIZES, tabText } from '#test/support/panel.ts';
import { signedInApp } from '#test/support/tty.tsx';

/** Two bills, paid by a check. */
async function paid() {
  const books = await Books.open();
  const account = await books.town.household();
  await books.charge(account, [{ amountCents: 4000 }], { on: '2026-08-01', dueOn: '2026-08-20', number: 'B1' });
  await books.charge(account, [{ amountCents: 2500 }, { amountCents: 500, description: 'Copy' }], {
    on: '2026-09-01',
    dueOn: '2026-09-20',
    number: 'B2',
  });
  const [part] = await books.pay(account, [{ method: 'check', cents: 7000 }], { on: '2026-09-10' });
  return { books, account, part: part! };
}

/** Amounts that wait for a bill. */
const waiting = async ({ db }: Books['database']): Promise<number[]> => {
  const rows = await db.selectFrom('special_charge').select('amount_cents').where('status', '=', 'pending').execute();
  return rows.map((row) => row.amount_cents);
};

describe('the menu of a history line', () => {
  test.each(SIZES)('at %d×%d a returned check is shown what it does before it is done', async (...size) => {
    const { books, account } = await paid();
    const op = await atAccount(books.database, account.id, 'history', { size });
    expect(tabText(op)).toMatch(/> 2026-09-10 .*Payment/);
    await op.press('m');
    expect(op.text()).toContain('Returned item (NSF)');
    await op.type('nsf');
    await op.press('enter');
    expect(op.text()).toMatch(/Fee +25\.00/);
    await op.press('f9');
    expect(op.text()).toContain('Waits: Returned-item fee of 2026-11-21');
    expect(op.text()).toMatch(/Balance +0\.00 {2}-> +95\.00/);
    expect(op.text()).toMatch(/Over 90 days +0\.00 {2}-> +40\.00/);
    expect(op.text()).toContain('Charge B1, due 2026-08-20: 40.00 open again');
    // Nothing is done, and what was typed is still there.
    await answer(op, 'n');
    expect((await books.balance(account)).posted).toBe(0);
    await op.press('f9');
    await answer(op, 'y');
    expect(await books.balance(account)).toEqual({ posted: 7000, unposted: 2500 });
    expect(tabText(op)).toMatch(/Returned payment.* 70\.00/);
    expect(op.unexpected).toEqual([]);
  });

  test('a line offers what fits it, with the reason for what does not, and hides what one may not do', async () => {
    const { books, account } = await paid();
    const clerk = { ...actor('accounts.read', 'history.read', 'bills.adjust', 'adjustments.enter'), username: 'carl' };
    const op = await atAccount(books.database, account.id, 'history', { actor: clerk });
    await op.press('m');
    expect(op.text()).not.toContain('Returned item');
    expect(op.text()).toContain('Adjust the account');
    await op.press('escape', 'down', 'm');
    expect(op.text()).toContain('Reverse charges');
    await op.type('bill');
    await op.press('enter');
    expect(op.text()).toContain('This line is paid');
  });

  test('a payment is transferred by account number, and a wrong number is said at the field', async () => {
    const { books, account } = await paid();
    const other = await books.town.account(account.customerId, await books.town.location('9 Oak Ave'), {
      number: '20-555',
    });
    const { rebuildIndex } = await import('#db/search/build.ts');
    await rebuildIndex(books.database);
    const op = await atAccount(books.database, account.id, 'history');
    await act(op, 'transfer pay');
    await op.type('20-999');
    await op.press('f9');
    expect(op.text()).toContain('No account of that number.');
    await op.press('backspace', 'backspace', 'backspace');
    await op.type('555');
    await op.press('tab', 'ctrl+u');
    await op.type('30');
    await op.press('f9');
    await answer(op, 'y');
    expect((await books.balance(other)).posted).toBe(-3000);
    expect((await books.balance(account)).posted).toBe(3000);
  });

  test('an adjustment is entered, changed and deleted from its own line', async () => {
    const { books, account } = await paid();
    const op = await atAccount(books.database, account.id, 'history');
    await op.press('m');
    await op.type('adjust the');
    await op.press('enter', 'tab');
    await op.type('12');
    await op.press('tab');
    await op.type('leak');
    await op.press('f9');
    await answer(op, 'y');
    expect((await books.balance(account)).unposted).toBe(-1200);
    await op.press('home', 'm', 'enter', 'tab', 'ctrl+u');
    await op.type('7.50');
    await op.press('f9');
    await answer(op, 'y');
    expect((await books.balance(account)).unposted).toBe(-750);
    await op.press('home', 'm');
    await op.type('delete');
    await op.press('enter');
    await answer(op, 'y');
    expect(await books.balance(account)).toEqual({ posted: 0, unposted: 0 });
    expect(op.unexpected).toEqual([]);
  });

  test('what it made is in sight above the line, with its reason in words and both linked', async () => {
    const books = await Books.open();
    await books.setOption('adjustmentsPost', 'at_once');
    const account = await books.town.household();
    for (let month = 1; month <= 9; month += 1) {
      await books.charge(account, [{ amountCents: 1000 }], { on: `2026-0${month}-01`, number: `B${month}` });
    }
    const op = await atAccount(books.database, account.id, 'history');
    await op.press('down', 'down');
    await act(op, 'adjust');
    await op.press('tab');
    await op.type('5');
    await op.press('tab');
    await op.type('leak');
    await op.press('f9');
    await answer(op, 'y');
    expect(tabText(op)).toMatch(/2026-11-21 +Adjustment.* 5\.00/);
    expect(tabText(op)).toMatch(/> 2026-07-01 +Charge B7/);
    await op.press('home', 'enter');
    expect(tabText(op)).toMatch(/Reason +Leak adjustment/);
    expect(tabText(op)).toContain('Corrects     Charge B7 of 2026-07-01, 10.00');
    await op.press('enter', 'enter');
    expect(tabText(op)).toContain('Corrected by Adjustment of 2026-11-21, -5.00');
  });

  test('a payment that is not posted is deleted, after a question', async () => {
    const { books, account } = await paid();
    await books.call(enterPayment, {
      tenders: [{ method: 'cash', cents: 900 }],
      accounts: [{ accountId: account.id }],
    } as never);
    const op = await atAccount(books.database, account.id, 'history');
    expect((await books.balance(account)).unposted).toBe(-900);
    await op.press('home', 'm', 'enter');
    expect(op.text()).toContain('Delete payment?');
    await answer(op, 'n');
    expect((await books.balance(account)).unposted).toBe(-900);
    await op.press('m', 'enter');
    await answer(op, 'y');
    expect(await books.balance(account)).toEqual({ posted: 0, unposted: 0 });
  });

  test('a bill is adjusted and its charges reversed and billed anew', async () => {
    const books = await Books.open();
    const account = await books.town.household();
    await books.charge(account, [{ amountCents: 2500, description: 'Water', quantityMilli: 5000, unit: 'kgal' }], {
      number: 'B2',
    });
    const op = await atAccount(books.database, account.id, 'history');
    await op.press('m', 'enter', 'tab', 'ctrl+u');
    await op.type('4');
    await op.press('tab');
    await op.type('misread');
    await op.press('f9');
    await answer(op, 'y');
    expect((await books.balance(account)).posted).toBe(2000);
    expect(tabText(op)).toContain('Adjustment B2, Water');
    await op.press('end', 'm');
    await op.type('reverse ch');
    await op.press('enter');
    await op.type('billed');
    await op.press('tab', 'tab', 'space', 'tab', 'tab', 'ctrl+u');
    await op.type('15');
    await op.press('f9');
    await answer(op, 'y');
    expect((await books.balance(account)).posted).toBe(1500);
    expect(tabText(op)).toContain('Charge B2-1');
    expect(op.unexpected).toEqual([]);
  });
});

describe('the account’s own corrections', () => {
  test('a special charge waits, is listed, and billed when wanted', async () => {
    const { books, account } = await paid();
    const op = await atAccount(books.database, account.id, 'history');
    await act(op, 'add special');
    await op.type('copy');
    await op.press('tab', 'tab');
    await op.type('3');
    await op.press('f9');
    expect(op.text()).toContain('No balance and no ageing changes before the next bill.');
    expect(op.text()).toMatch(/On the next bill +0\.00 +-> +3\.00/);
    // Not confirmed: the form as it was, and nothing waits.
    await answer(op, 'n');
    expect(op.text()).toContain('Add special charge');
    expect(await waiting(books.database)).toEqual([]);
    await op.press('f9');
    await answer(op, 'y');
    expect(await waiting(books.database)).toEqual([300]);
    expect(tabText(op)).toContain('credits 70.00, next bill 3.00');
    await act(op, 'special charges that');
    expect(op.text()).toMatch(/Copy of a bill +3\.00/);
    await op.type('bill them');
    await op.press('enter');
    await answer(op, 'y');
    expect((await books.balance(account)).posted).toBe(300);
    expect(tabText(op)).not.toContain('next bill');
    expect(op.unexpected).toEqual([]);
  });

  test('one that waits is changed and removed, each after a look at the next bill', async () => {
    const { books, account } = await paid();
    const op = await atAccount(books.database, account.id, 'history');
    await act(op, 'add special');
    await op.type('copy');
    await op.press('tab', 'tab');
    await op.type('3');
    await op.press('f9');
    await answer(op, 'y');
    const water = await books.town.serviceType('WAT');
    const services = () => books.database.db.selectFrom('special_charge').select('service_type_id').execute();
    await books.database.db.updateTable('special_charge').set({ service_type_id: water }).execute();
    await act(op, 'special charges that');
    await op.press('enter', 'enter');
    // The account has no such service any more; the charge is of it all the same.
    expect(op.text()).toMatch(/Service +kept +As it is/);
    await op.press('tab', 'tab', 'ctrl+u');
    await op.type('4.50');
    await op.press('f9');
    expect(op.text()).toMatch(/On the next bill +3\.00 +-> +4\.50/);
    expect(op.text()).toMatch(/Balance with it +3\.00 +-> +4\.50/);
    await answer(op, 'y');
    expect(await waiting(books.database)).toEqual([450]);
    expect(await services()).toEqual([{ service_type_id: water }]);
    expect(tabText(op)).toMatch(/next bill 4\.50(?! \+)/);
    await books.database.db.updateTable('special_charge').set({ taxable: 1 }).execute();
    await op.press('f5');
    expect(tabText(op)).toContain('next bill 4.50 + tax');
    await books.database.db.updateTable('special_charge').set({ taxable: 0 }).execute();
    await act(op, 'special charges that');
    await op.press('enter');
    await op.type('remove');
    await op.press('enter');
    expect(op.text()).toMatch(/On the next bill +4\.50 +-> +0\.00/);
    await answer(op, 'y');
    expect(await waiting(books.database)).toEqual([]);
    expect((await books.balance(account)).posted).toBe(0);
    expect(op.unexpected).toEqual([]);
  });

  test('what is above one’s limit is asked for, and done by who approves it on screen APR', async () => {
    const { books, account } = await paid();
    await books.setOption('adjustmentsPost', 'at_once');
    const rights = ['accounts.read', 'history.read', 'adjustments.enter', 'adjustments.approve'];
    const carl = { ...actor(...rights), username: 'carl', creditLimitCents: 500 };
    const op = await atAccount(books.database, account.id, 'history', { actor: carl });
    await op.press('m');
    await op.type('adjust the');
    await op.press('enter', 'tab');
    await op.type('12');
    await op.press('tab');
    await op.type('goodwill');
    await op.press('f9');
    expect(op.text()).toContain('! Your limit is 5.00');
    await answer(op, 'y');
    expect(await books.balance(account)).toEqual({ posted: 0, unposted: 0 });
    const max = await signedInApp({
      database: books.database,
      screens: [createHome([approvals]), approvals],
      actor: { ...actor(...rights), username: 'max', userId: 2, creditLimitCents: null },
    });
    max.shell.desktop.open('approvals', undefined);
    await max.settled();
    expect(max.text()).toMatch(/Credit 12\.00, Goodwill +12\.00 +carl/);
    await max.press('a');
    expect(max.text()).toMatch(/Balance +0\.00 {2}-> +-12\.00/);
    await answer(max, 'y');
    expect(await books.balance(account)).toEqual({ posted: -1200, unposted: 0 });
    expect(max.text()).toContain('Nothing waits for approval.');
    expect(max.unexpected).toEqual([]);
  });
});
