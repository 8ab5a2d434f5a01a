import type { ListLens } from '#ui/table/lens.ts';
import { arColumns } from './columns.ts';
import type { ArLine, ArParams, ArState } from './model.ts';

/** Lines around the list: whose and the opening balance above, closing balance and ageing below. */
const AROUND = 3;

export const lens: ListLens<ArParams | undefined, ArState, ArLine> = {
  scope: 'ar',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: ({ answer }) => arColumns(new Set(answer?.rows.map(({ accountId }) => accountId)).size > 1),
  key: ({ key }) => key,
  height: (size) => Math.max(3, size.rows - AROUND),
  name: 'ar-history',
};
