import { expect, test } from 'vitest';
import { refundRunScreen } from '#screens/account-runs/refunds.ts';
import { writeOffScreen } from '#screens/account-runs/write-offs.ts';
import { createHome } from '#screens/home/screen.ts';
import { Books } from '#test/support/books.ts';
import { answer } from '#test/support/clerk.ts';
import { taken } from '#test/support/money.ts';
import { SIZES } from '#test/support/panel.ts';
import { type Operator, signedInApp } from '#test/support/tty.tsx';

/** A closed account at that address. */
const closed = async (books: Books, line1: string, name: string) =>
  books.town.account(await books.town.customer(name), await books.town.location(line1), {
    activity: 'final',
    moved_out_on: '2026-06-30',
  });

async function at(
  books: Books,
  screen: 'refundRun' | 'writeOffRun',
  size: readonly [number, number],
): Promise<Operator> {
  const screens = [refundRunScreen, writeOffScreen];
  const op = await signedInApp({ database: books.database, screens: [createHome(screens), ...screens], size });
  op.shell.desktop.open(screen, undefined);
  await op.settled();
  return op;
}

test.each(SIZES)(
  'at %d×%d a refund run pays the accounts that are marked, and numbers their checks',
  async (...size) => {
    const books = await Books.open();
    const [first, second] = [
      await closed(books, '1 Elm St', 'Gone, Guy'),
      await closed(books, '2 Elm St', 'Away, Ann'),
    ];
    await books.pay(first, [{ method: 'cash', cents: 5000 }]);
    await books.pay(second, [{ method: 'cash', cents: 700 }]);
    const op = await at(books, 'refundRun', size);
    expect(op.text()).toMatch(/Gone, Guy +2026-06-30 +-50\.00 +50\.00/);
    expect(op.text()).toContain('57.00 in all');
    await op.press('space');
    expect(op.text()).toContain('50.00 in all');
    await op.press('f9', 'f9');
    expect(op.text()).toContain('1 of 2 accounts, 50.00 in all.');
    await answer(op, 'y');
    expect(op.text()).toContain('Give the checks their numbers now?');
    await answer(op, 'y');
    expect(op.text()).toContain('Entered for their batch: 1 refund. Checks 1 to 1.');
    expect(op.text()).not.toContain('Gone, Guy');
    expect(await books.balance(first)).toEqual({ posted: -5000, unposted: 5000 });
    expect(await books.balance(second)).toEqual({ posted: -700, unposted: 0 });
    await op.press('w', 'tab', 'ctrl+u');
    await op.type('10');
    await op.press('f9');
    expect(op.text()).toContain('No account has that much open credit.');
    expect(op.text()).toMatch(/(Closed|All) accounts with open credit of at least/);
    expect(op.unexpected).toEqual([]);
  },
);

test.each(SIZES)(
  'at %d×%d debts of accounts closed for long are written off together; small ones apart',
  async (...size) => {
    const books = await Books.open();
    const [first, second] = [
      await closed(books, '1 Elm St', 'Gone, Guy'),
      await closed(books, '2 Elm St', 'Away, Ann'),
    ];
    await books.charge(first, [{ amountCents: 5000 }], { on: '2026-06-01' });
    await books.charge(second, [{ amountCents: 300 }], { on: '2026-06-01' });
    const op = await at(books, 'writeOffRun', size);
    expect(op.text()).toContain('53.00 in all');
    await op.press('w', 'space', 'f9');
    expect(op.text()).toContain('3.00 in all');
    await op.press('f9', 'f9');
    expect(op.text()).toContain('1 of 1 accounts, 3.00 in all.');
    await answer(op, 'n');
    expect((await books.balance(second)).posted).toBe(300);
    await op.press('f9', 'f9');
    await answer(op, 'y');
    expect(op.text()).toContain('Written off: 1 account.');
    expect((await books.balance(second)).posted).toBe(0);
    expect((await books.balance(first)).posted).toBe(5000);
    expect(op.unexpected).toEqual([]);
  },
);

test('who has something that is not posted stands out before it is written off', async () => {
  const books = await Books.open();
  const account = await closed(books, '1 Elm St', 'Gone, Guy');
  await books.charge(account, [{ amountCents: 5000 }], { on: '2026-06-01' });
  await taken(books.call, { accounts: [{ accountId: account.id }], tenders: [{ method: 'cash', cents: 3000 }] });
  const op = await at(books, 'writeOffRun', SIZES[0]);
  expect(op.text()).toMatch(/Gone, Guy .* 50\.00 +-30\.00/);
  await op.press('f9');
  await op.type('gone');
  await op.press('f9');
  expect(op.text()).toContain('Accounts among them with items that are not posted: 1.');
});
