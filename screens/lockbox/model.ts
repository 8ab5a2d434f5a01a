import type { LockboxFileRow, LockboxItemRow } from '#services/lockbox/list.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { type ListState, newList } from '#ui/table/model.ts';

export type StatusFilter = LockboxItemRow['status'] | 'all';

export interface LockboxState {
  readonly list: ListState;
  readonly rows: readonly LockboxItemRow[];
  /** The file imported last. */
  readonly last: LockboxFileRow | null;
  readonly status: StatusFilter;
  readonly more: boolean;
  readonly fetching: boolean;
}

export type LockboxContext = ScreenContext<undefined, LockboxState>;

export const createLockbox = (): LockboxState => ({
  list: newList(),
  rows: [],
  last: null,
  status: 'exception',
  more: false,
  fetching: false,
});
