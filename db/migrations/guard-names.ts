import { guardNames } from './2026-11-22-guards.ts';
import { appendOnlyGuards } from './2026-11-26-append-only.ts';
import { postingGuards } from './2026-11-26-posting.ts';

/** Triggers that a database of this engine must have: nothing logged or posted may change without them. */
export const guardsOf = (engine: 'sqlite' | 'postgresql'): readonly string[] => [
  ...guardNames,
  ...appendOnlyGuards[engine],
  ...postingGuards,
];
