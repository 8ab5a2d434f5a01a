import { deletions, PREFIX_LETTERS } from '#db/search/deletions.ts';
import type { Db } from '#db/schema.ts';
import { type Parameter, prepared } from '../prepared.ts';
import { endOfPrefix } from './scan.ts';

/**
 * Errors between two words, up to `most`: a letter too many, missing, wrong, or two changed
 * round (optimal string alignment). `most` + 1 when there are more.
 */
export function typingErrors(typed: string, word: string, most: number): number {
  const a = [...typed];
  const b = [...word];
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2]! + 1 : change;
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, change, swapped));
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return Math.min(last.at(-1)!, most + 1);
}

const SHORTEST = 3;
const CANDIDATES = 4;
const LONG_WORD = 8;

/** Errors that a word of that length may have: more would make it any word. */
const allowed = (word: string): number => (word.length >= LONG_WORD ? 2 : 1);

interface DeletionArguments {
  [deletion: `deletion${number}`]: string;
}

const SLOTS = PREFIX_LETTERS + 1;

const near = prepared((db, p: Parameter<DeletionArguments>) =>
  db
    .selectFrom('search_deletion as d')
    .innerJoin('search_word as w', 'w.word', 'd.word')
    .where(
      'd.deletion',
      'in',
      Array.from({ length: SLOTS }, (_, slot) => p(`deletion${slot}`)),
    )
    .select(['w.word', 'w.uses'])
    .distinct(),
);

const beginning = prepared((db, p: Parameter<{ from: string; to: string }>) =>
  db
    .selectFrom('search_word')
    .select('word')
    .where('word', '>=', p('from'))
    .where('word', '<', p('to'))
    .limit((eb) => eb.lit(1)),
);

/** Whether some name or street begins so. */
export const isKnown = async (db: Db, word: string): Promise<boolean> =>
  (await beginning(db, { from: word, to: endOfPrefix(word) })).length > 0;

/** Words that may have been meant, the likeliest first: fewest errors, then the most used. */
export async function suggestions(db: Db, word: string): Promise<string[]> {
  if (word.length < SHORTEST || !/^\p{L}+$/u.test(word)) return [];
  const variants = deletions(word);
  const values: DeletionArguments = {};
  for (let slot = 0; slot < SLOTS; slot++) values[`deletion${slot}`] = variants[Math.min(slot, variants.length - 1)]!;
  const most = allowed(word);
  const letters = [...word].length;
  return (await near(db, values))
    .map((row) => ({ ...row, errors: errorsOf(word, row.word, letters, most) }))
    .filter(({ errors, word: meant }) => errors <= most && meant !== word)
    .sort((a, b) => a.errors - b.errors || b.uses - a.uses || (a.word < b.word ? -1 : 1))
    .slice(0, CANDIDATES)
    .map((row) => row.word);
}

/** A word still being typed is compared with as much of the other; a whole word goes before it. */
function errorsOf(typed: string, word: string, letters: number, most: number): number {
  const whole = typingErrors(typed, word, most);
  if (whole <= most || letters <= SHORTEST) return whole;
  const begun = typingErrors(typed, [...word].slice(0, letters).join(''), most);
  return begun <= most ? begun + 0.5 : whole;
}
