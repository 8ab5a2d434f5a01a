import type { ScreenContext, Size } from '../screen.ts';
import type { Column } from './columns.ts';
import { arrange } from './arrange.ts';
import { clampList, type ListBounds, type ListState, type RowKey } from './model.ts';
import { TABLE_CHROME } from './chrome.ts';

/**
 * Where a list lives in the state of its screen. With it the standard commands, the filter
 * input and the export work on any list of any screen.
 */
export interface ListLens<P, S, R> {
  /** Scope of the command ids: `history` gives `history.down`. */
  readonly scope: string;
  readonly get: (state: S) => ListState;
  readonly set: (state: S, list: ListState) => Partial<S>;
  readonly rows: (state: S) => readonly R[];
  readonly columns: (state: S) => readonly Column<R>[];
  readonly key: (row: R) => RowKey;
  /** Lines that the table gets in a body of this size (heading and status line included). */
  readonly height: (size: Size, state: S) => number;
  /** Name of an exported file, and of what is copied. */
  readonly name: string;
  /** False while another part of the screen is open. */
  readonly active?: (state: S) => boolean;
  /** Called when the cursor comes near the end of what was fetched: lists paged from the database. */
  readonly nearEnd?: (ctx: ScreenContext<P, S>) => void | Promise<void>;
  /** All rows for copy and export, where the screen holds only a part of them. */
  readonly all?: (ctx: ScreenContext<P, S>) => Promise<readonly R[]>;
  /** Called after the order was changed, where the database sorts. */
  readonly sorted?: (ctx: ScreenContext<P, S>) => void | Promise<void>;
}

/** The rows of a list as shown. */
export const shownRows = <P, S, R>(lens: ListLens<P, S, R>, state: S): readonly R[] =>
  arrange(lens.rows(state), lens.columns(state), lens.get(state));

/** How many rows are shown and how many fit on a page. */
export const listBounds = <P, S, R>(lens: ListLens<P, S, R>, state: S, size: Size): ListBounds => ({
  count: shownRows(lens, state).length,
  height: Math.max(1, lens.height(size, state) - TABLE_CHROME),
});

/** The row under the cursor; undefined in an empty list. */
export function currentRow<P, S, R>(lens: ListLens<P, S, R>, state: S): R | undefined {
  const rows = shownRows(lens, state);
  return rows[Math.max(0, Math.min(lens.get(state).cursor, rows.length - 1))];
}

/** The marked rows in the order shown; hidden by a filter they stay marked but are not among them. */
export function markedRows<P, S, R>(lens: ListLens<P, S, R>, state: S): R[] {
  const { marks } = lens.get(state);
  return shownRows(lens, state).filter((row) => marks.has(lens.key(row)));
}

/** Changes the list and keeps cursor and page within its rows. */
export function updateList<P, S, R>(
  lens: ListLens<P, S, R>,
  ctx: ScreenContext<P, S>,
  change: (list: ListState, bounds: ListBounds) => ListState,
): void {
  const state = ctx.get();
  const changed = change(lens.get(state), listBounds(lens, state, ctx.size()));
  const next = { ...state, ...lens.set(state, changed) };
  const bounds = listBounds(lens, next, ctx.size());
  ctx.set(lens.set(next, clampList(changed, bounds)));
  if (lens.nearEnd && changed.cursor >= bounds.count - bounds.height * 2) void lens.nearEnd(ctx);
}

/**
 * After rows were fetched anew, because somebody else changed them: the cursor stays on its row
 * wherever that is now. When the row is gone the nearest one that is left has the cursor, those
 * below it first, and the operator is told.
 * @param before the state with the rows as they were shown
 */
export function keepRow<P, S, R>(lens: ListLens<P, S, R>, ctx: ScreenContext<P, S>, before: S): void {
  const was = shownRows(lens, before).map(lens.key);
  const at = Math.max(0, Math.min(lens.get(before).cursor, was.length - 1));
  if (was.length === 0) return;
  const state = ctx.get();
  const places = new Map(shownRows(lens, state).map((row, place) => [lens.key(row), place]));
  const gone = !places.has(was[at]!);
  const nearest = [...was.slice(at), ...was.slice(0, at).reverse()].find((key) => places.has(key));
  const cursor = nearest === undefined ? 0 : places.get(nearest)!;
  const list = lens.get(state);
  if (cursor !== list.cursor) {
    // From the top of the list what is new is to be seen; further down the rows stay where they are.
    const top = list.top === 0 ? 0 : Math.max(0, list.top + cursor - list.cursor);
    ctx.set(lens.set(state, clampList({ ...list, cursor, top }, listBounds(lens, state, ctx.size()))));
  }
  if (gone) ctx.tell('The row under the cursor is gone: somebody took it away.');
}
