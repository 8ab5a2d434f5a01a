import type { Expression } from 'kysely';
import type { Db } from '#db/schema.ts';
import type { Parameter } from './prepared.ts';
import { type Sight, visible } from './sight.ts';

/*
 * What queries add so that customers who may not be seen stay out of sums, counts and lists of
 * places that they share with others. `sight` is the reader's, or bound to a prepared statement.
 */

/** A sight whose parts are arguments of a prepared statement. */
export const boundSight = (p: Parameter<Sight>): Sight => ({
  leastPublic: p('leastPublic'),
  customerGroups: p('customerGroups'),
});

/** For `exists`: the customer, when it may be seen. Found by its key, hence no list of all that may. */
export const shownCustomer = (db: Db, customerId: Expression<number | null>, sight: Sight) =>
  db
    .selectFrom('customer as shown')
    .select('shown.id')
    .where('shown.id', '=', customerId)
    .where((eb) => visible(sight, { public: eb.ref('shown.public'), group: eb.ref('shown.customer_group') }));

/**
 * For `exists`, or as a column: an account of a current resident who may not be seen. What a
 * location has now (notes, work, liens, deposits) is then kept back like that customer's address.
 */
export const hiddenResident = (db: Db, locationId: Expression<number | null>, sight: Sight) =>
  db
    .selectFrom('account as home')
    .innerJoin('customer as resident', 'resident.id', 'home.customer_id')
    .select('home.id')
    .where('home.location_id', '=', locationId)
    .where('home.activity', '=', 'current')
    .where((eb) =>
      eb.not(visible(sight, { public: eb.ref('resident.public'), group: eb.ref('resident.customer_group') })),
    )
    .limit((eb) => eb.lit(1));
