import { expect, test } from 'vitest';
import { till } from '#test/support/money.ts';
import { signedInApp } from '#test/support/tty.tsx';

test('a day in a closed period is refused where it is typed, with the first day that is possible', async () => {
  const { database, utility, account } = await till();
  const october = { name: '2026-10', starts_on: '2026-10-01', ends_on: '2026-10-31' };
  await utility.add('accounting_period', { ...october, status: 'closed' });
  const op = await signedInApp({ database });
  op.shell.desktop.open('payment', { accountId: account.id });
  await op.settled();
  await op.press('alt+d');
  await op.type('2026-10-20');
  await op.press('f9');
  expect(op.text()).toContain('2026-10 is closed; the first open day is 2026-11-01.');
  await op.press('ctrl+u');
  await op.type('2026-11-01');
  await op.press('f9');
  await op.type('5');
  await op.press('f9');
  expect(await database.db.selectFrom('payment').select('paid_on').execute()).toEqual([{ paid_on: '2026-11-01' }]);
});
