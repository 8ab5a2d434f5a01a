import { expect, test } from 'vitest';
import { actor } from '#test/support/database.ts';
import { Books } from '#test/support/books.ts';
import { answer } from '#test/support/clerk.ts';
import { atAccount, SIZES, tabText } from '#test/support/panel.ts';

/** A bill and the check that paid it. */
async function paid() {
  const books = await Books.open();
  const account = await books.town.household();
  await books.charge(account, [{ amountCents: 4000 }], { on: '2026-08-01', dueOn: '2026-08-20', number: 'B1' });
  await books.pay(account, [{ method: 'check', cents: 4000 }], { on: '2026-08-10' });
  return { books, account };
}

test.each(SIZES)('at %d×%d the footer has a key for each action that fits the line', async (...size) => {
  const { books, account } = await paid();
  const op = await atAccount(books.database, account.id, 'history', { size });
  expect(op.footer()).toMatch(/T Transfer +N NSF/);
  expect(op.footer()).not.toContain('Adjust');
  await op.press('down');
  expect(op.footer()).toMatch(/J Adjust/);
  expect(op.footer()).not.toMatch(/Transfer|NSF/);
  await op.press('T');
  expect(op.text()).toContain('It does not fit this transaction.');
  expect(op.unexpected).toEqual([]);
});

test('who may adjust only has no keys for payments', async () => {
  const { books, account } = await paid();
  const clerk = { ...actor('accounts.read', 'history.read', 'adjustments.enter'), username: 'carl' };
  const op = await atAccount(books.database, account.id, 'history', { actor: clerk });
  expect(op.footer()).not.toMatch(/Transfer|NSF|Reverse/);
  await op.press('down');
  expect(op.footer()).toMatch(/J Adjust/);
  expect(op.footer()).not.toContain('Reverse');
});

test('a returned check by its key; from there to the check and back by one, in the list and in the window', async () => {
  const { books, account } = await paid();
  const op = await atAccount(books.database, account.id, 'history');
  await op.press('N', 'f9');
  await answer(op, 'y');
  await op.press('down', 'down');
  expect(tabText(op)).toMatch(/> 2026-08-10 +Payment/);
  // Returned once it can only be looked at.
  expect(op.footer()).not.toMatch(/Transfer|Reverse/);
  await op.press('c');
  expect(tabText(op)).toMatch(/> 2026-11-21 +Returned payment/);
  // It names the check, and is named by its fee.
  await op.press('c');
  expect(op.text()).toMatch(/Payment of 2026-08-10 +reverses +-40\.00/);
  expect(op.text()).toMatch(/Returned-item fee of 2026-11-21 +corrected by +25\.00/);
  await op.type('payment of 2026-08');
  await op.press('enter');
  expect(tabText(op)).toMatch(/> 2026-08-10 +Payment/);
  await op.press('enter', 'c');
  expect(tabText(op)).toMatch(/┌ Returned payment {2}2026-11-21 {2}40\.00/);
  await op.press('escape');
  expect(tabText(op)).toMatch(/┌ Payment {2}2026-08-10/);
  expect(op.unexpected).toEqual([]);
});

test('a write-off of two bills leads to both and each back to it; a plain payment leads nowhere', async () => {
  const books = await Books.open();
  const account = await books.town.household();
  for (const [number, on] of [
    ['B1', '2026-06-01'],
    ['B2', '2026-07-01'],
  ] as const) {
    await books.charge(account, [{ amountCents: 3000 }], { on, dueOn: on, number });
  }
  await books.pay(account, [{ method: 'cash', cents: 1000 }], { on: '2026-08-01' });
  const op = await atAccount(books.database, account.id, 'history');
  await op.press('c');
  expect(op.text()).toContain('It corrects nothing, and nothing corrects it.');
  await op.press('m');
  await op.type('write off');
  await op.press('enter', 'tab');
  await op.type('gone');
  await op.press('f9');
  await answer(op, 'y');
  await op.press('g', 'c');
  expect(op.text()).toMatch(/Charge B1 of 2026-06-01 +settles +20\.00/);
  expect(op.text()).toMatch(/Charge B2 of 2026-07-01 +settles +30\.00/);
  await op.type('b2');
  await op.press('enter');
  expect(tabText(op)).toMatch(/> 2026-07-01 +Charge B2/);
  await op.press('c');
  expect(tabText(op)).toMatch(/> 2026-11-21 +Write-off/);
  await op.press('B');
  expect(tabText(op)).toContain('As of 2026-11-21, nothing is owed. 50.00 was written off.');
  expect(tabText(op)).toContain('30.00 written off Charge B2 of 2026-07-01');
});
