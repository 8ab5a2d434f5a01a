/** Letters of a word that count for typing errors; what follows is compared only afterwards. */
export const PREFIX_LETTERS = 7;

/**
 * The beginning of a word, and it with each one letter left out: two words that share one
 * of these are at most a few typing errors apart (symmetric deletion).
 */
export function deletions(word: string): string[] {
  const letters = [...word].slice(0, PREFIX_LETTERS);
  const found = new Set([letters.join('')]);
  for (let gap = 0; gap < letters.length; gap++) found.add(letters.toSpliced(gap, 1).join(''));
  return [...found];
}
