/** A text without case and accents, each of its characters remembering where it stood. */
interface Folded {
  readonly text: string;
  /** Place in the original of each place in `text`, and one more for the end. */
  readonly at: readonly number[];
}

const ASCII = /^[^\u0080-\u{10FFFF}]*$/u;

/** For comparing only: case, accents, ligatures and width forms do not count. */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().replaceAll('\u0000', '');
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}|\p{Cf}/gu, '')
    .replaceAll('\u0000', '')
    .toLowerCase();
}

function foldWithPlaces(text: string): Folded {
  let folded = '';
  const at: number[] = [];
  let place = 0;
  for (const character of text) {
    const plain = foldText(character);
    folded += plain;
    for (let index = 0; index < plain.length; index += 1) at.push(place);
    place += character.length;
  }
  at.push(place);
  return { text: folded, at };
}

/** The words of a search, folded. */
export const searchWords = (search: string): string[] => foldText(search).split(/\s+/).filter(Boolean);

/** Whether every word is somewhere in the texts, in any order, also inside longer words. */
export function matchesAll(words: readonly string[], texts: readonly (string | null)[]): boolean {
  const folded = foldText(texts.filter((text) => text !== null).join('\u0001'));
  return words.every((word) => folded.includes(word));
}

/** A stretch of a text, from a place up to another. */
export type Stretch = readonly [from: number, to: number];

const LETTER = /[\p{L}\p{N}]/u;

/** Where in a text the words stand, from left to right, overlapping ones joined; with `starts` only where a word begins. */
export function matchStretches(words: readonly string[], text: string, starts = false): Stretch[] {
  const { text: folded, at } = foldWithPlaces(text);
  const found: [number, number][] = [];
  for (const word of words) {
    for (let from = folded.indexOf(word); from >= 0; from = folded.indexOf(word, from + 1)) {
      if (starts && from > 0 && LETTER.test(folded[from - 1]!)) continue;
      const end = from + word.length;
      // The end is where the next original character begins, so that its accents belong to it.
      let to = at[end]!;
      for (let next = end; to === at[end - 1] && next < at.length; next += 1) to = at[next]!;
      found.push([at[from]!, to]);
    }
  }
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const joined: [number, number][] = [];
  for (const stretch of found) {
    const last = joined.at(-1);
    if (last && stretch[0] <= last[1]) last[1] = Math.max(last[1], stretch[1]);
    else joined.push(stretch);
  }
  return joined;
}

/**
 * About so many characters of a text, on one line, from where most of the words stand together;
 * the beginning when none is found. A word is found where one begins with it.
 */
export function excerpt(words: readonly string[], text: string, length: number): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  if (flat.length <= length) return flat;
  const found = densest(words, flat, length / 2);
  const wanted = Math.max(0, Math.min(found - Math.floor(length / 3), flat.length - length));
  const from = wanted === 0 ? 0 : flat.indexOf(' ', wanted) + 1 || wanted;
  const end = from + length;
  const to = end >= flat.length ? flat.length : Math.max(flat.lastIndexOf(' ', end), found + 1);
  return `${from > 0 ? '…' : ''}${flat.slice(from, to).toWellFormed()}${to < flat.length ? '…' : ''}`;
}

/** The first place from which the most of the words follow within a reach. */
function densest(words: readonly string[], text: string, reach: number): number {
  const places = words.map((word) => matchStretches([word], text, true).map(([from]) => from));
  let best = { at: 0, words: 0 };
  for (const at of places.flat().sort((a, b) => a - b)) {
    const near = places.filter((one) => one.some((place) => place >= at && place - at <= reach)).length;
    if (near > best.words) best = { at, words: near };
  }
  return best.at;
}
