import type { Db } from '#db/schema.ts';
import type { Actor, CustomerReach } from '../actor.ts';

/** Reads a user's groups and rights. */
export async function loadActor(db: Db, userId: number, source: Actor['source']): Promise<Actor> {
  const user = await db
    .selectFrom('app_user')
    .select(['id', 'username', 'display_name'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom('group_member as m')
    .innerJoin('user_group as g', 'g.id', 'm.group_id')
    .leftJoin('group_permission as p', 'p.group_id', 'g.id')
    .select([
      'g.id',
      'g.code',
      'g.level',
      'g.document_level',
      'g.credit_limit_cents',
      'g.all_customers',
      'p.permission',
    ])
    .where('m.user_id', '=', userId)
    .orderBy('g.code')
    .execute();
  const limits = rows.map((row) => row.credit_limit_cents);
  return {
    userId: user.id,
    username: user.username,
    displayName: user.display_name,
    groups: [...new Set(rows.map((row) => row.code))],
    permissions: new Set(rows.flatMap((row) => row.permission ?? [])),
    level: Math.max(1, ...rows.map((row) => row.level)),
    documentLevel: Math.max(1, ...rows.map((row) => row.document_level)),
    creditLimitCents: limits.includes(null) ? null : Math.max(0, ...limits.map((limit) => limit ?? 0)),
    customers: rows.some((row) => row.all_customers === 1) ? 'all' : await customerReach(db, userId),
    source,
  };
}

/** The customer groups that the user's groups may see; to change what belongs to one, a single group suffices. */
async function customerReach(db: Db, userId: number): Promise<CustomerReach> {
  const rows = await db
    .selectFrom('group_customer_group as c')
    .innerJoin('group_member as m', 'm.group_id', 'c.group_id')
    .select(['c.customer_group', 'c.read_only'])
    .where('m.user_id', '=', userId)
    .orderBy('c.read_only', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.customer_group, row.read_only === 1 ? 'read' : 'change']));
}
