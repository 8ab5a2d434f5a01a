import type { UserRow } from '#services/users/list.ts';
import type { ListLens } from '#ui/table/lens.ts';
import { columns } from './columns.ts';
import type { UsersState } from './model.ts';

export const lens: ListLens<undefined, UsersState, UserRow> = {
  scope: 'users',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: () => columns,
  key: (user) => user.username,
  height: (size) => size.rows,
  name: 'users',
};
