import type { HistoryRow } from '#services/history/list.ts';
import type { ListLens } from '#ui/table/lens.ts';
import type { Size } from '#ui/screen.ts';
import type { PanelSubject } from '../../tab.ts';
import { historyColumns } from './columns.ts';
import { allRows, fetchMore } from './load.ts';
import type { HistoryState } from './model.ts';

/** From so many lines on, ageing has one of its own. */
const ROOM_FOR_AGEING = 9;

/** Lines of the tab that are not the list: the heading, and where there is room the ageing. */
export const chromeRows = ({ rows }: Size): number => (rows < ROOM_FOR_AGEING ? 1 : 2);

export const historyLens: ListLens<PanelSubject, HistoryState, HistoryRow> = {
  scope: 'history',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: (state) => historyColumns(state.scope),
  key: (row) => row.id,
  height: (size) => size.rows - chromeRows(size),
  name: 'history',
  active: (state) => state.details === null,
  nearEnd: (ctx) => {
    const { sort, filter } = ctx.get().list;
    return fetchMore(ctx, sort !== null || filter !== '');
  },
  all: (ctx) => allRows(ctx),
  sorted: (ctx) => fetchMore(ctx, true),
};
