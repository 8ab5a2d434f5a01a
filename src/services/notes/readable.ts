import type { ExpressionBuilder } from 'kysely';
import type { Schema } from '#db/schema.ts';
import type { Actor } from '../actor.ts';

/**
 * Notes that this actor may read: not removed, and kept to no higher level than the actor's
 * groups reach. Every query that shows notes passes it to `where`.
 */
export const readableBy = (actor: Actor) => (eb: ExpressionBuilder<Schema, 'note'>) =>
  eb.and([eb('note.removed_at', 'is', null), eb('note.access_level', '<=', actor.level)]);

/** Notes of an account: its own, its customer's and its location's. */
export const belongingTo =
  (owner: { readonly accountId: number; readonly customerId: number; readonly locationId: number }) =>
  (eb: ExpressionBuilder<Schema, 'note'>) =>
    eb.or([
      eb.and([
        eb('note.customer_id', '=', owner.customerId),
        eb.or([eb('note.level', '=', 'customer'), eb('note.account_id', '=', owner.accountId)]),
      ]),
      eb.and([eb('note.location_id', '=', owner.locationId), eb('note.level', '=', 'location')]),
    ]);
