import type { SelectQueryBuilder } from 'kysely';
import { z } from 'zod';
import type { Schema } from '#db/schema.ts';
import { compareAccounts } from '#domain/standing.ts';
import { query, type QueryContext } from '../operation.ts';
import { hiddenResident } from '../shown.ts';
import { sees, seesAll, visible } from '../sight.ts';

/** Where ◀ ▶ lead: the record beside, in the order of numbers, and the account to show of it. */
export interface Step {
  readonly customerId: number | null;
  readonly locationId: number | null;
  /** The number stepped to. */
  readonly number: string;
  /** Null when the record has no account that may be shown. */
  readonly accountId: number | null;
}

const DIRECTIONS = ['first', 'previous', 'next', 'last'] as const;

type Direction = (typeof DIRECTIONS)[number];

const isForward = (direction: Direction): boolean => direction === 'first' || direction === 'next';

/** The place of a record in the order of numbers. */
interface Place {
  readonly id: number;
  readonly number_key: string;
}

type Numbered = 'customer' | 'location';
type Records<T extends Numbered> = SelectQueryBuilder<Schema, T, { id: number; number: string }>;

/** Beyond `from` when stepping, in the direction's order; the very first or last without it. */
function beside<T extends Numbered>(records: Records<T>, direction: Direction, from: Place | null): Records<T> {
  const forward = isForward(direction);
  const order = forward ? 'asc' : 'desc';
  // Both record types have these columns; the union of their builders is beyond the types.
  let some = records as unknown as Records<'customer'>;
  if (from && (direction === 'next' || direction === 'previous')) {
    some = some
      .where('number_key', forward ? '>=' : '<=', from.number_key)
      .where((eb) =>
        eb.or([eb('number_key', forward ? '>' : '<', from.number_key), eb('id', forward ? '>' : '<', from.id)]),
      );
  }
  return some.orderBy('number_key', order).orderBy('id', order).limit(1) as unknown as Records<T>;
}

/** The account that stands for a customer or a location among those that may be shown. */
async function accountOf(
  { db, sight }: QueryContext,
  column: 'customer_id' | 'location_id',
  id: number,
): Promise<number | null> {
  const accounts = await db
    .selectFrom('account as a')
    .innerJoin('customer as c', 'c.id', 'a.customer_id')
    .select(['a.id', 'a.activity', 'a.moved_in_on as movedInOn'])
    .select(['c.public', 'c.customer_group as customerGroup'])
    .where(`a.${column}`, '=', id)
    .execute();
  const shown = accounts.filter((account) => sees(sight, account));
  return shown.sort(compareAccounts)[0]?.id ?? null;
}

/** Seed: with no customer shown, the right arrow brings the very first; else previous and next by number. */
export const stepCustomer = query({
  name: 'customer.step',
  summary: 'The customer before or after this one by number, or the very first or last',
  permission: 'accounts.read',
  input: z.object({ customerId: z.number().int().nullable(), direction: z.enum(DIRECTIONS) }),
  subject: ({ customerId }) => (customerId === null ? null : { customerId }),
  run: async (ctx, { customerId, direction }): Promise<Step | null> => {
    const { db, sight } = ctx;
    const from =
      customerId === null
        ? null
        : await db.selectFrom('customer').select(['id', 'number_key']).where('id', '=', customerId).executeTakeFirst();
    let customers = db.selectFrom('customer').select(['id', 'number']);
    if (!seesAll(sight)) {
      customers = customers.where((eb) =>
        visible(sight, { public: eb.ref('public'), group: eb.ref('customer_group') }),
      );
    }
    const found = await beside(customers, direction, from ?? null).executeTakeFirst();
    if (!found) return null;
    const accountId = await accountOf(ctx, 'customer_id', found.id);
    return { customerId: found.id, locationId: null, number: found.number, accountId };
  },
});

/** The same of locations; one whose resident is private is that customer's address and passed over. */
export const stepLocation = query({
  name: 'location.step',
  summary: 'The location before or after this one by number, or the very first or last',
  permission: 'accounts.read',
  input: z.object({ locationId: z.number().int().nullable(), direction: z.enum(DIRECTIONS) }),
  run: async (ctx, { locationId, direction }): Promise<Step | null> => {
    const { db, sight } = ctx;
    const from =
      locationId === null
        ? null
        : await db.selectFrom('location').select(['id', 'number_key']).where('id', '=', locationId).executeTakeFirst();
    let locations = db.selectFrom('location').select(['id', 'number']);
    if (!seesAll(sight)) {
      locations = locations.where((eb) => eb.not(eb.exists(hiddenResident(db, eb.ref('location.id'), sight))));
    }
    const found = await beside(locations, direction, from ?? null).executeTakeFirst();
    if (!found) return null;
    const accountId = await accountOf(ctx, 'location_id', found.id);
    return { customerId: null, locationId: found.id, number: found.number, accountId };
  },
});
