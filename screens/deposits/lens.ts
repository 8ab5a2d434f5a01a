import type { RefundCandidate } from '#services/deposits/refund-run.ts';
import type { ListLens } from '#ui/table/lens.ts';
import { columns } from './columns.ts';
import { everything, more } from './fetch.ts';
import type { DepositsState } from './model.ts';

/** The line that says what is listed. */
const HEAD = 1;

export const lens: ListLens<undefined, DepositsState, RefundCandidate> = {
  scope: 'deposits',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: () => columns,
  key: (row) => row.depositId,
  height: (size) => Math.max(3, size.rows - HEAD),
  name: 'deposits',
  nearEnd: more,
  all: everything,
};
