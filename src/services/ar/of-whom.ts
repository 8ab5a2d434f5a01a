import type { Whom } from '../history/scope.ts';
import type { QueryContext } from '../operation.ts';

/** Number and name of whom a history is: `10023 Rivera, Ana M`. */
export async function ofWhom({ db }: QueryContext, { accountId, customerId, locationId }: Whom): Promise<string> {
  const row =
    accountId !== undefined
      ? await db
          .selectFrom('account as a')
          .innerJoin('customer as c', 'c.id', 'a.customer_id')
          .select(['a.number', 'c.display_name as name'])
          .where('a.id', '=', accountId)
          .executeTakeFirst()
      : customerId !== undefined
        ? await db
            .selectFrom('customer')
            .select(['number', 'display_name as name'])
            .where('id', '=', customerId)
            .executeTakeFirst()
        : await db
            .selectFrom('location')
            .select(['number', 'line1 as name'])
            .where('id', '=', locationId!)
            .executeTakeFirst();
  return row === undefined ? '' : `${row.number} ${row.name}`;
}
