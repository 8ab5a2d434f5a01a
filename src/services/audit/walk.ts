import { setImmediate } from 'node:timers/promises';
import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import type { Schema } from '#db/schema.ts';
import type { QueryContext } from '../operation.ts';
import { entries, type StoredEntry } from './rows.ts';

/** A place in the trail, newest first: entries of the same millisecond by their number in the chain. */
export interface Place {
  readonly at: number;
  readonly seq: number;
}

export type Condition = (
  eb: ExpressionBuilder<Schema, 'audit_entry'>,
) => ExpressionWrapper<Schema, 'audit_entry', SqlBool>;

/** What is asked of the trail. */
export interface Search {
  /** Each follows an index in the order of time; together they are everything that can match. */
  readonly ways: readonly Condition[];
  /** What no index knows: asked of every entry on the way. */
  readonly others: readonly Condition[];
  /** Not before this instant, epoch ms. */
  readonly since: number;
  /** Before this one. */
  readonly before: number;
}

/** Entries looked at by one statement, and statements until the caller decides whether to go on. */
const STEP = 10_000;
const STEPS = 5;

const older =
  ({ at, seq }: Place): Condition =>
  (eb) =>
    eb.and([eb('at', '<=', at), eb.or([eb('at', '<', at), eb('seq', '<', seq)])]);

const atLeast =
  ({ at, seq }: Place): Condition =>
  (eb) =>
    eb.and([eb('at', '>=', at), eb.or([eb('at', '>', at), eb('seq', '>=', seq)])]);

interface Walked {
  readonly found: readonly StoredEntry[];
  /** Everything newer than this, and it, was looked at; null: everything was. */
  readonly reached: Place | null;
}

/** Follows one index from a place towards older entries until enough is found or enough was looked at. */
async function walk(ctx: QueryContext, search: Search, way: Condition, from: Place, limit: number): Promise<Walked> {
  const { db } = ctx;
  const found: StoredEntry[] = [];
  let place = from;
  for (let step = 0; step < STEPS; step++) {
    const along = (eb: ExpressionBuilder<Schema, 'audit_entry'>) => eb.and([way(eb), older(place)(eb)]);
    const stop =
      search.others.length === 0
        ? undefined
        : await db
            .selectFrom('audit_entry')
            .select(['at', 'seq'])
            .where(along)
            .where('at', '>=', search.since)
            .orderBy('at', 'desc')
            .orderBy('seq', 'desc')
            .offset(STEP)
            .limit(1)
            .executeTakeFirst();
    let matching = entries(db, ctx.sight).where(along);
    for (const other of search.others) matching = matching.where(other);
    // One bound below, the nearer: of two an engine may follow the index to the farther one.
    matching = stop ? matching.where(atLeast(stop)) : matching.where('at', '>=', search.since);
    const rows = await matching
      .orderBy('at', 'desc')
      .orderBy('seq', 'desc')
      .limit(limit - found.length)
      .execute();
    found.push(...rows);
    if (found.length >= limit) return { found, reached: found.at(-1)! };
    if (!stop) return { found, reached: null };
    place = stop;
    await setImmediate();
    ctx.signal?.throwIfAborted();
  }
  return { found, reached: place };
}

const newestFirst = (a: Place, b: Place): number => b.at - a.at || b.seq - a.seq;

export interface Page {
  readonly found: readonly StoredEntry[];
  /** Where older ones begin; null at the end. A page may be short, or empty, and yet go on. */
  readonly next: Place | null;
}

/** The next page of a search: all its ways, merged in the order of time. */
export async function page(ctx: QueryContext, search: Search, after: Place | null, limit: number): Promise<Page> {
  const walks: Walked[] = [];
  const from = after ?? { at: search.before, seq: 0 };
  for (const way of search.ways) walks.push(await walk(ctx, search, way, from, limit));
  // What lies beyond the shortest way is not known to be complete.
  const bound = walks.flatMap(({ reached }) => (reached ? [reached] : [])).toSorted(newestFirst)[0];
  const merged = walks
    .flatMap(({ found }) => found)
    .filter((row) => !bound || newestFirst(row, bound) <= 0)
    .toSorted(newestFirst);
  const unique = merged.filter((row, place) => row.seq !== merged[place - 1]?.seq);
  const found = unique.slice(0, limit);
  if (unique.length > limit) return { found, next: found.at(-1)! };
  return { found, next: bound ? { at: bound.at, seq: bound.seq } : null };
}
