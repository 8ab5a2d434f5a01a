import { z } from 'zod';
import { query } from '../operation.ts';

/** Users with their groups, by name. */
export const listUsers = query({
  name: 'user.list',
  summary: 'List users with their groups',
  permission: 'users.read',
  input: z.object({}),
  run: async ({ db, now }) => {
    const users = await db
      .selectFrom('app_user')
      .select(['id', 'username', 'display_name', 'active', 'locked_until', 'last_sign_in_at', 'created_at'])
      .orderBy('username')
      .execute();
    const members = await db
      .selectFrom('group_member as m')
      .innerJoin('user_group as g', 'g.id', 'm.group_id')
      .select(['m.user_id', 'g.code'])
      .orderBy('g.code')
      .execute();
    const groups = Map.groupBy(members, (row) => row.user_id);
    return users.map((user) => ({
      username: user.username,
      name: user.display_name,
      groups: (groups.get(user.id) ?? []).map((row) => row.code),
      active: user.active === 1,
      locked: (user.locked_until ?? 0) > now,
      lastSignIn: user.last_sign_in_at === null ? null : new Date(user.last_sign_in_at).toISOString(),
    }));
  },
});

/** Groups with their rights. */
export const listGroups = query({
  name: 'group.list',
  summary: 'List groups with their rights',
  permission: 'users.read',
  input: z.object({}),
  run: async ({ db }) => {
    const groups = await db
      .selectFrom('user_group')
      .select(['id', 'code', 'name', 'level'])
      .orderBy('level', 'desc')
      .orderBy('code')
      .execute();
    const rights = await db.selectFrom('group_permission').select(['group_id', 'permission']).execute();
    const held = Map.groupBy(rights, (row) => row.group_id);
    return groups.map(({ id, ...group }) => ({
      ...group,
      permissions: (held.get(id) ?? []).map((row) => row.permission).sort(),
    }));
  },
});
