import type { PenaltyRunRow } from '#services/penalties/review.ts';
import type { ListLens } from '#ui/table/lens.ts';
import { columns } from './columns.ts';
import type { PenaltiesState } from './model.ts';

/** The line that tells how far a calculation is. */
const HEAD = 1;

export const lens: ListLens<undefined, PenaltiesState, PenaltyRunRow> = {
  scope: 'penalties',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: () => columns,
  key: (run) => run.id,
  height: (size) => Math.max(3, size.rows - HEAD),
  name: 'penalty-runs',
};
