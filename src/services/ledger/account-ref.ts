import { idList } from '#db/bulk-add.ts';
import type { Db } from '#db/schema.ts';
import { Failure } from '../failure.ts';
import type { AccountRef } from './rows.ts';

/** Accounts with their customers. @throws Failure `not_found` */
export async function accountRefs(db: Db, ids: readonly number[]): Promise<Map<number, AccountRef>> {
  const rows = await db
    .selectFrom('account')
    .select(['id', 'customer_id as customerId'])
    .where('id', 'in', idList(db, ids))
    .execute();
  const refs = new Map(rows.map((row) => [row.id, row]));
  if (ids.some((id) => !refs.has(id))) throw new Failure('not_found', 'There is no such account.');
  return refs;
}
