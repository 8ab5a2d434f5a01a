import type { Expression } from 'kysely';
import type { Db } from '#db/schema.ts';

/*
 * What queries add so that private customers stay out of sums, counts and lists of places
 * that they share with others. `least` is the least Public flag that the reader may see:
 * `leastPublic(seesPrivate)`, often bound to a prepared statement.
 */

export type LeastPublic = 0 | 1;

export const leastPublic = (seesPrivate: boolean): LeastPublic => (seesPrivate ? 0 : 1);

/** For `exists`: the customer, when it may be seen. Found by its key, hence no list of all that may. */
export const shownCustomer = (db: Db, customerId: Expression<number | null>, least: LeastPublic) =>
  db
    .selectFrom('customer as shown')
    .select('shown.id')
    .where('shown.id', '=', customerId)
    .where('shown.public', '>=', least);

/**
 * For `exists`, or as a column: an account of a current resident who may not be seen. What a
 * location has now (notes, work, liens, deposits) is then kept back like that customer's address.
 */
export const hiddenResident = (db: Db, locationId: Expression<number | null>, least: LeastPublic) =>
  db
    .selectFrom('account as home')
    .innerJoin('customer as resident', 'resident.id', 'home.customer_id')
    .select('home.id')
    .where('home.location_id', '=', locationId)
    .where('home.activity', '=', 'current')
    .where('resident.public', '<', least)
    .limit((eb) => eb.lit(1));
