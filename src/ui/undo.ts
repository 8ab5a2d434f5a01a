import type { CallOptions } from '#services/operation.ts';

/** For the call that takes a change back: the audit trail says so. */
export const UNDONE: CallOptions = { reason: 'undone' };

/** How a saved change is taken back. */
export interface TakeBack {
  /** The record, by the same name in all its forms: `customer 17`. */
  readonly record: string;
  /** The version that the change made; 0 where the record has none to be checked. */
  readonly version: number;
  /**
   * Puts back what was there before, by the operation that changed it, over that version; answers the
   * version then, 0 where the record is no more.
   * @throws Failure `conflict` or `not_found` when somebody has changed the record since
   */
  readonly back: (version: number) => Promise<number>;
}

/** A change that can be taken back. */
export interface Undoable extends TakeBack {
  /** What was done, as the operator knows it: `Edit phone`. */
  readonly title: string;
  /** The version that was changed; 0 where there was none. */
  readonly from: number;
  /** The message of the change says already how it is taken back. */
  readonly told?: boolean;
}

/** Keeps the last changes of the session, to be taken back one after the other. */
export interface UndoKeeper {
  /** Answers a number for `forget`. */
  readonly add: (change: Undoable) => number;
  /** Something was saved that cannot be taken back: what came before it is asked about. */
  readonly passed: (title: string) => void;
  /** The change was taken back in another way. */
  readonly forget: (id: number) => void;
}
