import type { BatchRow } from '#services/batches/list.ts';
import type { ListLens } from '#ui/table/lens.ts';
import { columns } from './columns.ts';
import { more } from './fetch.ts';
import type { BatchesState } from './model.ts';

/** The line that says what is shown, or how far posting is. */
const HEAD = 1;

export const lens: ListLens<undefined, BatchesState, BatchRow> = {
  scope: 'batches',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: () => columns,
  key: (batch) => batch.id,
  height: (size) => size.rows - HEAD,
  name: 'batches',
  nearEnd: more,
};
