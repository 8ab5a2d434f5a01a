import { describe, expect, test } from 'vitest';
import { accountPanel } from '#screens/account-panel/screen.ts';
import { createHome } from '#screens/home/screen.ts';
import { freshDatabase } from '#test/support/database.ts';
import { atAccount } from '#test/support/panel.ts';
import { signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

async function town() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const owner = await utility.customer('Oak Holdings LLC', { kind: 'profit', business_name: 'Oak Holdings LLC' });
  const location = await utility.location('118 Alder St', { rental: 1, owner_id: owner });
  const names = { first_name: 'Ana', last_name: 'Rivera' };
  const account = await utility.account(await utility.customer('Rivera, Ana', names), location);
  /** The same user again, before the forms that were left. */
  const again = async () => {
    const op = await signedInApp({ database, screens: [createHome([accountPanel]), accountPanel] });
    await op.settled();
    await op.press('d', 'enter', 'enter');
    return op;
  };
  return { database, utility, owner, account, again };
}

describe('forms of the Customer and Owner tab that were left', () => {
  test('are opened again with what was typed: the record', async () => {
    const { database, account, again } = await town();
    const op = await atAccount(database, account.id, 'customer');
    await op.press('e', 'tab', 'tab');
    await op.type('bel');
    await op.shell.keepDrafts();
    const next = await again();
    expect(next.text()).toContain('Edit customer');
    expect(next.text()).toContain('Anabel');
  });

  test('are opened again at the owner: a phone that is there, and a new address', async () => {
    const { database, utility, owner, account, again } = await town();
    await utility.phone(owner, '(217) 555-0142');
    const op = await atAccount(database, account.id, 'owner');
    await op.press(']', 'j', 'enter', 'tab');
    await op.type('7');
    await op.shell.keepDrafts();
    const next = await again();
    expect(next.text()).toContain('Edit phone');
    expect(next.text()).toContain('(217) 555-01427');
    await database.db.deleteFrom('draft').execute();
    const other = await atAccount(database, account.id, 'owner');
    await other.press(']', 'a', 'tab', 'tab');
    await other.type('Sam Quill');
    await other.shell.keepDrafts();
    expect((await again()).text()).toMatch(/Add an address[^]*Sam Quill/);
  });

  test('say so when their record is gone', async () => {
    const { database, utility, owner, account, again } = await town();
    await utility.phone(owner, '(217) 555-0142');
    const op = await atAccount(database, account.id, 'owner');
    await op.press(']', 'j', 'enter', 'tab');
    await op.type('7');
    await op.shell.keepDrafts();
    await database.db.deleteFrom('customer_phone').execute();
    const next = await again();
    expect(next.text()).not.toContain('Edit phone');
    expect(next.message()).toContain('It cannot be opened where it was');
  });
});
