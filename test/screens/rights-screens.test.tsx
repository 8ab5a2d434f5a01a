import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { changeUser } from '#services/users/change-user.ts';
import { changeGroup } from '#services/users/groups.ts';
import { listGroups } from '#services/users/list-groups.ts';
import { listUsers } from '#services/users/list.ts';
import { loadActor } from '#services/users/sign-in.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { SIZES } from '#test/support/panel.ts';
import { signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

const USERS = [
  ['root', 'administrator'],
  ['ben', 'billing'],
] as const;

/** An administrator and a clerk of billing, and customer groups to confine them to. */
async function office(): Promise<Database> {
  const database = await freshDatabase();
  const { db } = database;
  const groups = await db.selectFrom('user_group').select(['id', 'code']).execute();
  for (const [index, [username, code]] of USERS.entries()) {
    const id = 9001 + index;
    await db
      .insertInto('app_user')
      .values({ id, username, display_name: `The ${username}`, created_at: 0 })
      .execute();
    const group_id = groups.find((group) => group.code === code)!.id;
    await db.insertInto('group_member').values({ id, user_id: id, group_id }).execute();
  }
  for (const code of ['homes', 'works']) {
    await new Utility(database).add('code_value', {
      id: code.charCodeAt(0) + 500,
      table_name: 'customer_group',
      code,
      name: code,
    });
  }
  return database;
}

async function at(screen: string, size: readonly [number, number] = [80, 24], who = actor()) {
  const database = await office();
  const op = await signedInApp({ database, size, actor: who });
  op.shell.desktop.open(screen, undefined);
  await op.settled();
  return { database, op, call: runnerFor(database) };
}

describe('users', () => {
  test.each(SIZES)('at %d×%d shows who may sign in, and in which groups', async (...size) => {
    const { op } = await at('users', size);
    expect(op.text()).toMatch(/> ben +The ben +billing +active +never/);
    expect(op.text()).toMatch(/ root +The root +administrator/);
  });

  test('adds one: groups to tick, then name and password', async () => {
    const { op, call } = await at('users');
    await op.press('n');
    await op.type('call');
    await op.press('space', 'enter');
    expect(op.text()).toContain('Add user to callcenter');
    await op.type('cleo');
    await op.press('tab');
    await op.type('Cleo W');
    await op.press('tab');
    await op.type('four words in a row');
    await op.press('f9');
    expect(op.message()).toContain('User cleo is added.');
    expect((await call(listUsers, {})).map(({ username }) => username)).toContain('cleo');
    expect(op.text()).toMatch(/cleo +Cleo W +callcenter/);
  });

  test('renames, moves, disables and enables the one under the cursor', async () => {
    const { op, call } = await at('users');
    const ben = async () => (await call(listUsers, {})).find(({ username }) => username === 'ben')!;
    await op.press('enter');
    await op.type(' jr');
    await op.press('f9');
    expect((await ben()).name).toBe('The ben jr');
    await op.press('r');
    await op.type('cashier');
    await op.press('space', 'enter');
    expect((await ben()).groups).toEqual(['billing', 'cashier']);
    await op.press('u');
    expect(op.message()).toContain('not locked');
    await op.press('d');
    expect(op.text()).toContain('Open sessions end at once');
    await op.wait(1000);
    await op.press('right', 'enter');
    expect((await ben()).active).toBe(false);
    await op.press('d');
    expect(op.message()).toContain('disabled already');
    await op.press('E');
    expect((await ben()).active).toBe(true);
  });

  test('the last administrator is not disabled, and why is said', async () => {
    const { op } = await at('users');
    await op.press('down', 'd');
    await op.wait(1000);
    await op.press('right', 'enter');
    expect(op.message()).toContain('no administrator');
  });

  test('shows only what its reader may do', async () => {
    const { op } = await at('users', [80, 24], actor('users.read'));
    expect(op.text()).toContain('The ben');
    expect(op.footer()).not.toContain('Add');
    await op.press('n', 'd', 'p');
    expect(op.text()).not.toContain('┌');
  });
});

describe('groups', () => {
  test.each(SIZES)('at %d×%d shows each with what its members may do', async (...size) => {
    const { op } = await at('groups', size);
    expect(op.text()).toMatch(/> administrator +Administrators +all +1 +3/);
    expect(op.text()).toMatch(/Rights +every right/);
    await op.press('down', 'down', 'down');
    expect(op.text()).toMatch(/Users +ben/);
  });

  test('rights are ticked by area, filtered by typing', async () => {
    const { op, call } = await at('groups', [120, 80]);
    await op.press('end', 'r');
    expect(op.text()).toContain('Rights of field');
    expect(op.text()).toMatch(/Sensitive numbers\s/);
    expect(op.text()).toMatch(/\[✓\] usage.read/);
    await op.type('history');
    expect(op.text()).not.toContain('usage.read ');
    await op.press('space', 'enter');
    const field = (await call(listGroups, {})).find(({ code }) => code === 'field')!;
    expect(field.permissions).toContain('history.read');
    expect(field.permissions).toContain('usage.read');
    await op.press('r', 'space', 'escape');
    expect(op.text()).toContain('is not saved');
  });

  test('customers: some groups, of which some are only read', async () => {
    const { op, call } = await at('groups');
    await op.press('end', 'c', 'down', 'enter');
    expect(op.text()).toContain('Customer groups that field sees');
    await op.press('f6', 'enter');
    await op.type('works');
    await op.press('space', 'enter');
    const field = (await call(listGroups, {})).find(({ code }) => code === 'field')!;
    expect(field.customers).toEqual([
      { group: 'homes', readOnly: false },
      { group: 'works', readOnly: true },
    ]);
    expect(op.text()).toContain('works (read only)');
  });

  test('a group is added, edited, and removed when nobody is in it', async () => {
    const { op, call } = await at('groups');
    const codes = async () => (await call(listGroups, {})).map(({ code }) => code);
    await op.press('D');
    expect(op.message()).toContain('move that user to another group first');
    await op.press('n');
    await op.type('zebra');
    await op.press('tab');
    await op.type('Zebras');
    await op.press('f9');
    expect(await codes()).toContain('zebra');
    await op.press('end', 'enter', 'tab');
    await op.type(' two');
    await op.press('f9');
    expect(op.text()).toContain('Zebras two');
    await op.press('D');
    await op.wait(1000);
    await op.press('right', 'enter');
    expect(await codes()).not.toContain('zebra');
  });
});

test('rights that were given or taken show on the open screen', async () => {
  const database = await office();
  const ben = await loadActor(database.db, 9002, 'screen');
  const op = await signedInApp({ database, actor: ben, size: [120, 40] });
  expect(op.text()).not.toContain('=USR');
  const root = runnerFor(database, await loadActor(database.db, 9001, 'screen'));
  await root(changeUser, { username: 'ben', version: 1, groups: ['billing', 'auditor'] });
  await op.shell.desktop.refresh();
  await op.settled();
  expect(op.text()).toContain('=USR');
  expect(op.message()).toContain('Your rights have been changed.');
  await root(changeGroup, { code: 'auditor', version: 1, permissions: [] });
  op.shell.desktop.open('users', undefined);
  await op.settled();
  expect(op.message()).toContain('You may not do this (users.read).');
  await op.press('escape');
  expect(op.text()).not.toContain('=USR');
});
