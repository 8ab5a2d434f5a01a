import { fold, words } from './fold.ts';

/** Street words that are written in several ways (USPS Publication 28), as one of them. */
const STREET_WORDS: Readonly<Record<string, string>> = {
  street: 'st',
  str: 'st',
  avenue: 'ave',
  av: 'ave',
  aven: 'ave',
  road: 'rd',
  drive: 'dr',
  drv: 'dr',
  lane: 'ln',
  court: 'ct',
  crt: 'ct',
  circle: 'cir',
  circ: 'cir',
  boulevard: 'blvd',
  boul: 'blvd',
  place: 'pl',
  plaza: 'plz',
  square: 'sq',
  terrace: 'ter',
  terr: 'ter',
  parkway: 'pkwy',
  parkwy: 'pkwy',
  pky: 'pkwy',
  highway: 'hwy',
  hiway: 'hwy',
  trail: 'trl',
  turnpike: 'tpke',
  expressway: 'expy',
  freeway: 'fwy',
  heights: 'hts',
  crossing: 'xing',
  alley: 'aly',
  point: 'pt',
  ridge: 'rdg',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
  northeast: 'ne',
  northwest: 'nw',
  southeast: 'se',
  southwest: 'sw',
  mount: 'mt',
  fort: 'ft',
  saint: 'st',
  first: '1st',
  second: '2nd',
  third: '3rd',
  fourth: '4th',
  fifth: '5th',
  sixth: '6th',
  seventh: '7th',
  eighth: '8th',
  ninth: '9th',
  tenth: '10th',
};

/** Words before a unit's number, which say nothing themselves: `Apt 4` and `#4` are `4`. */
const UNIT_WORDS = new Set(['apt', 'apartment', 'unit', 'ste', 'suite', 'rm', 'room', 'no']);

const PLAIN_STREET_WORDS = new Set(Object.values(STREET_WORDS));

/** Whether a word tells nothing of its own: `st`, `ave`, `n`. */
export const isCommonStreetWord = (word: string): boolean => PLAIN_STREET_WORDS.has(word) && !/^[0-9]/.test(word);

/** Words of an address line with one spelling for each street word and without unit words. */
export function streetWords(line: string): string[] {
  const typed = words(fold(line));
  return typed.flatMap((word, index) => {
    // `Unit St` is a street; a unit word before a number is none.
    if (UNIT_WORDS.has(word) && index > 0) return [];
    return [STREET_WORDS[word] ?? word];
  });
}

/**
 * What an unfinished last word may become: `aven` is on its way to `avenue`, which is kept as `ave`;
 * an empty text stands for a unit word, which is not kept at all.
 */
export function unfinishedStreetWord(word: string): string[] {
  const forms = new Set<string>();
  if (word.length < 2) return [];
  for (const [long, short] of Object.entries(STREET_WORDS)) {
    if (long.startsWith(word) && !short.startsWith(word)) forms.add(short);
  }
  for (const unit of UNIT_WORDS) if (unit.startsWith(word)) forms.add('');
  return [...forms];
}
