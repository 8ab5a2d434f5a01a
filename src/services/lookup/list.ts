import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { SubjectKind } from '#db/search/kinds.ts';
import { query, type QueryContext } from '../operation.ts';
import { candidatesOf, isFiltered, type ListFilters, listFilters, passing } from './list-filter.ts';
import {
  type Direction,
  type Driver,
  drivers,
  END,
  LIST_ORDERS,
  type ListOrder,
  type ListPlace,
  OWNER_OF,
  placeOf,
  START,
} from './list-order.ts';
import { type AccountRow, accountRows, ownersAlone } from './records.ts';
import { sees, seesAll, type Visible } from '../sight.ts';
import { shortText } from '#domain/typed-text.ts';

export type { ListFilters } from './list-filter.ts';
export type { ListOrder, ListPlace } from './list-order.ts';

/** A line of the list, and where it stands: a page before or after it begins there. */
export interface ListRow extends Omit<AccountRow, keyof Visible> {
  readonly place: ListPlace;
  readonly private: boolean;
}

export interface ListPage {
  /** In the order of the list, whichever way it was read. */
  readonly rows: readonly ListRow[];
  /** Where reading goes on in the same direction; null at the end. With filters a page may be short of its limit. */
  readonly resume: ListPlace | null;
}

const MOST_ROWS = 500;
/** Records read at once: few at first, more while filters let little through. */
const FIRST_STEP = 64;
const LARGEST_STEP = 400;
/** Records looked through by one call; then the caller decides whether to go on. */
const LOOKED_THROUGH = 6_000;

const place = z.object({ key: shortText(1000), tie: z.number(), id: z.number(), accountId: z.number() });

interface Wanted {
  readonly order: ListOrder;
  readonly direction: Direction;
  readonly filters: ListFilters;
  readonly limit: number;
}

/** Every account in an order, a page at a time, both ways from anywhere; each page costs the same. */
export const list = query({
  name: 'lookup.list',
  summary: 'Page through all accounts by name, number or address, with filters',
  permission: 'lookup.use',
  identifiers: ['text', 'from'],
  input: z.object({
    order: z.enum(LIST_ORDERS),
    direction: z.enum(['forward', 'back']),
    /** The row that the page follows (or precedes); null: from the first (or the last). */
    from: place.nullable(),
    /** Begin where this text would stand. */
    text: z.string().max(200).optional(),
    filters: listFilters,
    limit: z.number().int().min(1).max(MOST_ROWS),
  }),
  run: async (ctx, { from, text, ...wanted }): Promise<ListPage> => {
    const ends = wanted.direction === 'forward' ? START : END;
    const start = from ?? (text?.trim() ? placeOf(wanted.order, text) : ends);
    return readPage(ctx, wanted, start);
  },
});

/** A row to be shown, before its columns are read. */
interface Pick {
  readonly driver: Driver;
  readonly accountId: number;
}

async function readPage(ctx: QueryContext, wanted: Wanted, start: ListPlace): Promise<ListPage> {
  const picks: Pick[] = [];
  let at = start;
  let step = isFiltered(wanted.filters) ? FIRST_STEP * 2 : Math.min(FIRST_STEP, wanted.limit + 2);
  let resume: ListPlace | null = null;
  for (let looked = 0; ; step = Math.min(LARGEST_STEP, step * 2)) {
    const some = await drivers(ctx.db, wanted.order, wanted.direction, at, step);
    const found = (await picksOf(ctx, wanted, some)).filter((pick) => isBeyond(pick, start, wanted.direction));
    picks.push(...found.filter((pick) => isNew(pick, picks)));
    if (picks.length >= wanted.limit) {
      resume = placeOfPick(picks[wanted.limit - 1]!);
      break;
    }
    // The record at a place is read again with its page, hence more than one.
    if (some.length < step) break;
    at = lastPlace(some.at(-1)!, wanted.direction);
    looked += some.length;
    if (looked >= LOOKED_THROUGH && (await mayBeTold(ctx, OWNER_OF[wanted.order], some.at(-1)!.id))) {
      resume = at;
      break;
    }
    await setImmediate();
    ctx.signal?.throwIfAborted();
  }
  const shown = picks.slice(0, wanted.limit);
  if (wanted.direction === 'back') shown.reverse();
  return { rows: await rowsOfPicks(ctx, wanted.order, shown), resume };
}

/** Whether a page may end at this record: where reading goes on tells its name or number. */
async function mayBeTold(ctx: QueryContext, owner: SubjectKind, id: number): Promise<boolean> {
  if (seesAll(ctx.sight)) return true;
  if (owner === 'location') return (await hiddenAmong(ctx, [id])).size === 0;
  const [record] = owner === 'customer' ? await ownersAlone(ctx.db, owner, [id]) : await accountRows(ctx.db, [id]);
  return record !== undefined && sees(ctx.sight, record);
}

const placeOfPick = ({ driver, accountId }: Pick): ListPlace => ({
  key: driver.key,
  tie: driver.tie,
  id: driver.id,
  accountId,
});

/** Behind all accounts of a record, or before them. */
const lastPlace = (driver: Driver, direction: Direction): ListPlace => ({
  key: driver.key,
  tie: driver.tie,
  id: driver.id,
  accountId: direction === 'forward' ? Number.MAX_SAFE_INTEGER : -1,
});

const isBeyond = ({ driver, accountId }: Pick, start: ListPlace, direction: Direction): boolean =>
  driver.id !== start.id ||
  driver.key !== start.key ||
  (direction === 'forward' ? accountId > start.accountId : accountId < start.accountId);

const isNew = (pick: Pick, picks: readonly Pick[]): boolean => {
  const last = picks.at(-1);
  if (!last || last.driver.id !== pick.driver.id) return true;
  return !picks.some((other) => other.driver.id === pick.driver.id && other.accountId === pick.accountId);
};

/** Rows of these records in reading order; a record without accounts is a row itself while nothing is filtered. */
async function picksOf(
  ctx: QueryContext,
  { order, direction, filters }: Wanted,
  some: readonly Driver[],
): Promise<Pick[]> {
  if (some.length === 0) return [];
  const owner = OWNER_OF[order];
  const ids = some.map(({ id }) => id);
  const candidates = await candidatesOf(ctx.db, owner, ids, filters);
  const byOwner = Map.groupBy(candidates, ({ ownerId }) => ownerId);
  const passed = await passing(ctx, candidates, filters);
  const alone = isFiltered(filters) ? new Set<number>() : await visibleAlone(ctx, owner, some, byOwner);
  const hidden = owner === 'location' ? await hiddenAmong(ctx, [...byOwner.keys()]) : new Set<number>();
  return some.flatMap((driver) => {
    if (hidden.has(driver.id)) return [];
    const ids = (byOwner.get(driver.id) ?? []).map(({ accountId }) => accountId).filter((id) => passed.has(id));
    ids.sort((a, b) => (direction === 'forward' ? a - b : b - a));
    return ids.length === 0 && alone.has(driver.id)
      ? [{ driver, accountId: 0 }]
      : ids.map((accountId) => ({ driver, accountId }));
  });
}

/** Locations whose resident may not be seen: they are that customer's address. */
async function hiddenAmong({ db, sight }: QueryContext, ids: readonly number[]): Promise<Set<number>> {
  if (seesAll(sight) || ids.length === 0) return new Set();
  const residents = await candidatesOf(db, 'location', ids, { activity: 'current' });
  return new Set(residents.filter((one) => !sees(sight, one)).map(({ ownerId }) => ownerId));
}

/** Customers and locations without any account, those whom the actor may not see left out. */
async function visibleAlone(
  { db, sight }: QueryContext,
  owner: SubjectKind,
  some: readonly Driver[],
  byOwner: ReadonlyMap<number, unknown>,
): Promise<Set<number>> {
  const ids = some.map(({ id }) => id).filter((id) => !byOwner.has(id));
  if (owner !== 'customer' || seesAll(sight) || ids.length === 0) return new Set(ids);
  const rows = await ownersAlone(db, 'customer', ids);
  return new Set(rows.filter((row) => sees(sight, row)).map((row) => row.customerId!));
}

async function rowsOfPicks(ctx: QueryContext, order: ListOrder, picks: readonly Pick[]): Promise<ListRow[]> {
  const owner = OWNER_OF[order];
  const ids = picks.map(({ accountId }) => accountId).filter((id) => id !== 0);
  const accounts = new Map(
    (ids.length === 0 ? [] : await accountRows(ctx.db, ids)).map((row) => [row.accountId!, row]),
  );
  const lonely = picks.filter(({ accountId }) => accountId === 0).map(({ driver }) => driver.id);
  const owners = owner === 'account' ? [] : await ownersAlone(ctx.db, owner, lonely);
  const alone = new Map(owners.map((row) => [owner === 'customer' ? row.customerId! : row.locationId!, row]));
  return picks.flatMap((pick) => {
    const row = pick.accountId === 0 ? alone.get(pick.driver.id) : accounts.get(pick.accountId);
    if (!row) return [];
    const { public: isPublic, customerGroup: _group, ...shown } = row;
    return [{ ...shown, private: isPublic === 0, place: placeOfPick(pick) }];
  });
}
