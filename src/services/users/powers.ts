import type { Db } from '#db/schema.ts';
import { EVERYTHING } from '#domain/permissions.ts';
import { type Actor, may } from '../actor.ts';
import { Failure } from '../failure.ts';
import type { CommandContext } from '../operation.ts';

/** What members of a group may do. */
export interface Powers {
  readonly code: string;
  readonly level: number;
  readonly documentLevel: number;
  /** Cents; null: any. */
  readonly creditLimitCents: number | null;
  readonly allCustomers: boolean;
  readonly permissions: readonly string[];
  readonly customers: readonly { readonly group: string; readonly readOnly: boolean }[];
}

/** What these groups let their members do. */
export async function powersOf(db: Db, groupIds: readonly number[]): Promise<Powers[]> {
  if (groupIds.length === 0) return [];
  const groups = await db
    .selectFrom('user_group')
    .select(['id', 'code', 'level', 'document_level', 'credit_limit_cents', 'all_customers'])
    .where('id', 'in', [...groupIds])
    .execute();
  const { permissions, customers } = await partsOf(db, groupIds);
  return groups.map((group) => ({
    code: group.code,
    level: group.level,
    documentLevel: group.document_level,
    creditLimitCents: group.credit_limit_cents,
    allCustomers: group.all_customers === 1,
    permissions: (permissions.get(group.id) ?? []).map(({ permission }) => permission),
    customers: (customers.get(group.id) ?? []).map((row) => ({
      group: row.customer_group,
      readOnly: row.read_only === 1,
    })),
  }));
}

/** Rights and customer groups of groups, by the group's id; of all groups when none are named. */
export async function partsOf(db: Db, groupIds?: readonly number[]) {
  const permissions = await db
    .selectFrom('group_permission')
    .select(['group_id', 'permission'])
    .$if(groupIds !== undefined, (q) => q.where('group_id', 'in', [...groupIds!]))
    .orderBy('permission')
    .execute();
  const customers = await db
    .selectFrom('group_customer_group')
    .select(['group_id', 'customer_group', 'read_only'])
    .$if(groupIds !== undefined, (q) => q.where('group_id', 'in', [...groupIds!]))
    .orderBy('customer_group')
    .execute();
  return {
    permissions: Map.groupBy(permissions, (row) => row.group_id),
    customers: Map.groupBy(customers, (row) => row.group_id),
  };
}

/** What the group gives that the actor does not hold, in words; null when there is nothing. */
export function beyond(actor: Actor, powers: Powers): string | null {
  if (actor.permissions.has(EVERYTHING)) return null;
  const right = powers.permissions.find((permission) => !may(actor, permission));
  if (right) return right === EVERYTHING ? 'every right' : `the right ${right}`;
  if (powers.level > actor.level) return `notes of level ${powers.level}`;
  if (powers.documentLevel > (actor.documentLevel ?? actor.level)) return `documents of level ${powers.documentLevel}`;
  const own = actor.creditLimitCents ?? Infinity;
  if ((powers.creditLimitCents ?? Infinity) > own) return 'a higher credit limit';
  const { customers: reach = 'all' } = actor;
  if (reach === 'all') return null;
  if (powers.allCustomers) return 'all customers';
  const other = powers.customers.find(
    ({ group, readOnly }) => !(reach.get(group) === 'change' || (readOnly && reach.has(group))),
  );
  return other ? `customers of group ${other.group}` : null;
}

/**
 * Refuses what would give rights that the actor does not hold, or touch who holds more.
 * @throws Failure `forbidden`
 */
export async function assertHeld(ctx: CommandContext, groupIds: readonly number[]): Promise<void> {
  for (const powers of await powersOf(ctx.db, groupIds)) {
    const more = beyond(ctx.actor, powers);
    if (more === null) continue;
    throw new Failure(
      'forbidden',
      `Group ${powers.code} has ${more}, which you do not hold yourself. Nothing was changed.`,
    );
  }
}

/**
 * Refuses to touch a user who may do more than the actor: whoever sets an administrator's
 * password is one.
 * @throws Failure `forbidden`
 */
export async function assertManageable(ctx: CommandContext, userId: number): Promise<void> {
  const groups = await ctx.db.selectFrom('group_member').select('group_id').where('user_id', '=', userId).execute();
  await assertHeld(
    ctx,
    groups.map((row) => row.group_id),
  );
}

/**
 * Refuses a change after which no active user would hold every right; call it when the change is made.
 * @throws Failure `refused`
 */
export async function assertAdministratorLeft(ctx: CommandContext): Promise<void> {
  await ctx.em.flush();
  const administrator = await ctx.db
    .selectFrom('app_user as u')
    .innerJoin('group_member as m', 'm.user_id', 'u.id')
    .innerJoin('group_permission as p', 'p.group_id', 'm.group_id')
    .select('u.id')
    .where('u.active', '=', 1)
    .where('p.permission', '=', EVERYTHING)
    .limit(1)
    .executeTakeFirst();
  if (!administrator) {
    throw new Failure('refused', 'This would leave no administrator who can sign in. Nothing was changed.');
  }
}
