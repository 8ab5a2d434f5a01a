import { addressOrder } from '#db/search/facts.ts';
import { KEY_KINDS } from '#db/search/kinds.ts';
import type { Db } from '#db/schema.ts';
import { naturalKey, sortKey } from '#domain/sort-key.ts';
import { type Parameter, prepared } from '../prepared.ts';

/** Orders that an index has, so that every page of a million rows costs the same. */
export const LIST_ORDERS = ['name', 'customer', 'location', 'address', 'account'] as const;

export type ListOrder = (typeof LIST_ORDERS)[number];

/** A place in an order: the sort key, what breaks ties, the record, and the account (0: before its first). */
export interface ListPlace {
  readonly key: string;
  readonly tie: number;
  readonly id: number;
  readonly accountId: number;
}

/** Whose accounts follow each other in an order. */
export const OWNER_OF: Readonly<Record<ListOrder, 'customer' | 'location' | 'account'>> = {
  name: 'customer',
  customer: 'customer',
  location: 'location',
  address: 'location',
  account: 'account',
};

const LAST_LETTER = '\u{10ffff}';

export const START: ListPlace = { key: '', tie: -1, id: 0, accountId: 0 };
/** Above every activity; the column holds 16 bits. */
const LAST_TIE = 32_767;
export const END: ListPlace = {
  key: LAST_LETTER,
  tie: LAST_TIE,
  id: Number.MAX_SAFE_INTEGER,
  accountId: Number.MAX_SAFE_INTEGER,
};

/** Where a list stands when somebody types a beginning. */
export function placeOf(order: ListOrder, text: string): ListPlace {
  const typed = text.trim();
  const keys: Record<ListOrder, () => string> = {
    name: () => sortKey(typed),
    customer: () => naturalKey(typed),
    location: () => naturalKey(typed),
    address: () => addressOrder(typed),
    account: () => typed,
  };
  return { ...START, key: keys[order]() };
}

/** A record of an order, before its accounts are read. */
export interface Driver {
  readonly key: string;
  readonly tie: number;
  readonly id: number;
}

interface PageArguments {
  readonly key: string;
  readonly tie: number;
  readonly id: number;
  readonly limit: number;
}

const TABLES = {
  name: { table: 'customer', column: 'sort_name' },
  customer: { table: 'customer', column: 'number_key' },
  location: { table: 'location', column: 'number_key' },
  account: { table: 'account', column: 'number' },
} as const;

type Signs = readonly ['>=', '>', 'asc'] | readonly ['<=', '<', 'desc'];

const FORWARD: Signs = ['>=', '>', 'asc'];
const BACK: Signs = ['<=', '<', 'desc'];

/** Records from a place on, that place's own record among them. */
const page = (order: Exclude<ListOrder, 'address'>, [from, beyond, direction]: Signs) =>
  prepared((db: Db, p: Parameter<PageArguments>) => {
    // Each of the tables has the columns named; their union is beyond the types.
    const { table, column } = TABLES[order] as { table: 'customer'; column: 'sort_name' };
    return db
      .selectFrom(table)
      .select((eb) => [`${column} as key`, eb.lit(0).as('tie'), 'id'])
      .where(column, from, p('key'))
      .where((eb) => eb.or([eb(column, beyond, p('key')), eb('id', from, p('id'))]))
      .orderBy(column, direction)
      .orderBy('id', direction)
      .limit(p('limit'))
      .$castTo<Driver>();
  });

const addressPage = ([from, beyond, direction]: Signs) =>
  prepared((db: Db, p: Parameter<PageArguments>) =>
    db
      .selectFrom('search_key')
      .select(['key', 'activity as tie', 'subject_id as id'])
      .where('kind', '=', KEY_KINDS.addressOrder)
      .where('key', from, p('key'))
      .where((eb) =>
        eb.or([
          eb('key', beyond, p('key')),
          eb('activity', beyond, p('tie')),
          eb.and([eb('activity', '=', p('tie')), eb('subject_id', from, p('id'))]),
        ]),
      )
      .orderBy('key', direction)
      .orderBy('activity', direction)
      .orderBy('subject_id', direction)
      .limit(p('limit')),
  );

const both = (order: ListOrder) =>
  order === 'address'
    ? { forward: addressPage(FORWARD), back: addressPage(BACK) }
    : { forward: page(order, FORWARD), back: page(order, BACK) };

const pages = Object.fromEntries(LIST_ORDERS.map((order) => [order, both(order)])) as Record<
  ListOrder,
  ReturnType<typeof both>
>;

export type Direction = 'forward' | 'back';

/** The next records of an order from a place on. */
export const drivers = (
  db: Db,
  order: ListOrder,
  direction: Direction,
  { key, tie, id }: Driver,
  limit: number,
): Promise<Driver[]> => pages[order][direction](db, { key, tie, id, limit });
