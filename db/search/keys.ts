import type { Fact } from './facts.ts';
import { words } from './fold.ts';
import { isCommonStreetWord } from './street.ts';

/** Words with which nobody begins to ask for a name of three words or more; of two, each may be the family's (Co, De). */
const NOT_FIRST = new Set(['the', 'of', 'and', 'for', 'a', 'llc', 'inc', 'co', 'corp', 'ltd', 'lp', 'de', 'la', 'del']);

/** A key longer than this tells nothing more. */
const LONGEST_KEY = 120;
/** Up to so many words every pair of them begins a key; beyond, every word does. */
const PAIRED_WORDS = 3;
const LAST_DIGITS_OF_PHONE = 7;

/** As much of a folded text as a key holds of it: longer ones are asked for by no more than that. */
export const cutToKey = (text: string): string =>
  text.length > LONGEST_KEY ? text.slice(0, LONGEST_KEY).trimEnd() : text;

/** The keys under which a fact is found: a question is a prefix of one of them. */
export function expand({ kind, text }: Fact): string[] {
  const keys: string[] = [];
  for (const form of formsOf(kind, text)) {
    const key = cutToKey(form);
    if (!keys.includes(key)) keys.push(key);
  }
  return keys;
}

function formsOf(kind: Fact['kind'], text: string): string[] {
  if (kind === 'name') return nameKeys(words(text));
  if (kind === 'address') return addressKeys(text, true);
  if (kind === 'mailing') return addressKeys(text, false);
  if (kind === 'phone') return phoneKeys(text);
  if (CONTACTS.has(kind)) return contactKeys(text);
  return [text];
}

const CONTACTS: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>(['contact', 'locationContact']);

/** A contact's fact is a phone, an e-mail or a name, by its look. */
function contactKeys(text: string): string[] {
  if (/^\d+$/.test(text)) return phoneKeys(text);
  return text.includes('@') ? [text] : nameKeys(words(text));
}

const phoneKeys = (digits: string): string[] =>
  digits.length > LAST_DIGITS_OF_PHONE ? [digits, digits.slice(-LAST_DIGITS_OF_PHONE)] : [digits];

/**
 * Every way to begin a name: of up to three words each ordered pair, then the rest, so that
 * two words in any order are one range of the index; of longer names each word, then what
 * follows it, round.
 */
function nameKeys(all: readonly string[]): string[] {
  const opens = (word: string): boolean => word.length > 1 && (all.length === 2 || !NOT_FIRST.has(word));
  const first = all.flatMap((word, index) => (opens(word) ? [index] : []));
  const starts = [...new Set([0, ...first])];
  if (all.length < 2) return [...all];
  if (all.length > PAIRED_WORDS) return starts.map((start) => [...all.slice(start), ...all.slice(0, start)].join(' '));
  return starts.flatMap((start) =>
    all.flatMap((word, second) => {
      if (second === start || (word.length < 2 && all.length > 2)) return [];
      const rest = all.filter((_, index) => index !== start && index !== second);
      return [[all[start], word, ...rest].join(' ')];
    }),
  );
}

/**
 * `638 railroad brook dr` as it is written, and from each telling word of the street, with the
 * number behind the street: `railroad brook dr 638`, `brook dr 638 railroad`.
 */
function addressKeys(text: string, middleWords: boolean): string[] {
  const comma = text.indexOf(' ,');
  const line = words(comma < 0 ? text : text.slice(0, comma));
  const place = comma < 0 ? '' : text.slice(comma);
  if (line.length < 2 || !/^[0-9]/.test(line[0]!)) return rotations(line, [], place, middleWords);
  const unit = line.findIndex((word, index) => index > 1 && /^[0-9]+$/.test(word));
  const street = unit < 0 ? line.slice(1) : line.slice(1, unit);
  const behind = unit < 0 ? [line[0]!] : [line[0]!, ...line.slice(unit)];
  return [
    line.join(' ') + place,
    ...withoutDirection(line[0]!, street, behind.slice(1), place),
    ...rotations(street, behind, place, middleWords),
  ];
}

/** `118 w alder ln` is asked for as `118 alder`, too: the direction goes to the end. */
function withoutDirection(house: string, street: readonly string[], unit: readonly string[], place: string): string[] {
  const first = street.findIndex(isTelling);
  return first > 0 ? [[house, ...street.slice(first), ...unit, ...street.slice(0, first)].join(' ') + place] : [];
}

const isTelling = (word: string): boolean => word.length > 1 && !isCommonStreetWord(word);

function rotations(
  street: readonly string[],
  behind: readonly string[],
  place: string,
  middleWords: boolean,
): string[] {
  const telling = street.flatMap((word, index) => (isTelling(word) ? [index] : []));
  const [first = 0, ...later] = telling;
  return [
    // What stands before the first telling word is a direction: `n main st` is asked for as main.
    [...street.slice(first), ...behind, ...street.slice(0, first)].join(' ') + place,
    ...(middleWords ? later : []).map((start) =>
      [...street.slice(start), ...behind, ...street.slice(0, start)].join(' '),
    ),
  ];
}

const SHORTEST_WORD = 3;

/** Words of a fact that belong to the vocabulary, against which typing errors are corrected. */
export function vocabularyOf({ kind, text }: Fact): string[] {
  const isName = kind === 'name' || (CONTACTS.has(kind) && !text.includes('@'));
  if (!isName && kind !== 'address') return [];
  const comma = text.indexOf(' ,');
  return words(comma < 0 ? text : text.slice(0, comma)).filter(
    (word) => word.length >= SHORTEST_WORD && /^\p{L}+$/u.test(word) && !isCommonStreetWord(word),
  );
}
