import { codeTable } from '#domain/code-tables/index.ts';
import type { CodeTable } from '#domain/code-tables/table.ts';
import type { CodeRow } from '#services/code-tables/store.ts';
import type { Column } from '#ui/table/columns.ts';
import { currentRow, type ListLens } from '#ui/table/lens.ts';
import { codeColumns, TABLES_ALONE } from './columns.ts';
import type { SetupEntry, SetupParams, SetupState } from './model.ts';

type Params = SetupParams | undefined;

/** Lines below the lists: a rule, and what the table is for. */
export const BELOW = 3;

export const tables: ListLens<Params, SetupState, SetupEntry> = {
  scope: 'setup',
  get: (state) => state.tables,
  set: (_, list) => ({ tables: list }),
  rows: (state) => state.entries,
  columns: () => TABLES_ALONE,
  key: (entry) => entry.key,
  height: (size) => Math.max(3, size.rows - BELOW),
  name: 'setup',
  active: (state) => state.pane === 'tables',
};

const known = new Map<string, readonly Column<CodeRow>[]>();

/** The columns of a table, made once: lists are laid out anew when their columns change. */
function columnsFor(table: CodeTable): readonly Column<CodeRow>[] {
  const columns = known.get(table.name) ?? codeColumns(table);
  known.set(table.name, columns);
  return columns;
}

const NONE: readonly Column<CodeRow>[] = [];

export const codes: ListLens<Params, SetupState, CodeRow> = {
  scope: 'codes',
  get: (state) => state.codes,
  set: (_, list) => ({ codes: list }),
  rows: (state) => state.rows,
  columns: (state) => {
    const table = shownTable(state);
    return table ? columnsFor(table) : NONE;
  },
  key: (row) => row.id,
  height: (size) => Math.max(3, size.rows - BELOW),
  name: 'codes',
  active: (state) => state.pane === 'codes',
};

/** The table whose codes are shown. */
export const shownTable = (state: SetupState): CodeTable | undefined =>
  state.shown === null ? undefined : codeTable(state.shown);

/** The entry under the cursor on the left. */
export const currentEntry = (state: SetupState): SetupEntry | undefined => currentRow(tables, state);

export const currentCode = (state: SetupState): CodeRow | undefined => currentRow(codes, state);
