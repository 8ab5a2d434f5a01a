import { z } from 'zod';
import { Failure } from '../failure.ts';
import { type LastChange, lastChange } from '../last-change.ts';
import { query } from '../operation.ts';
import { groupCode } from './group-input.ts';
import { type GroupRow, groupRows } from './list-groups.ts';
import { type UserRow, userRows } from './list.ts';
import { username } from './policy.ts';

/** A user as they are now and who changed them last: what a form asks after a conflict. */
export const getUser = query({
  name: 'user.get',
  summary: 'One user, and who changed that user last',
  permission: 'users.read',
  input: z.object({ username }),
  run: async ({ db, now }, input): Promise<UserRow & LastChange> => {
    const user = await db.selectFrom('app_user').select('id').where('username', '=', input.username).executeTakeFirst();
    const row = (await userRows(db, now)).find((one) => one.username === input.username);
    if (!user || !row) throw new Failure('not_found', `There is no user ${input.username}.`);
    return { ...row, ...(await lastChange(db, 'AppUser', user.id)) };
  },
});

/** The same of a group. */
export const getGroup = query({
  name: 'group.get',
  summary: 'One group with its rights, and who changed it last',
  permission: 'users.read',
  input: z.object({ code: groupCode }),
  run: async ({ db }, { code }): Promise<GroupRow & LastChange> => {
    const group = await db.selectFrom('user_group').select('id').where('code', '=', code).executeTakeFirst();
    const row = (await groupRows(db)).find((one) => one.code === code);
    if (!group || !row) throw new Failure('not_found', `There is no group ${code}.`);
    return { ...row, ...(await lastChange(db, 'UserGroup', group.id)) };
  },
});
