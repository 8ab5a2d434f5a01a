import type { TokenRow } from '#services/users/tokens.ts';
import type { ListLens } from '#ui/table/lens.ts';
import { columns } from './columns.ts';
import type { TokensState } from './model.ts';

/** Lines below the list: a rule, and what the token under the cursor may do. */
export const BELOW = 4;

export const lens: ListLens<undefined, TokensState, TokenRow> = {
  scope: 'tokens',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: () => columns,
  key: (token) => String(token.id),
  height: (size) => Math.max(3, size.rows - BELOW),
  name: 'tokens',
};
