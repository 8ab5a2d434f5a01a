import type { UsageRow } from '#services/usage/list.ts';
import type { ListLens } from '#ui/table/lens.ts';
import type { Size } from '#ui/screen.ts';
import type { PanelSubject } from '../../tab.ts';
import { usageColumns } from './columns.ts';
import type { UsageState } from './model.ts';

/** Lines of the list and of what is below it, in a tab of this size: the heading and a rule take one each. */
export function usageLayout({ rows }: Size): { list: number; lower: number } {
  const room = Math.max(6, rows - 2);
  const below = Math.max(4, Math.min(11, room >> 1));
  return { list: room - below, lower: below };
}

export const usageLens: ListLens<PanelSubject, UsageState, UsageRow> = {
  scope: 'usage',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: (state) => usageColumns(state.scope),
  key: (row) => row.id,
  height: (size) => usageLayout(size).list,
  name: 'usage',
};
