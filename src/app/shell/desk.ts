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
  | 'tell'
  | 'confirm'
  | 'choose'
  | 'pickDay'
  | 'pickMany'
  | 'putInOrder'
  | 'form'
  | 'resolve'
  | 'typed'
  | 'undo'
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
>;
