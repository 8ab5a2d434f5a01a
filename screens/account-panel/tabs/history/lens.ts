import type { HistoryRow } from '#services/history/list.ts';
import type { ListLens } from '#ui/table/lens.ts';
import type { PanelSubject } from '../../tab.ts';
import { chromeRows } from './chrome.ts';
import { historyColumns } from './columns.ts';
import { allRows, fetchMore } from './load.ts';
import type { HistoryState } from './model.ts';

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
