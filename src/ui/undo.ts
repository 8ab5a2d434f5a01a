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
   * Puts back what was there before, by the operation that changed it, over the record as it stands
   * now; answers how it stands then (version 0 where it is no more), and the one beside it.
   * @throws Failure `conflict` or `not_found` when somebody has changed the record since
   */
  readonly back: (now: Standing, beside: Standing) => Promise<Taken>;
  /** Another record that was changed with it: its version before, and the one made. */
  readonly beside?: { readonly record: string; readonly from: number; readonly version: number };
  /** What does not come back with it, in a sentence. */
  readonly lost?: string;
}

/** A record at its version of now; `recordId` where it was brought back as another one since. */
export interface Standing {
  readonly version: number;
  readonly recordId?: number;
}

/** How records stand after a change was taken back. */
export interface Taken extends Standing {
  readonly beside?: number;
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

/** What operations answer with: a version, or nothing where the record is gone. */
interface Answer {
  readonly id?: number;
  readonly version?: number;
  readonly other?: { readonly version: number } | null;
}

/** Records as they stand, for a call over one of which more than the version may be another. */
export interface StandingNow {
  readonly recordId?: number;
  readonly beside: Standing;
}

/** The call that takes a change back, over the version of then; `how` is to go with it. */
export type Reverse = (version: number, how: CallOptions, now: StandingNow) => Promise<Answer>;

/**
 * What `undo` of a form answers: the operation once more, with what was there before.
 *
 *     undo: ({ version }, { before }) =>
 *       takingBack(`customer ${id}`, version, (at, how) => ctx.call(setNotices, { id, version: at, ...before }, how)),
 */
export const takingBack = (
  record: string,
  made: number,
  reverse: Reverse,
  more: Pick<TakeBack, 'beside' | 'lost'> = {},
): TakeBack => ({
  record,
  version: made,
  back: async ({ version, recordId }, beside) => {
    const { id, version: now = 0, other } = await reverse(version, UNDONE, { recordId, beside });
    return { version: now, recordId: id ?? recordId, ...(other ? { beside: other.version } : {}) };
  },
  ...more,
});

/** A change that is made without a form. */
export interface Change<T> {
  /** What is done, as the operator will know it when it is undone: `Suspend Bank draft First Bank`. */
  readonly title: string;
  readonly record: string;
  /** The version that is changed; 0 where there is none. */
  readonly version: number;
  readonly run: () => Promise<T>;
  /** What takes it back, seen what it did; null where nothing can. */
  readonly back: (done: T) => Reverse | null;
}

/** Makes a change that `U` takes back. */
export async function undoably<T extends Answer>(keeper: UndoKeeper, change: Change<T>): Promise<T> {
  const { title, record, version: from, run, back } = change;
  const done = await run();
  const reverse = back(done);
  const made = done.version ?? 0;
  if (!reverse) keeper.passed(title);
  else if (made !== from || from === 0) keeper.add({ title, from, ...takingBack(record, made, reverse) });
  return done;
}

/**
 * Sets one thing to another value; `U` sets it to the value before, by the same operation.
 *
 *     await setting(ctx.undo, { title, record, version, before: yes, after: !yes }, (yes, version, how) =>
 *       ctx.call(setOwnerCopy, { accountId, version, ownerCopy: yes }, how));
 */
export const setting = <V, T extends Answer>(
  keeper: UndoKeeper,
  { before, after, ...named }: Omit<Change<T>, 'run' | 'back'> & { readonly before: V; readonly after: V },
  set: (value: V, version: number, how?: CallOptions) => Promise<T>,
): Promise<T> =>
  undoably(keeper, {
    ...named,
    run: () => set(after, named.version),
    back: () => (version, how) => set(before, version, how),
  });
