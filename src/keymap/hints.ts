import type { BoundCommand } from './bind.ts';
import { keyName } from './names.ts';

/** One hint of the footer: the key cap and the word. */
export interface Hint {
  readonly key: string;
  readonly label: string;
}

const cells = (hint: Hint) => hint.key.length + 1 + hint.label.length;

/**
 * As many hints as fit, the most important first; `first` are always there. Commands that are
 * not possible now give their place to others. Keys of an inner scope hide the same key outside.
 */
export function footerHints(
  scopes: readonly (readonly BoundCommand[])[],
  width: number,
  first: readonly Hint[] = [],
): { readonly hints: readonly Hint[]; readonly more: boolean } {
  const taken = new Set<string>(first.map((hint) => hint.key));
  const wanted: { hint: Hint; weight: number }[] = [];
  for (const scope of scopes) {
    const here = new Set<string>();
    for (const command of scope) {
      const key = command.keys[0];
      if (key) here.add(keyName(key));
      if (!command.hint || !key || taken.has(keyName(key)) || command.when() !== true) continue;
      wanted.push({ hint: { key: keyName(key), label: command.hint }, weight: command.footer });
    }
    for (const key of here) taken.add(key);
  }
  wanted.sort((a, b) => b.weight - a.weight);
  const hints = [...first];
  let used = first.reduce((sum, hint) => sum + cells(hint) + 2, 0);
  let more = false;
  for (const { hint } of wanted) {
    if (used + cells(hint) > width) {
      more = true;
      continue;
    }
    used += cells(hint) + 2;
    hints.push(hint);
  }
  return { hints, more };
}
