import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { accountPanel } from '#screens/account-panel/screen.ts';
import { arHistoryScreen } from '#screens/ar-history/screen.ts';
import { createHome } from '#screens/home/screen.ts';
import { freshDatabase } from '#test/support/database.ts';
import { SIZES } from '#test/support/panel.ts';
import { signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

async function household(): Promise<{ database: Database; accountId: number }> {
  const database = await freshDatabase();
  const town = new Utility(database);
  const account = await town.household();
  const water = await town.serviceType('WAT', { name: 'Water' });
  for (let month = 1; month < 10; month += 1) {
    await town.charge(account, 5000 + month, { on: `2026-0${month}-01`, service: water, number: `B${month}` });
    if (month < 8) await town.payment(account, 4900, { on: `2026-0${month}-15`, number: `R${month}` });
  }
  return { database, accountId: account.id };
}

const others = [accountPanel, arHistoryScreen];

describe('the A/R history', () => {
  test.each(SIZES)(
    'at %d×%d opens from the History tab, with balances around and ageing at its foot',
    async (...size) => {
      const { database, accountId } = await household();
      const op = await signedInApp({ database, screens: [createHome(others), ...others], size });
      op.shell.desktop.open('account', { accountId, tab: 'history' });
      await op.settled();
      await op.press('H');
      expect(op.text()).toMatch(/A\d+ Rivera, Ana M, 2025-11-21 to 2026-11-21 +Opening 0\.00/);
      expect(op.text()).toMatch(/2026-01-01 +Invoice B1 +(B1 +)?50\.01 +50\.01 +0\.00 /);
      expect(op.text()).toMatch(/Closing 107\.45/);
      expect(op.text()).toContain('Ageing: Current 0.00  30 0.00  60 0.00  90 50.09  Older 57.36');
      await op.press('t', 'down');
      expect(op.text()).toMatch(/Water +50\.01/);
      expect(op.text()).toMatch(/by R1 Water.* 49\.00/);
      await op.press('t', 'd');
      await op.type('2026-07-01');
      await op.press('f9');
      expect(op.text()).toMatch(/2026-07-01 to 2026-11-21 +Opening 6\.21/);
      expect(op.text()).toMatch(/> 2026-07-01 +Invoice B7 +(B7 +)?50\.07 +42\.79 +7\.28 /);
      expect(op.text()).not.toContain('2026-06-15');
      await op.press('down', 'enter');
      expect(op.text()).toMatch(/> 2026-07-15 {5}Payment R7/);
      await op.press('escape');
      expect(op.text()).toMatch(/Opening 6\.21/);
      expect(op.unexpected).toEqual([]);
    },
  );

  test('is found by the number of an account or a customer behind its code', async () => {
    const { database, accountId } = await household();
    const { number, customer } = await database.db
      .selectFrom('account as a')
      .innerJoin('customer as c', 'c.id', 'a.customer_id')
      .select(['a.number', 'c.number as customer'])
      .where('a.id', '=', accountId)
      .executeTakeFirstOrThrow();
    const op = await signedInApp({ database, screens: [createHome(others), ...others] });
    for (const typed of [number, customer]) {
      op.shell.desktop.jump('ar-history', arHistoryScreen.parseArgument!(typed));
      await op.settled();
      expect(op.text()).toMatch(/Rivera, Ana M, 2025-11-21 to 2026-11-21/);
    }
    op.shell.desktop.jump('ar-history', arHistoryScreen.parseArgument!(''));
    await op.settled();
    expect(op.text()).toContain('Type =ARH and the number of an account');
  });

  test('days in the wrong order are said at the field, and what was shown stays', async () => {
    const { database, accountId } = await household();
    const op = await signedInApp({ database, screens: [createHome(others), ...others] });
    op.shell.desktop.open('ar-history', { accountId });
    await op.settled();
    await op.press('d');
    await op.type('2026-12-01');
    await op.press('tab');
    await op.type('2026-06-01');
    await op.press('f9');
    expect(op.text()).toContain('The first day is after the last.');
    await op.press('escape', 'escape');
    expect(op.text()).toContain('2025-11-21 to 2026-11-21');
  });
});
