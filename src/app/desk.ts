import type { ScreenContext } from '#ui/screen.ts';

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
  | 'confirm'
  | 'choose'
  | 'form'
  | 'show'
  | 'showSecret'
  | 'copy'
  | 'exportList'
  | 'find'
  | 'recent'
>;
