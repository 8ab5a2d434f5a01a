import type { Difference } from '#ui/form/merge.ts';
import type { ScreenContext } from '#ui/screen.ts';
import type { ConflictFacts } from './overlays/conflict.tsx';

/**
 * What anything on the screen can do besides changing its own state: ask, tell, call, go.
 * The same for screens, overlays and the commands that work everywhere.
 */
export type Desk = Pick<
  ScreenContext<unknown, unknown>,
  | 'actor'
  | 'today'
  | 'call'
  | 'open'
  | 'toast'
  | 'tell'
  | 'confirm'
  | 'choose'
  | 'pickMany'
  | 'form'
  | 'show'
  | 'showSecret'
  | 'copy'
  | 'exportList'
  | 'readFile'
  | 'files'
  | 'paper'
  | 'saveDocument'
  | 'deliver'
  | 'find'
  | 'recent'
  | 'drafts'
> & {
  /** Asks what becomes of fields that somebody else changed meanwhile; null when left. */
  readonly resolve: (
    facts: ConflictFacts,
    edit: (difference: Difference) => Promise<string | null>,
  ) => Promise<readonly Difference[] | null>;
};
