import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { query } from '../operation.ts';

/** A user as lists show one. */
export interface UserRow {
  readonly username: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly active: boolean;
  readonly locked: boolean;
  /** ISO instant; null: never. */
  readonly lastSignIn: string | null;
  /** A second factor is asked for at the sign-in. */
  readonly secondFactor: boolean;
  /** One of the groups demands it. */
  readonly needsSecondFactor: boolean;
  readonly mustChangePassword: boolean;
  readonly version: number;
}

/** Users with their groups, by name. */
export const listUsers = query({
  name: 'user.list',
  summary: 'List users with their groups',
  permission: 'users.read',
  input: z.object({}),
  run: ({ db, now }) => userRows(db, now),
});

/** All users as of this instant (epoch ms). */
export async function userRows(db: Db, now: number): Promise<UserRow[]> {
  const users = await db
    .selectFrom('app_user')
    .select(['id', 'username', 'display_name', 'active', 'locked_until', 'last_sign_in_at', 'created_at'])
    .select(['totp_since', 'must_change_password', 'version'])
    .orderBy('username')
    .execute();
  const members = await db
    .selectFrom('group_member as m')
    .innerJoin('user_group as g', 'g.id', 'm.group_id')
    .select(['m.user_id', 'g.code', 'g.needs_totp'])
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
    secondFactor: user.totp_since !== null,
    needsSecondFactor: (groups.get(user.id) ?? []).some((row) => row.needs_totp === 1),
    mustChangePassword: user.must_change_password === 1,
    version: user.version,
  }));
}
