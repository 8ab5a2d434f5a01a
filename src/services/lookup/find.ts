import { z } from 'zod';
import { isWrittenAsSsn } from '#domain/sensitive.ts';
import { query, type QueryContext } from '../operation.ts';
import { isConfined } from '../sight.ts';
import { shownAmong } from './among-shown.ts';
import { candidatesOf, isFiltered, type ListFilters, listFilters, passing } from './list-filter.ts';
import { nearestHouses } from './nearest.ts';
import { type Question, understand } from './question.ts';
import { EXACT, fitOf, rank, type Ranked } from './rank.ts';
import { type LookupRow, rowsOf } from './rows.ts';
import { type Hit, scan, scanAmong } from './scan.ts';
import { isKnown, suggestions } from './spelling.ts';

export type { LookupRow, Match } from './rows.ts';

/** What was found for a text. */
export interface LookupAnswer {
  readonly rows: readonly LookupRow[];
  /** The text with its typing errors corrected, when only that found something. */
  readonly didYouMean: string | null;
  /** The house that is not there, when its street is: the rows are the nearest numbers. */
  readonly nearest: string | null;
  /** There are more than these: type more. */
  readonly more: boolean;
}

const MOST_ROWS = 200;
/** With fewer answers than this the words are tried in any order. */
const LITTLE = 3;
/** Keys read beyond the rows asked for: some lead to the same record, some to a private one. */
const SPARE = 8;
/** Keys read by those who see few of the customers: so many times more, up to so many. */
const FURTHER = 8;
const FURTHEST = 2_000;
/** Corrected texts that are tried together. */
const CORRECTIONS = 3;

/**
 * Everything that a text may mean: numbers, meters, phones, e-mails, names, addresses; prefixes,
 * words in any order, and when nothing is found, typing errors.
 */
export const find = query({
  name: 'lookup.find',
  summary: 'Find accounts, customers, locations and meters by anything people say',
  permission: 'lookup.use',
  identifiers: ['text'],
  input: z.object({
    text: z.string().max(200, 'That is too long to look for'),
    limit: z.number().int().min(1).max(MOST_ROWS).default(20),
    /** Narrows what was found to accounts that are so. */
    filters: listFilters.optional(),
  }),
  run: async (ctx, { text, limit, filters = {} }): Promise<LookupAnswer> => {
    // Looking for a person's number is an event of its own: `sensitive.find`.
    if (isWrittenAsSsn(text)) return NOTHING;
    const question = understand(text);
    const found = await search(ctx, question, limit);
    const rows = found.length === 0 ? [] : await rowsOf(ctx, found, limit);
    const answer =
      rows.length > 0
        ? { rows, didYouMean: null, nearest: null, more: rows.length >= limit }
        : ((await neighbours(ctx, question, limit)) ?? (await corrected(ctx, question, limit)) ?? NOTHING);
    return isFiltered(filters) ? { ...answer, rows: await narrowed(ctx, answer.rows, filters) } : answer;
  },
});

const NOTHING: LookupAnswer = { rows: [], didYouMean: null, nearest: null, more: false };

/** Says that nothing answers what was typed, and what is shown instead; empty when there is no need. */
export function insteadOf({ didYouMean, nearest }: Pick<LookupAnswer, 'didYouMean' | 'nearest'>, text: string): string {
  if (isWrittenAsSsn(text)) return 'Not looked for here: use “Find by sensitive number”, which hides it.';
  const house = nearest === null ? '' : `There is no ${nearest}: its street, nearest first.`;
  return didYouMean === null ? house : `Nothing is called that. Meant: ${didYouMean}? ${house}`.trimEnd();
}

/** The houses of the street that was typed, when the number was not found in it. */
async function neighbours(ctx: QueryContext, question: Question, limit: number): Promise<LookupAnswer | null> {
  const found = await nearestHouses(ctx.db, question.words, limit + SPARE);
  const rows = found.length === 0 ? [] : await rowsOf(ctx, found, limit);
  return rows.length === 0 ? null : { rows, didYouMean: null, nearest: question.words.join(' '), more: false };
}

async function narrowed(
  ctx: QueryContext,
  rows: readonly LookupRow[],
  filters: ListFilters,
): Promise<readonly LookupRow[]> {
  const ids = rows.flatMap(({ accountId }) => accountId ?? []);
  const passed = await passing(ctx, await candidatesOf(ctx.db, 'account', ids, filters), filters);
  return rows.filter(({ accountId }) => accountId !== null && passed.has(accountId));
}

/** Records that answer the question, best first; for who sees some customers only, looked for further among many. */
async function search(ctx: QueryContext, question: Question, limit: number): Promise<Ranked[]> {
  let wanted = limit + SPARE;
  if (!isConfined(ctx.sight)) return searchSome(ctx, question, wanted);
  for (;;) {
    const found = await searchSome(ctx, question, wanted);
    const shown = await shownAmong(ctx, found);
    if (shown.length >= limit || found.length < wanted / 2 || wanted >= FURTHEST) return shown.slice(0, limit + SPARE);
    wanted *= FURTHER;
  }
}

async function searchSome(ctx: QueryContext, question: Question, wanted: number): Promise<Ranked[]> {
  const hits: Hit[] = await scan(ctx.db, question.asks, wanted);
  if (hits.some((hit) => fitOf(hit) === EXACT)) return rank(hits, wanted);
  // A number among the words leaves so few records that one answer is the answer.
  const enough = question.words.some((word) => /^[0-9]/.test(word)) ? 1 : LITTLE;
  for (const ask of question.wider) {
    if (hits.length >= enough) break;
    ctx.signal?.throwIfAborted();
    hits.push(...(await scanAmong(ctx.db, ask, wanted)));
  }
  ctx.signal?.throwIfAborted();
  return rank(hits, wanted);
}

/** The question again with words corrected that no name or street has. */
async function corrected(ctx: QueryContext, question: Question, limit: number): Promise<LookupAnswer | null> {
  const texts = await corrections(ctx, question.words);
  const answers: { text: string; rows: readonly LookupRow[] }[] = [];
  for (const text of texts) {
    ctx.signal?.throwIfAborted();
    const found = await search(ctx, understand(text), limit);
    const rows = found.length === 0 ? [] : await rowsOf(ctx, found, limit);
    if (rows.length > 0) answers.push({ text, rows });
  }
  const [first] = answers;
  if (!first) {
    for (const text of texts) {
      const near = await neighbours(ctx, understand(text), limit);
      if (near) return { ...near, didYouMean: text };
    }
    return null;
  }
  const share = Math.ceil(limit / answers.length);
  const rows = answers.flatMap((answer) => answer.rows.slice(0, share)).slice(0, limit);
  return { rows, didYouMean: first.text, nearest: null, more: answers.some((answer) => answer.rows.length > share) };
}

/** Texts with one reading for each unknown word; when all are known, with one of them read otherwise. */
async function corrections(ctx: QueryContext, words: readonly string[]): Promise<string[]> {
  const candidates = await Promise.all(words.map((word) => suggestions(ctx.db, word)));
  const known = await Promise.all(words.map(async (word) => !/^\p{L}+$/u.test(word) || isKnown(ctx.db, word)));
  const unknown = words.flatMap((_, index) => (known[index] || candidates[index]!.length === 0 ? [] : [index]));
  const texts = new Set<string>();
  const readings = unknown.length > 0 ? [unknown] : words.map((_, index) => [index]);
  for (let choice = 0; choice < CORRECTIONS; choice++) {
    for (const places of readings) {
      const reading = words.map((word, index) =>
        places.includes(index) ? (candidates[index]![choice] ?? candidates[index]![0] ?? word) : word,
      );
      texts.add(reading.join(' '));
    }
  }
  texts.delete(words.join(' '));
  return [...texts].slice(0, CORRECTIONS);
}
