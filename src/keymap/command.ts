import type { Key } from './keys.ts';

/**
 * Something an operator can do, declared once. The same record feeds dispatch, the
 * footer, help, the palette, the reason shown when it is not possible and the README.
 */
export interface Command<Ctx> {
  /** Stable, `scope.verb`: the handle for remapping, docs and tests. */
  readonly id: `${string}.${string}`;
  /** Imperative, in the operator's words: `Add note`. */
  readonly title: string;
  readonly group: 'record' | 'list' | 'go' | 'app';
  /** Default keys, the preferred one first. */
  readonly keys?: readonly Key[];
  /** Footer label; without one the command is found in help and palette only. */
  readonly hint?: string;
  /** Footer order, higher first. */
  readonly footer?: number;
  /** Permission that the operations behind it ask for; hidden from who lacks it. */
  readonly permission?: string;
  /**
   * False where the part of the screen that it belongs to is not open (another tab): there it
   * does not exist. Parts that are never open together may use the same keys.
   */
  readonly applies?: (ctx: Ctx) => boolean;
  /** `true`, or the reason why not, as shown to the operator. */
  readonly when?: (ctx: Ctx) => true | string;
  /** Keys pressed while it runs are not held back: it works for long, or waits for other things. */
  readonly background?: boolean;
  /** `confirm`: asks first, with Cancel preselected. */
  readonly danger?: 'confirm';
  readonly run: (ctx: Ctx) => void | Promise<void>;
}
