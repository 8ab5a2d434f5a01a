import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { IdMaker } from '#domain/ids.ts';
import { addGroup, changeGroup, removeGroup } from '#services/users/groups.ts';
import { addUser } from '#services/users/add.ts';
import { changeUser } from '#services/users/change-user.ts';
import { disableUser, enableUser, setPassword } from '#services/users/change.ts';
import { listGroups } from '#services/users/list-groups.ts';
import { listUsers } from '#services/users/list.ts';
import { loadActor } from '#services/users/sign-in.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

const ids = new IdMaker();
const password = 'four words in a row';

/** Adds a user without the cost of a password's hash and answers who that is. */
async function person(database: Database, username: string, ...groups: string[]) {
  const { db } = database;
  const user = ids.next();
  await db.insertInto('app_user').values({ id: user, username, display_name: username, created_at: 0 }).execute();
  const rows = await db.selectFrom('user_group').select('id').where('code', 'in', groups).execute();
  for (const { id } of rows) {
    await db.insertInto('group_member').values({ id: ids.next(), user_id: user, group_id: id }).execute();
  }
  return loadActor(db, user, 'screen');
}

async function office() {
  const database = await freshDatabase();
  const root = await person(database, 'root', 'administrator');
  return { database, root, call: runnerFor(database, root) };
}

const groupNamed = async ({ call }: Awaited<ReturnType<typeof office>>, code: string) =>
  (await call(listGroups, {})).find((group) => group.code === code)!;

const userNamed = async ({ call }: Awaited<ReturnType<typeof office>>, username: string) =>
  (await call(listUsers, {})).find((user) => user.username === username)!;

describe('a group', () => {
  test('is added, changed and removed, each with before and after in the audit', async () => {
    const at = await office();
    await at.call(addGroup, { code: 'Meter', name: 'Meter readers', permissions: ['usage.read', 'lookup.use'] });
    expect(await groupNamed(at, 'meter')).toEqual({
      code: 'meter',
      name: 'Meter readers',
      description: null,
      level: 1,
      documentLevel: 1,
      creditLimitCents: 0,
      needsTotp: false,
      customers: 'all',
      members: [],
      permissions: ['lookup.use', 'usage.read'],
      version: 1,
    });
    const changed = { level: 2, creditLimitCents: null, permissions: ['usage.read' as const], newCode: 'readers' };
    await at.call(changeGroup, { code: 'meter', version: 1, ...changed });
    expect(await groupNamed(at, 'readers')).toMatchObject({ level: 2, creditLimitCents: null, name: 'Meter readers' });
    await at.call(removeGroup, { code: 'readers', version: 2 });
    expect(await groupNamed(at, 'readers')).toBeUndefined();
    const audit = await at.database.db
      .selectFrom('audit_entry')
      .select(['operation', 'changes'])
      .where('entity', '=', 'UserGroup')
      .orderBy('seq')
      .execute();
    expect(audit.map(({ operation }) => operation)).toEqual(['group.add', 'group.change', 'group.remove']);
    expect(JSON.parse(audit[1]!.changes!)).toEqual({
      code: ['meter', 'readers'],
      level: [1, 2],
      creditLimitCents: [0, null],
      permissions: [['lookup.use', 'usage.read'], ['usage.read']],
    });
  });

  test('confines its members to customer groups that there are', async () => {
    const at = await office();
    await new Utility(at.database).add('code_value', { table_name: 'customer_group', code: 'works', name: 'Works' });
    const { version } = await groupNamed(at, 'cashier');
    const customers = [{ group: 'works', readOnly: true }];
    await expect(
      at.call(changeGroup, { code: 'cashier', version, customers: [{ group: 'none', readOnly: false }] }),
    ).rejects.toMatchObject({ code: 'invalid', fields: { customers: 'There is no customer group none' } });
    await at.call(changeGroup, { code: 'cashier', version, customers });
    expect((await groupNamed(at, 'cashier')).customers).toEqual(customers);
    expect((await person(at.database, 'cas', 'cashier')).customers).toEqual(new Map([['works', 'read']]));
    await at.call(changeGroup, { code: 'cashier', version: version + 1, customers: 'all' });
    expect((await groupNamed(at, 'cashier')).customers).toBe('all');
  });

  test('with members stays, and they are named', async () => {
    const at = await office();
    await person(at.database, 'ben', 'billing');
    const { version } = await groupNamed(at, 'billing');
    await expect(at.call(removeGroup, { code: 'billing', version })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('ben'),
    });
  });

  test('that somebody else changed is not overwritten; who did is told', async () => {
    const at = await office();
    const { version } = await groupNamed(at, 'billing');
    await at.call(changeGroup, { code: 'billing', version, name: 'Bills' });
    for (const late of [
      () => at.call(changeGroup, { code: 'billing', version, name: 'Bill' }),
      () => at.call(removeGroup, { code: 'billing', version }),
    ]) {
      await expect(late()).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('root') });
    }
  });
});

describe('a user', () => {
  test('is renamed and moved to other groups', async () => {
    const at = await office();
    await person(at.database, 'ben', 'billing');
    const { version } = await userNamed(at, 'ben');
    await at.call(changeUser, { username: 'ben', version, displayName: 'Ben B', groups: ['cashier', 'collector'] });
    expect(await userNamed(at, 'ben')).toMatchObject({ name: 'Ben B', groups: ['cashier', 'collector'] });
    const late = at.call(changeUser, { username: 'ben', version, displayName: 'B' });
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
    const audit = await at.database.db
      .selectFrom('audit_entry')
      .select('changes')
      .where('outcome', '=', 'done')
      .execute();
    expect(audit.map(({ changes }) => JSON.parse(changes!))).toEqual([
      { displayName: ['ben', 'Ben B'], groups: [['billing'], ['cashier', 'collector']] },
    ]);
  });
});

describe('the last administrator', () => {
  test('is not taken away on any path', async () => {
    const at = await office();
    const manager = runnerFor(at.database, actor());
    const user = await userNamed(at, 'root');
    const group = await groupNamed(at, 'administrator');
    const attempts = [
      () => manager(disableUser, { username: 'root' }),
      () => manager(changeUser, { username: 'root', version: user.version, groups: ['manager'] }),
      () => manager(changeGroup, { code: 'administrator', version: group.version, permissions: ['users.read'] }),
      () => manager(removeGroup, { code: 'administrator', version: group.version }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'refused' });
    expect((await loadActor(at.database.db, at.root.userId, 'screen')).permissions).toEqual(new Set(['*']));
    expect((await userNamed(at, 'root')).active).toBe(true);
  });

  test('may go when there is another; a disabled one does not count', async () => {
    const at = await office();
    await person(at.database, 'eve', 'administrator');
    await at.call(disableUser, { username: 'eve' });
    const { version } = await userNamed(at, 'root');
    const leave = { username: 'root', version, groups: ['manager'] };
    await expect(at.call(changeUser, leave)).rejects.toMatchObject({ code: 'refused' });
    await at.call(enableUser, { username: 'eve' });
    await expect(at.call(changeUser, leave)).resolves.toMatchObject({ groups: ['manager'] });
  });
});

describe('nobody gives what they do not hold', () => {
  /** Somebody who manages users and groups, and otherwise has what cashiers have. */
  async function officer() {
    const at = await office();
    await at.call(addGroup, {
      code: 'officer',
      name: 'Officers',
      permissions: ['users.read', 'users.manage', 'groups.manage'],
    });
    await person(at.database, 'ben', 'billing');
    await person(at.database, 'cas', 'cashier');
    return { at, call: runnerFor(at.database, await person(at.database, 'ann', 'officer', 'cashier')) };
  }

  test('neither makes an administrator nor touches one', async () => {
    const { at, call } = await officer();
    const own = await userNamed(at, 'ann');
    const root = await userNamed(at, 'root');
    const attempts = [
      () => call(addUser, { username: 'eve', displayName: 'Eve', password, groups: ['administrator'] }),
      () => call(changeUser, { username: 'ann', version: own.version, groups: ['officer', 'administrator'] }),
      () => call(setPassword, { username: 'root', password }),
      () => call(setPassword, { username: 'ben', password }),
      () => call(disableUser, { username: 'root' }),
      () => call(enableUser, { username: 'root' }),
      () => call(changeUser, { username: 'root', version: root.version, displayName: 'Ruth' }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' });
    expect(await call(setPassword, { username: 'cas', password })).toEqual({ username: 'cas' });
  });

  test('neither right, level, credit limit nor customers', async () => {
    const { at, call } = await officer();
    const { version } = await groupNamed(at, 'officer');
    const beyond = [
      { permissions: ['*' as const] },
      { permissions: ['users.manage' as const, 'audit.read' as const] },
      { level: 2 },
      { documentLevel: 3 },
      { creditLimitCents: 1 },
      { creditLimitCents: null },
    ];
    for (const change of beyond) {
      await expect(call(changeGroup, { code: 'officer', version, ...change })).rejects.toMatchObject({
        code: 'forbidden',
      });
      await expect(call(addGroup, { code: 'mine', name: 'Mine', ...change })).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    const manager = await groupNamed(at, 'manager');
    const lower = call(changeGroup, { code: 'manager', version: manager.version, permissions: [] });
    await expect(lower).rejects.toMatchObject({ code: 'forbidden' });
    await expect(call(addGroup, { code: 'mine', name: 'Mine', permissions: ['users.read'] })).resolves.toBeTruthy();
  });

  test('who sees some customers only gives no others', async () => {
    const { at } = await officer();
    const utility = new Utility(at.database);
    for (const code of ['homes', 'works']) {
      await utility.add('code_value', { table_name: 'customer_group', code, name: code });
    }
    const confined = runnerFor(at.database, {
      ...actor('groups.manage'),
      customers: new Map([['homes', 'change'] as const, ['works', 'read'] as const]),
    });
    const add = (code: string, customers: 'all' | { group: string; readOnly: boolean }[]) =>
      confined(addGroup, { code, name: code, customers });
    for (const customers of ['all' as const, [{ group: 'works', readOnly: false }]]) {
      await expect(add('more', customers)).rejects.toMatchObject({ code: 'forbidden' });
    }
    const held = [
      { group: 'works', readOnly: true },
      { group: 'homes', readOnly: false },
    ];
    await expect(add('less', held)).resolves.toBeTruthy();
  });
});
