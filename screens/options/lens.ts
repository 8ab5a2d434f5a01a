import type { ListLens } from '#ui/table/lens.ts';
import { columns } from './columns.ts';
import type { Option, OptionsState } from './model.ts';

/** Lines below the list: a rule, what the option under the cursor means, its value and its standard. */
export const BELOW = 6;

export const lens: ListLens<undefined, OptionsState, Option> = {
  scope: 'options',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: () => columns,
  key: (option) => option.name,
  height: (size) => Math.max(3, size.rows - BELOW),
  name: 'options',
};
