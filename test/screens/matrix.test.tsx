import { describe, expect, test } from 'vitest';
import { rebuildIndex } from '#db/search/build.ts';
import { DEFAULT_GROUPS } from '#domain/permissions.ts';
import { tabsOf } from '#screens/account-panel/model.ts';
import { tabs } from '#screens/account-panel/tabs/index.ts';
import { screens } from '#screens/index.ts';
import type { Actor } from '#services/actor.ts';
import { may } from '#services/actor.ts';
import { actor, freshDatabase } from '#test/support/database.ts';
import { type Operator, signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

/** A rental with everything that tabs are about; the account is 10023. */
async function utility() {
  const database = await freshDatabase();
  const made = new Utility(database);
  const owner = await made.customer('Oak LLC', { number: 'C77' });
  const location = await made.location('118 Alder St', { owner_id: owner, rental: 1 });
  const account = await made.account(await made.customer('Rivera, Ana M'), location, { number: '10023' });
  await made.charge(account, 5_000, { on: '2026-01-01' });
  await made.note({ customer_id: account.customerId, account_id: account.id, body: 'Knock twice' });
  const user = { id: 900_001, username: 'ana', display_name: 'Ana', created_at: 0 };
  await database.db.insertInto('app_user').values(user).execute();
  await rebuildIndex(database);
  return database;
}

const REFUSED = /You may not do this/;

async function open(op: Operator, id: string, more: object = {}): Promise<void> {
  const screen = screens.find((candidate) => candidate.id === id)!;
  op.shell.desktop.jump(id, { ...(screen.parseArgument?.('10023') as object | undefined), ...more });
  await op.settled();
}

describe.each(DEFAULT_GROUPS)('$code', ({ code, level, permissions }) => {
  const who: Actor = { ...actor('none'), groups: [code], permissions: new Set(permissions), level };

  test('opens, and is offered, the screens and tabs of its rights and no others', async () => {
    // Tall enough for a menu of every screen.
    const op = await signedInApp({ database: await utility(), actor: who, size: [120, 60] });
    const menu = op.text();
    for (const screen of screens.filter(({ id }) => id !== 'home')) {
      const allowed = may(who, screen.permission);
      expect(menu.includes(`=${screen.code}`), screen.id).toBe(allowed);
      await open(op, 'home');
      await open(op, screen.id);
      expect(op.shell.navigation.top!.definition.id, screen.id).toBe(allowed ? screen.id : 'home');
      if (allowed) expect(op.message(), screen.id).not.toMatch(REFUSED);
      else expect(op.message(), screen.id).toContain(`You may not open ${screen.title}.`);
    }
    for (const tab of tabs) {
      await open(op, 'account', { tab: tab.id });
      const { panel } = op.shell.navigation.top!.store.getState() as { panel: Parameters<typeof tabsOf>[0] };
      const offered = tabsOf(panel, who).map(({ id }) => id);
      expect(offered.includes(tab.id), tab.id).toBe(may(who, tab.permission));
      expect(op.text(), tab.id).not.toMatch(REFUSED);
    }
  }, 60_000);

  test('has no command that would be refused for want of a right', async () => {
    const op = await signedInApp({ database: await utility(), actor: who });
    const refused: string[] = [];
    for (const screen of screens.filter(({ permission }) => may(who, permission))) {
      await open(op, screen.id);
      for (const command of screen.commands) {
        const has = op.shell.scopes()[0]!.commands.some(({ id }) => id === command.id);
        if (command.permission && !may(who, command.permission)) expect(has, command.id).toBe(false);
      }
      const records = op.shell.scopes()[0]!.commands.filter(({ group, keys }) => group === 'record' && keys.length > 0);
      for (const { id, keys } of records) {
        op.shell.signOut();
        op.shell.enter(op.actor);
        await open(op, screen.id);
        await op.press(keys[0]!);
        if (REFUSED.test(op.text())) refused.push(id);
      }
    }
    expect(refused).toEqual([]);
  }, 60_000);
});

test('a badge whose cause is in a tab that the reader may not open says so', async () => {
  const op = await signedInApp({
    database: await utility(),
    actor: actor('accounts.read', 'customers.read', 'locations.read'),
  });
  await open(op, 'account');
  await op.press('b');
  await op.type('past due');
  await op.press('enter');
  expect(op.message()).toMatch(/^You may not open the History tab \(history.read\)\. .*Past Due: /);
});
