import { z } from 'zod';
import { Failure } from '../failure.ts';
import { type CommandContext, command } from '../operation.ts';
import { raiseRights } from '../rights.ts';
import { shortText, typedLine } from '#domain/typed-text.ts';
import { username } from './policy.ts';
import { assertAdministratorLeft, assertHeld, assertManageable } from './powers.ts';
import { changedMeanwhile, changesOf } from './versions.ts';

/** Name as shown. */
export const displayName = typedLine(80).min(1, 'Enter the name');
/** Codes of the groups of a user. */
export const groupCodes = z.array(shortText(60)).min(1, 'Choose at least one group').max(100, 'At most 100 groups');

/** Ids of these groups. @throws Failure `invalid` for a code that no group has */
export async function groupIdsOf(ctx: CommandContext, codes: readonly string[]): Promise<Map<string, number>> {
  if (codes.length === 0) return new Map();
  const groups = await ctx.db
    .selectFrom('user_group')
    .select(['id', 'code'])
    .where('code', 'in', [...codes])
    .execute();
  const ids = new Map(groups.map(({ code, id }) => [code, id]));
  const unknown = codes.find((code) => !ids.has(code));
  if (unknown === undefined) return ids;
  throw new Failure('invalid', `groups: There is no group ${unknown}`, { groups: `There is no ${unknown}` });
}

/** Changes how a user is called and which groups the user is in; what was left out stays. */
export const changeUser = command({
  name: 'user.change',
  summary: 'Change the name or the groups of a user',
  permission: 'users.manage',
  input: z.object({
    username,
    /** The version that was read. */
    version: z.int(),
    displayName: displayName.optional(),
    groups: groupCodes.optional(),
  }),
  run: async (ctx, input) => {
    const user = await ctx.db
      .selectFrom('app_user')
      .select(['id', 'display_name', 'version'])
      .where('username', '=', input.username)
      .executeTakeFirst();
    if (!user) throw new Failure('not_found', `There is no user ${input.username}.`);
    if (user.version !== input.version) throw await changedMeanwhile(ctx, 'AppUser', user.id, `user ${input.username}`);
    await assertManageable(ctx, user.id);
    const before = { displayName: user.display_name, groups: await groupsOf(ctx, user.id) };
    const after = {
      displayName: input.displayName ?? before.displayName,
      groups: [...new Set(input.groups ?? before.groups)].sort(),
    };
    await ctx.db
      .updateTable('app_user')
      .set({ display_name: after.displayName, version: user.version + 1 })
      .where('id', '=', user.id)
      .execute();
    await replaceGroups(ctx, user.id, after.groups);
    await assertManageable(ctx, user.id);
    await assertAdministratorLeft(ctx);
    await raiseRights(ctx.db);
    ctx.audit({ entity: 'AppUser', entityId: user.id, changes: changesOf(before, after) });
    return { username: input.username, version: user.version + 1, ...after };
  },
});

async function groupsOf(ctx: CommandContext, userId: number): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('group_member as m')
    .innerJoin('user_group as g', 'g.id', 'm.group_id')
    .select('g.code')
    .where('m.user_id', '=', userId)
    .execute();
  return rows.map(({ code }) => code).sort();
}

async function replaceGroups(ctx: CommandContext, userId: number, codes: readonly string[]): Promise<void> {
  const ids = await groupIdsOf(ctx, codes);
  await assertHeld(ctx, [...ids.values()]);
  await ctx.db.deleteFrom('group_member').where('user_id', '=', userId).execute();
  for (const id of ids.values()) {
    await ctx.db.insertInto('group_member').values({ id: ctx.newId(), user_id: userId, group_id: id }).execute();
  }
}
