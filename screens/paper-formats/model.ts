import { PAPER_LABELS } from '#domain/paper-kinds.ts';
import type { FormatRow } from '#services/paper/formats.ts';
import type { ScreenContext } from '#ui/screen.ts';
import type { Column } from '#ui/table/columns.ts';
import type { ListLens } from '#ui/table/lens.ts';
import { type ListState, newList } from '#ui/table/model.ts';

export interface FormatsState {
  readonly list: ListState;
  readonly rows: readonly FormatRow[];
}

export type FormatsContext = ScreenContext<undefined, FormatsState>;

export const createFormats = (): FormatsState => ({ list: newList(), rows: [] });

const stateOf = ({ standard, active, system }: FormatRow): string =>
  [standard ? 'standard' : '', system ? 'system' : '', active ? '' : 'out of use'].filter(Boolean).join(', ');

const columns: readonly Column<FormatRow>[] = [
  { id: 'kind', title: 'Paper', min: 15, priority: 8, text: (row) => PAPER_LABELS[row.kind] },
  { id: 'code', title: 'Format', min: 14, max: 30, grow: 1, priority: 9, text: (row) => row.code },
  { id: 'name', title: 'Name', min: 18, max: 50, grow: 3, priority: 7, text: (row) => row.name },
  { id: 'state', title: 'State', min: 16, priority: 6, text: stateOf, tone: () => 'dim' },
];

export const lens: ListLens<undefined, FormatsState, FormatRow> = {
  scope: 'formats',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: () => columns,
  key: (row) => row.code,
  height: (size) => size.rows,
  name: 'paper-formats',
};
