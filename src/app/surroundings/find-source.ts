import type { Call } from '#services/operation.ts';
import type { Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';

/** Something that the find box found. */
export interface FindHit {
  readonly key: string;
  /** One line, what it is and how to tell it from others. */
  readonly line: (width: number, theme: Theme) => readonly Segment[];
  /** An identifier equal to what was typed: Enter opens it at once. */
  readonly exact: boolean;
  readonly screenId: string;
  readonly params: unknown;
}

/** What was found, and a word about it: what was understood instead. */
export interface FindResult {
  readonly hits: readonly FindHit[];
  readonly note: string;
}

/** Looks the data up; called at every keystroke. */
export type FindSource = (call: Call, text: string, limit: number, signal: AbortSignal) => Promise<FindResult>;
