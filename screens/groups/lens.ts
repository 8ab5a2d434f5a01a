import type { GroupRow } from '#services/users/list-groups.ts';
import type { ListLens } from '#ui/table/lens.ts';
import { columns } from './columns.ts';
import type { GroupsState } from './model.ts';

/** Lines below the list: a rule and what the group under the cursor lets its members do. */
const BELOW = 6;

export const lens: ListLens<undefined, GroupsState, GroupRow> = {
  scope: 'groups',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: () => columns,
  key: (group) => group.code,
  height: (size) => Math.max(3, size.rows - BELOW),
  name: 'groups',
};
