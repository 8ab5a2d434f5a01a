import { z } from 'zod';
import { Failure } from '../failure.ts';
import { type CommandContext, command } from '../operation.ts';
import { raiseRights } from '../rights.ts';
import { changedFacts, groupCode, type GroupFacts, groupFacts, newGroup, PLAIN_GROUP } from './group-input.ts';
import { assertAdministratorLeft, assertHeld, powersOf } from './powers.ts';
import { changedMeanwhile, changesOf } from './versions.ts';

/** Adds a group without members. */
export const addGroup = command({
  name: 'group.add',
  summary: 'Add a group of users with its rights',
  permission: 'groups.manage',
  input: newGroup,
  run: async (ctx, { code, name, ...given }) => {
    const facts = changedFacts({ ...PLAIN_GROUP, name }, given);
    await assertFree(ctx, code);
    const id = ctx.newId();
    await ctx.db
      .insertInto('user_group')
      .values({ id, code, version: 1, ...columnsOf(facts) })
      .execute();
    await replaceParts(ctx, id, facts);
    await assertHeld(ctx, [id]);
    await raiseRights(ctx.db);
    ctx.audit({ entity: 'UserGroup', entityId: id, changes: changesOf({}, { code, ...sorted(facts) }) });
    return { code, version: 1 };
  },
});

/** Changes a group and what its members may do, at once for those who are signed in; what was left out stays. */
export const changeGroup = command({
  name: 'group.change',
  summary: 'Change a group, its rights and which customers its members see',
  permission: 'groups.manage',
  input: groupFacts.partial().extend({
    /** The group that is meant. */
    code: groupCode,
    /** The version that was read. */
    version: z.int(),
    newCode: groupCode.optional(),
  }),
  run: async (ctx, { code, version, newCode, ...changed }) => {
    const group = await groupOf(ctx, code);
    if (group.version !== version) throw await changedMeanwhile(ctx, 'UserGroup', group.id, `group ${code}`);
    await assertHeld(ctx, [group.id]);
    if (newCode !== undefined && newCode !== code) await assertFree(ctx, newCode);
    const before = await factsOf(ctx, group);
    const facts = changedFacts(before, changed);
    await ctx.db
      .updateTable('user_group')
      .set({ code: newCode ?? code, version: version + 1, ...columnsOf(facts) })
      .where('id', '=', group.id)
      .execute();
    await replaceParts(ctx, group.id, facts);
    await assertHeld(ctx, [group.id]);
    await assertAdministratorLeft(ctx);
    await raiseRights(ctx.db);
    const after = { ...sorted(facts), code: newCode ?? code };
    ctx.audit({ entity: 'UserGroup', entityId: group.id, changes: changesOf({ code, ...before }, after) });
    return { code: after.code, version: version + 1 };
  },
});

/** Takes away a group that nobody is in. */
export const removeGroup = command({
  name: 'group.remove',
  summary: 'Remove a group that has no members',
  permission: 'groups.manage',
  input: z.object({ code: groupCode, version: z.int() }),
  run: async (ctx, { code, version }) => {
    const group = await groupOf(ctx, code);
    if (group.version !== version) throw await changedMeanwhile(ctx, 'UserGroup', group.id, `group ${code}`);
    await assertHeld(ctx, [group.id]);
    const members = await ctx.db
      .selectFrom('group_member as m')
      .innerJoin('app_user as u', 'u.id', 'm.user_id')
      .select('u.username')
      .where('m.group_id', '=', group.id)
      .orderBy('u.username')
      .execute();
    if (members.length > 0) {
      const some = members.slice(0, 5).map(({ username }) => username);
      const who = members.length > some.length ? `${some.join(', ')} …` : some.join(', ');
      throw new Failure('refused', `Group ${code} has ${members.length} member(s): ${who}. Move them to others first.`);
    }
    const before = { code, ...(await factsOf(ctx, group)) };
    await ctx.db.deleteFrom('group_permission').where('group_id', '=', group.id).execute();
    await ctx.db.deleteFrom('group_customer_group').where('group_id', '=', group.id).execute();
    await ctx.db.deleteFrom('user_group').where('id', '=', group.id).execute();
    await raiseRights(ctx.db);
    const gone = Object.fromEntries(Object.entries(before).map(([field, value]) => [field, [value, null] as const]));
    ctx.audit({ entity: 'UserGroup', entityId: group.id, changes: gone });
    return { code, removed: true };
  },
});

/** @throws Failure `not_found` */
async function groupOf(ctx: CommandContext, code: string) {
  const group = await ctx.db.selectFrom('user_group').selectAll().where('code', '=', code).executeTakeFirst();
  if (!group) throw new Failure('not_found', `There is no group ${code}.`);
  return group;
}

type Group = Awaited<ReturnType<typeof groupOf>>;

async function factsOf(ctx: CommandContext, group: Group): Promise<GroupFacts> {
  const [powers] = await powersOf(ctx.db, [group.id]);
  return {
    name: group.name,
    description: group.description,
    level: group.level,
    documentLevel: group.document_level,
    creditLimitCents: group.credit_limit_cents,
    needsTotp: group.needs_totp === 1,
    permissions: powers!.permissions as GroupFacts['permissions'],
    customers: powers!.allCustomers ? 'all' : [...powers!.customers],
  };
}

const columnsOf = (facts: GroupFacts) => ({
  name: facts.name,
  description: facts.description?.trim() || null,
  level: facts.level,
  document_level: facts.documentLevel,
  credit_limit_cents: facts.creditLimitCents,
  needs_totp: facts.needsTotp ? (1 as const) : (0 as const),
  all_customers: facts.customers === 'all' ? (1 as const) : (0 as const),
});

/** As it is read again, so that an audit row tells only what differs. */
const sorted = (facts: GroupFacts): GroupFacts => ({
  ...facts,
  permissions: [...new Set(facts.permissions)].sort(),
  customers: facts.customers === 'all' ? 'all' : facts.customers.toSorted((a, b) => (a.group < b.group ? -1 : 1)),
});

/** @throws Failure `refused` */
async function assertFree(ctx: CommandContext, code: string): Promise<void> {
  const taken = await ctx.db.selectFrom('user_group').select('id').where('code', '=', code).executeTakeFirst();
  if (taken) throw new Failure('refused', `There is a group ${code} already.`, { code: 'Taken', newCode: 'Taken' });
}

/** Rights and customer groups as given. @throws Failure `invalid` for a customer group that no table has */
async function replaceParts(ctx: CommandContext, groupId: number, facts: GroupFacts): Promise<void> {
  const { permissions, customers } = facts;
  await ctx.db.deleteFrom('group_permission').where('group_id', '=', groupId).execute();
  for (const permission of new Set(permissions)) {
    await ctx.db.insertInto('group_permission').values({ id: ctx.newId(), group_id: groupId, permission }).execute();
  }
  await ctx.db.deleteFrom('group_customer_group').where('group_id', '=', groupId).execute();
  if (customers === 'all') return;
  const known = await ctx.db
    .selectFrom('code_value')
    .select('code')
    .where('table_name', '=', 'customer_group')
    .execute();
  const codes = new Set(known.map(({ code }) => code));
  for (const { group, readOnly } of new Map(customers.map((one) => [one.group, one])).values()) {
    if (!codes.has(group)) {
      const words = `There is no customer group ${group}`;
      throw new Failure('invalid', `customers: ${words}`, { customers: words });
    }
    await ctx.db
      .insertInto('group_customer_group')
      .values({ id: ctx.newId(), group_id: groupId, customer_group: group, read_only: readOnly ? 1 : 0 })
      .execute();
  }
}
