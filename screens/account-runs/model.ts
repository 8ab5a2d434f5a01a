import type { Permission } from '#domain/permissions.ts';
import type { ScreenContext } from '#ui/screen.ts';
import type { Column } from '#ui/table/columns.ts';
import { type ListState, newList } from '#ui/table/model.ts';

/** An account that a run would do something about. */
export interface Candidate {
  readonly accountId: number;
  readonly number: string;
  readonly customerName: string;
  readonly movedOutOn: string | null;
  readonly balanceCents: number;
}

export interface RunState<R, F> {
  readonly list: ListState;
  readonly rows: readonly R[];
  /** What the accounts are chosen by. */
  readonly filters: F;
}

export type RunContext<R, F> = ScreenContext<undefined, RunState<R, F>>;

/** A run over many accounts: choose them, look through them, leave some out, do it. */
export interface AccountRun<R extends Candidate, F> {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly permission: Permission;
  readonly filters: F;
  /** Which accounts are listed, in words. */
  readonly which: (filters: F) => string;
  readonly columns: readonly Column<R>[];
  readonly empty: string;
  readonly fetch: (ctx: RunContext<R, F>) => Promise<readonly R[]>;
  /** What each account would be paid, or written off. */
  readonly centsOf: (row: R) => number;
  /** Asks for other filters; null when left. */
  readonly narrow: (ctx: RunContext<R, F>) => Promise<F | null>;
  /** Footer and title of the key that does it. */
  readonly verb: string;
  /** Asks what else there is to say, and for a yes to `lines`; does it; answers what to tell, or null when left. */
  readonly run: (
    ctx: RunContext<R, F>,
    accountIds: readonly number[],
    lines: readonly string[],
  ) => Promise<string | null>;
}

export const newRun = <R, F>(filters: F): RunState<R, F> => ({ list: newList(), rows: [], filters });
