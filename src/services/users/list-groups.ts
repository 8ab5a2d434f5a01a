import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { query } from '../operation.ts';
import { partsOf } from './powers.ts';

/** A group of users with all that it lets its members do. */
export interface GroupRow {
  readonly code: string;
  readonly name: string;
  readonly description: string | null;
  readonly level: number;
  readonly documentLevel: number;
  /** Cents; null: any. */
  readonly creditLimitCents: number | null;
  readonly needsTotp: boolean;
  readonly customers: 'all' | readonly { readonly group: string; readonly readOnly: boolean }[];
  readonly members: readonly string[];
  readonly permissions: readonly string[];
  readonly version: number;
}

/** Groups with their rights, members and customers, those of the highest level first. */
export const listGroups = query({
  name: 'group.list',
  summary: 'List groups with their rights, members and which customers they see',
  permission: 'users.read',
  input: z.object({}),
  run: ({ db }) => groupRows(db),
});

/** All groups. */
export async function groupRows(db: Db): Promise<GroupRow[]> {
  const groups = await db.selectFrom('user_group').selectAll().orderBy('level', 'desc').orderBy('code').execute();
  const members = await db
    .selectFrom('group_member as m')
    .innerJoin('app_user as u', 'u.id', 'm.user_id')
    .select(['m.group_id', 'u.username'])
    .orderBy('u.username')
    .execute();
  const inGroup = Map.groupBy(members, (row) => row.group_id);
  const { permissions, customers } = await partsOf(db);
  return groups.map((group) => ({
    code: group.code,
    name: group.name,
    description: group.description,
    level: group.level,
    documentLevel: group.document_level,
    creditLimitCents: group.credit_limit_cents,
    needsTotp: group.needs_totp === 1,
    customers:
      group.all_customers === 1
        ? 'all'
        : (customers.get(group.id) ?? []).map((row) => ({
            group: row.customer_group,
            readOnly: row.read_only === 1,
          })),
    members: (inGroup.get(group.id) ?? []).map(({ username }) => username),
    permissions: (permissions.get(group.id) ?? []).map(({ permission }) => permission),
    version: group.version,
  }));
}
