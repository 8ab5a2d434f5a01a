const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Score of a word that begins a word of the text. */
export const WORD_BEGINNING = 80;

/**
 * How well a text answers what was typed, higher is better, 0 is not at all: whole words
 * before beginnings of words, those before inner parts, and letters in order last.
 */
export function fuzzyScore(typed: string, text: string, least = 1): number {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return 1;
  const target = plain(text);
  let total = 0;
  for (const word of words) {
    const score = wordScore(word, target);
    if (score < least) return 0;
    total += score;
  }
  return total / words.length - target.length / 1000;
}

function wordScore(word: string, target: string): number {
  const at = target.indexOf(word);
  if (at === 0) return 100;
  if (at > 0) return /[^\p{L}\p{N}]/u.test(target[at - 1]!) ? WORD_BEGINNING : 50;
  let from = 0;
  for (const letter of word) {
    const found = target.indexOf(letter, from);
    if (found < 0) return 0;
    from = found + 1;
  }
  return word.length < 3 ? 0 : 10;
}

/** The items that answer what was typed, best first; equal ones keep their order; each word scores `least`. */
export function fuzzyRank<T>(typed: string, items: readonly T[], text: (item: T) => string, least = 1): T[] {
  if (typed.trim() === '') return [...items];
  return items
    .map((item) => ({ item, score: fuzzyScore(typed, text(item), least) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}
