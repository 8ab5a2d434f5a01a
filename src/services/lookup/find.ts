import { z } from 'zod';
import { isWrittenAsSsn } from '#domain/sensitive.ts';
import { may } from '../actor.ts';
import { query, type QueryContext } from '../operation.ts';
import { isConfined } from '../sight.ts';
import { candidatesOf, isFiltered, type ListFilters, listFilters, passing } from './list-filter.ts';
import { nearestHouses } from './nearest.ts';
import { type Question, readableBy, understand } from './question.ts';
import { EXACT, fitOf, rank, type Ranked } from './rank.ts';
import { type LookupRow, rowsOf } from './rows.ts';
import { type Hit, scan, scanAmong } from './scan.ts';
import { isKnown, suggestions } from './spelling.ts';
import { type Budget, LOOKED_THROUGH, walk } from './walk.ts';

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
  /** Of those who see some customers only: not everything was looked through, so that more may be there. */
  readonly cutShort: boolean;
}

const MOST_ROWS = 200;
/** With fewer answers than this the words are tried in any order. */
const LITTLE = 3;
/** Keys read beyond the rows asked for: some lead to the same record, some to a private one. */
const SPARE = 8;
/** Rows read for each that is shown when filters take some of a customer's accounts away. */
const PER_ROW = 3;
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
    const search: Search = { limit, filters, budget: { keys: LOOKED_THROUGH } };
    return isFiltered(filters) ? narrowedAnswer(ctx, text, search) : answerTo(ctx, text, search);
  },
});

const NOTHING: LookupAnswer = { rows: [], didYouMean: null, nearest: null, more: false, cutShort: false };

/** How much is looked for, and how far. */
interface Search {
  readonly limit: number;
  readonly filters: ListFilters;
  readonly budget: Budget;
}

/** What was typed, as this actor may ask it. */
function asked({ actor }: QueryContext, text: string): Question {
  const question = understand(text);
  return readableBy(question, (permission) => may(actor, permission));
}

async function answerTo(ctx: QueryContext, text: string, search: Search): Promise<LookupAnswer> {
  const { limit, budget } = search;
  const question = asked(ctx, text);
  const found = await recordsOf(ctx, question, search);
  const rows = found.length === 0 ? [] : await rowsOf(ctx, found, limit);
  const cutShort = budget.keys <= 0;
  if (rows.length > 0 || cutShort) return { ...NOTHING, rows, more: rows.length >= limit, cutShort };
  return (await neighbours(ctx, question, limit)) ?? (await corrected(ctx, question, search)) ?? NOTHING;
}

/** Only accounts that the filters let through, wherever they stand among what answers. */
async function narrowedAnswer(ctx: QueryContext, text: string, search: Search): Promise<LookupAnswer> {
  const { limit, filters, budget } = search;
  const found = await recordsOf(ctx, asked(ctx, text), search);
  const rows = found.length === 0 ? [] : await narrowed(ctx, await rowsOf(ctx, found, limit * PER_ROW), filters);
  const cutShort = budget.keys <= 0;
  const more = rows.length >= limit;
  if (rows.length > 0 || cutShort) return { ...NOTHING, rows: rows.slice(0, limit), more, cutShort };
  // Whether it is the filters that leave nothing, or a typing error.
  const answer = await answerTo(ctx, text, { ...search, filters: {} });
  return { ...answer, rows: await narrowed(ctx, answer.rows, filters), more: false };
}

/** Says that nothing answers what was typed, and what is shown instead; empty when there is no need. */
export function insteadOf(
  { didYouMean, nearest, cutShort }: Omit<LookupAnswer, 'rows' | 'more'>,
  text: string,
): string {
  if (cutShort) return 'Too many begin so: only a part of them was looked through. Type more.';
  if (isWrittenAsSsn(text)) return 'Not looked for here: use “Find by sensitive number”, which hides it.';
  const house = nearest === null ? '' : `There is no ${nearest}: its street, nearest first.`;
  return didYouMean === null ? house : `Nothing is called that. Meant: ${didYouMean}? ${house}`.trimEnd();
}

/** The houses of the street that was typed, when the number was not found in it. */
async function neighbours(ctx: QueryContext, question: Question, limit: number): Promise<LookupAnswer | null> {
  const found = await nearestHouses(ctx.db, question.words, limit + SPARE);
  const rows = found.length === 0 ? [] : await rowsOf(ctx, found, limit);
  return rows.length === 0 ? null : { ...NOTHING, rows, nearest: question.words.join(' ') };
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

/**
 * Records that answer the question, best first. Past those that are not wanted (of customers who may
 * not be seen, or that the filters keep back) it goes key by key: however many there are, what is
 * wanted is found, as far as the budget goes.
 */
async function recordsOf(ctx: QueryContext, question: Question, search: Search): Promise<Ranked[]> {
  const wanted = search.limit + SPARE;
  const choosy = isConfined(ctx.sight) || isFiltered(search.filters);
  const hits: Hit[] = choosy ? [] : await scan(ctx.db, question.asks, wanted);
  if (choosy) for (const ask of question.asks) hits.push(...(await walk(ctx, ask, { ...search, wanted })));
  if (hits.some((hit) => fitOf(hit) === EXACT)) return rank(hits, wanted);
  // A number among the words leaves so few records that one answer is the answer.
  const enough = question.words.some((word) => /^[0-9]/.test(word)) ? 1 : LITTLE;
  for (const ask of question.wider) {
    if (hits.length >= enough) break;
    ctx.signal?.throwIfAborted();
    hits.push(...(await (choosy ? walk(ctx, ask, { ...search, wanted }) : scanAmong(ctx.db, ask, wanted))));
  }
  ctx.signal?.throwIfAborted();
  return rank(hits, wanted);
}

/** The question again with words corrected that no name or street has. */
async function corrected(ctx: QueryContext, question: Question, search: Search): Promise<LookupAnswer | null> {
  const { limit } = search;
  const texts = await corrections(ctx, question.words);
  const answers: { text: string; rows: readonly LookupRow[] }[] = [];
  for (const text of texts) {
    ctx.signal?.throwIfAborted();
    const found = await recordsOf(ctx, asked(ctx, text), search);
    const rows = found.length === 0 ? [] : await rowsOf(ctx, found, limit);
    if (rows.length > 0) answers.push({ text, rows });
  }
  const [first] = answers;
  if (!first) {
    for (const text of texts) {
      const near = await neighbours(ctx, asked(ctx, text), limit);
      if (near) return { ...near, didYouMean: text };
    }
    return null;
  }
  const share = Math.ceil(limit / answers.length);
  const rows = answers.flatMap((answer) => answer.rows.slice(0, share)).slice(0, limit);
  const more = answers.some((answer) => answer.rows.length > share);
  return { ...NOTHING, rows, didYouMean: first.text, more };
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
