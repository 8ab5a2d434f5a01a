import type { LockboxFileRow, LockboxItemRow } from '#services/lockbox/list.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { type ListState, newList } from '#ui/table/model.ts';
import { noPages, type Pages } from '#ui/table/pages.ts';

export type StatusFilter = LockboxItemRow['status'] | 'all';

export interface LockboxState extends Pages<LockboxItemRow> {
  readonly list: ListState;
  /** The file imported last. */
  readonly last: LockboxFileRow | null;
  readonly status: StatusFilter;
}

export type LockboxContext = ScreenContext<undefined, LockboxState>;

export const createLockbox = (): LockboxState => ({
  ...noPages,
  list: newList(),
  last: null,
  status: 'exception',
});
