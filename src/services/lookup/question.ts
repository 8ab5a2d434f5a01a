import { fold, foldEmail, foldIdentifier, phoneDigits, words } from '#db/search/fold.ts';
import { cutToKey } from '#db/search/keys.ts';
import type { KeyKind } from '#db/search/kinds.ts';
import type { Permission } from '#domain/permissions.ts';
import { isCommonStreetWord, streetWords, unfinishedStreetWord } from '#db/search/street.ts';

/** One range of the index: keys of a kind that begin so, and have these further word beginnings. */
export interface Ask {
  readonly kind: KeyKind;
  readonly prefix: string;
  readonly others: readonly string[];
  /** Numbers among them that are typed to their end: `11` then is not `118`. */
  readonly whole: readonly string[];
}

/** What was typed, understood. */
export interface Question {
  /** The words as names are compared. */
  readonly words: readonly string[];
  /** Ranges that answer most questions at once. */
  readonly asks: readonly Ask[];
  /** Further ones, for words in another order: asked only when the first gave little. */
  readonly wider: readonly Ask[];
}

const IDENTIFIERS: readonly KeyKind[] = [
  'accountNumber',
  'customerNumber',
  'locationNumber',
  'customerAltId',
  'locationAltId',
  'parcel',
  'meter',
  'removedMeter',
];
const METERS: readonly KeyKind[] = ['meter', 'removedMeter'];
const CONTACTS: readonly KeyKind[] = ['contact', 'locationContact'];
const FIELDS: readonly KeyKind[] = ['customerField', 'locationField'];
const PLACES: readonly KeyKind[] = ['address', 'mailing'];

/** What may stand before a colon to ask for one kind of thing only. */
const ONLY: Readonly<Record<string, readonly KeyKind[]>> = {
  m: METERS,
  p: ['phone', ...CONTACTS],
  e: ['email', ...CONTACTS],
  n: ['name', ...CONTACTS],
  a: PLACES,
  f: FIELDS,
};

const SHORTEST_PHONE = 3;
const LONGEST_HOUSE_NUMBER = 6;

const ask = (kind: KeyKind, prefix: string, others: readonly string[] = [], last?: string): Ask => ({
  kind,
  prefix,
  others,
  whole: others.filter((word) => isNumber(word) && word !== last),
});

const isNumber = (word: string): boolean => /^[0-9]/.test(word);

/** What must be held besides the look-up itself to find by a kind of key: it tells what the right keeps. */
const NEEDED: Partial<Record<KeyKind, Permission>> = {
  contact: 'contacts.read',
  locationContact: 'contacts.read',
  customerField: 'customers.read',
  locationField: 'locations.read',
};

/** The question without what somebody may not read. */
export function readableBy(question: Question, holds: (permission: Permission) => boolean): Question {
  const readable = ({ kind }: Ask): boolean => NEEDED[kind] === undefined || holds(NEEDED[kind]);
  return { ...question, asks: question.asks.filter(readable) };
}

/** Understands what was typed: which kinds of keys it may be the beginning of. */
export function understand(text: string): Question {
  const typed = text.trim();
  const only = /^([a-z]):(.*)$/is.exec(typed);
  const kinds = only ? ONLY[only[1]!.toLowerCase()] : undefined;
  const question = ofText(kinds ? only![2]!.trim() : typed);
  if (!kinds) return question;
  const among = ({ kind }: Ask) => kinds.includes(kind);
  return { ...question, asks: question.asks.filter(among), wider: question.wider.filter(among) };
}

function ofText(typed: string): Question {
  const list = words(fold(typed));
  if (typed.includes('@')) {
    const asks = [ask('email', foldEmail(typed)), ...contactsAsked(foldEmail(typed)), ...fieldsAsked(typed)];
    return { words: [], asks, wider: [] };
  }
  if (list.length === 0) return { words: [], asks: [], wider: [] };
  const asks = /\p{L}/u.test(typed) ? lettersAsked(typed, list) : digitsAsked(typed, list);
  const wider = /\p{L}/u.test(typed) && list.length > 1 ? widerAsks(list, streetWords(typed)) : [];
  asks.push(...fieldsAsked(typed));
  return { words: list, asks: asks.filter(({ prefix }) => prefix !== ''), wider };
}

/** With commas between thousands, as amounts are shown. */
const GROUPED = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;

/** Custom fields hold texts of any look, an e-mail address as well as a number: all are asked for as words. */
function fieldsAsked(typed: string): Ask[] {
  const forms = [fold(typed), ...(GROUPED.test(typed) ? [fold(typed.replaceAll(',', ''))] : [])];
  return forms.filter((form) => form !== '').flatMap((form) => FIELDS.map((kind) => ask(kind, cutToKey(form))));
}

const identifiers = (text: string): Ask[] => IDENTIFIERS.map((kind) => ask(kind, foldIdentifier(text)));

/** Digits and punctuation only: a number of something, a telephone, a house. */
function digitsAsked(typed: string, list: readonly string[]): Ask[] {
  const digits = phoneDigits(typed);
  if (/^[+(]/.test(typed)) return [ask('phone', digits), ...contactsAsked(digits)];
  const house = list.length === 1 && list[0]!.length <= LONGEST_HOUSE_NUMBER;
  return [
    ...identifiers(typed),
    ...(digits.length >= SHORTEST_PHONE ? [ask('phone', digits), ...contactsAsked(digits)] : []),
    ...(house ? [ask('address', `${list[0]} `)] : []),
  ];
}

/** Something with letters: a name, a street, both; in one piece also an identifier or the beginning of an e-mail. */
function lettersAsked(typed: string, list: readonly string[]): Ask[] {
  const street = streetWords(typed);
  const place = street.join(' ');
  const unfinished = list.length > 1 ? unfinishedStreetWord(list.at(-1)!) : [];
  return [
    ask('name', list.join(' ')),
    ...contactsAsked(list.join(' ')),
    ...joinedInitial(list),
    ...PLACES.map((kind) => ask(kind, place)),
    ...unfinished.map((form) => ask('address', [...street.slice(0, -1), form].join(' ').trim())),
    ...residentAsked(list),
    ...(/^\S+$/.test(typed) ? inOnePiece(typed) : []),
  ];
}

/** Without a digit it can only be the end of a customer's number that has letters (`NEVHP` of `0379-NEVHP`). */
const inOnePiece = (typed: string): Ask[] => [
  ...(/[0-9]/.test(typed) ? identifiers(typed) : [ask('customerNumber', foldIdentifier(typed))]),
  ask('email', foldEmail(typed)),
];

const contactsAsked = (text: string): Ask[] => CONTACTS.map((kind) => ask(kind, text));

/** `o brien` is how some type O'Brien. */
function joinedInitial(list: readonly string[]): Ask[] {
  if (list.length < 2 || list[0]!.length > 1) return [];
  return [ask('name', [list[0]! + list[1]!, ...list.slice(2)].join(' '))];
}

/** A name with a ZIP or a house number, in either order: the name comes first in the index. */
function residentAsked(list: readonly string[]): Ask[] {
  const numbers = list.filter(isNumber);
  const names = list.filter((word) => !isNumber(word));
  if (numbers.length === 0 || names.length === 0) return [];
  return [ask('resident', [...names, ...numbers].join(' '))];
}

/**
 * The words of any order: one of them begins a key, the others are somewhere in it. With a
 * number among them a place is meant, or a name at a place.
 */
function widerAsks(list: readonly string[], street: readonly string[]): Ask[] {
  const [longest = '', second = '', ...rest] = list.toSorted((a, b) => b.length - a.length);
  const names = [
    ask('name', `${longest} ${second}`, rest),
    ask('name', `${second} ${longest}`, rest),
    ask('name', longest, without(list, longest), list.at(-1)),
  ].filter(({ prefix, others }) => others.length > 0 || prefix !== list.join(' '));
  const places = placeAsks(street);
  const residents = byResidentsName(list);
  const asks = list.some(isNumber) ? [...places, ...residents, ...names] : [...names, ...places, ...residents];
  return asks.filter(({ prefix }) => prefix !== '');
}

/**
 * A house number leaves fewest places, then the longest word. Last without the words that say
 * what kind of street it is: people take a lane for a drive.
 */
function placeAsks(street: readonly string[]): Ask[] {
  const number = street.find((word) => isNumber(word) && word.length <= LONGEST_HOUSE_NUMBER);
  const [longest] = street.filter((word) => !isNumber(word)).toSorted((a, b) => b.length - a.length);
  const last = street.at(-1);
  const telling = street.filter((word) => !isCommonStreetWord(word));
  const houses = number === undefined ? [] : [number];
  return [
    ...houses.map((house) => ask('address', `${house} `, without(street, house), last)),
    ...(longest === undefined ? [] : [ask('address', longest, without(street, longest), last)]),
    ...(telling.length === street.length ? [] : houses).map((house) =>
      ask('address', `${house} `, without(telling, house), last),
    ),
  ];
}

/** `ana smith 78701`, `smith alder`: each word may be the family name that the key begins with. */
const byResidentsName = (list: readonly string[]): Ask[] =>
  list
    .filter((word) => !isNumber(word) && word.length > 2)
    .slice(0, 2)
    .map((word) => ask('resident', `${word} `, without(list, word), list.at(-1)));

function without(list: readonly string[], word: string): string[] {
  const at = list.indexOf(word);
  return list.toSpliced(at, 1);
}
