import type { PenaltyCandidateRow } from '#services/penalties/review.ts';
import type { ListLens } from '#ui/table/lens.ts';
import { columns } from './columns.ts';
import { everything, more } from './fetch.ts';
import type { PenaltyRunParams, PenaltyRunState } from './model.ts';

/** The lines that tell of the run. */
const HEAD = 2;

export const lens: ListLens<PenaltyRunParams | undefined, PenaltyRunState, PenaltyCandidateRow> = {
  scope: 'penalty-run',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: () => columns,
  key: (row) => row.id,
  height: (size) => Math.max(3, size.rows - HEAD),
  name: 'penalties',
  nearEnd: more,
  all: everything,
};
