import { z } from 'zod';
import { reindexAccount, reindexCustomer, reindexLocation } from '#db/search/reindex.ts';
import { command } from '../operation.ts';

/** So many are begun at once. */
const MOST = 500;

/**
 * Accounts whose day has come and whose location is free become current, their services on, unless an
 * order to turn them on is still open (guide: domain §5.3). Done again it does nothing.
 */
export const beginWaiting = command({
  name: 'account.begin-waiting',
  summary: 'Accounts that waited for their day and for a free location become current',
  permission: 'customers.create',
  input: z.object({}),
  run: async (ctx): Promise<{ readonly begun: readonly number[] }> => {
    const due = await ctx.db
      .selectFrom('account as a')
      .select(['a.id', 'a.customer_id as customerId', 'a.location_id as locationId'])
      .where('a.activity', '=', 'waiting')
      .where('a.moved_in_on', '<=', ctx.today)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('account as b')
              .select('b.id')
              .whereRef('b.location_id', '=', 'a.location_id')
              .where('b.activity', '=', 'current'),
          ),
        ),
      )
      .orderBy('a.moved_in_on')
      .orderBy('a.id')
      .limit(MOST)
      .execute();
    const begun: number[] = [];
    const taken = new Set<number>();
    for (const { id, customerId, locationId } of due) {
      if (taken.has(locationId)) continue;
      taken.add(locationId);
      const account = await ctx.em.findOneOrFail(ctx.e.Account, { id });
      account.activity = 'current';
      await ctx.em.flush();
      await ctx.db
        .updateTable('account_service')
        .set((eb) => ({ status: 'on', version: eb('version', '+', 1) }))
        .where('account_id', '=', id)
        .where('status', '=', 'pending')
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('service_order as o')
                .select('o.id')
                .where('o.account_id', '=', id)
                .where('o.category', '=', 'turnon')
                .where('o.status', '=', 'open'),
            ),
          ),
        )
        .execute();
      ctx.audit({ entity: 'Account', entityId: id, customerId, changes: { activity: ['waiting', 'current'] } });
      await reindexCustomer(ctx.db, customerId);
      await reindexLocation(ctx.db, locationId);
      await reindexAccount(ctx.db, id);
      begun.push(id);
    }
    return { begun };
  },
});
