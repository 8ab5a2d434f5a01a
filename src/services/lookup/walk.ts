import { setImmediate } from 'node:timers/promises';
import { SUBJECT_OF } from '#db/search/kinds.ts';
import type { QueryContext } from '../operation.ts';
import { isConfined } from '../sight.ts';
import { shownAmong } from './among-shown.ts';
import { candidatesOf, isFiltered, type ListFilters, passing } from './list-filter.ts';
import type { Ask } from './question.ts';
import { type Hit, hasOthers, keysOf } from './scan.ts';

/** Keys read at once; between, other keys of the keyboard are answered. */
const PAGE = 400;
/** Keys looked through for one text: about a second's work. Beyond, the screen says that more must be typed. */
export const LOOKED_THROUGH = 200_000;

/** What is left to be looked through for a text. */
export interface Budget {
  keys: number;
}

interface Wanted {
  readonly wanted: number;
  readonly filters: ListFilters;
  readonly budget: Budget;
}

/**
 * The first keys of an ask that lead to records which the actor may see and the filters let through,
 * however many others stand between them. A budget that is spent says that there may be more.
 */
export async function walk(ctx: QueryContext, ask: Ask, { wanted, filters, budget }: Wanted): Promise<Hit[]> {
  const hits: Hit[] = [];
  let after: Hit | null = null;
  while (budget.keys > 0) {
    const page: Hit[] = await keysOf(ctx.db, ask, after, Math.min(PAGE, budget.keys));
    budget.keys -= page.length;
    let some = page.filter(hasOthers);
    if (isConfined(ctx.sight)) some = await shownAmong(ctx, some);
    if (isFiltered(filters)) some = await passingAmong(ctx, some, filters);
    hits.push(...some);
    if (hits.length >= wanted || page.length < PAGE) return hits;
    after = page.at(-1)!;
    await setImmediate();
    ctx.signal?.throwIfAborted();
  }
  return hits;
}

/** The keys of records with an account that the filters let through. */
async function passingAmong(ctx: QueryContext, hits: readonly Hit[], filters: ListFilters): Promise<Hit[]> {
  const passed = { customer: new Set<number>(), account: new Set<number>(), location: new Set<number>() };
  for (const [subject, some] of Map.groupBy(hits, ({ kind }) => SUBJECT_OF[kind])) {
    const ids = [...new Set(some.map(({ subjectId }) => subjectId))];
    const found = await candidatesOf(ctx.db, subject, ids, filters);
    const accounts = await passing(ctx, found, filters);
    for (const { accountId, ownerId } of found) if (accounts.has(accountId)) passed[subject].add(ownerId);
  }
  return hits.filter(({ kind, subjectId }) => passed[SUBJECT_OF[kind]].has(subjectId));
}
