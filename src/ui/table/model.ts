/** What identifies a row through reloads, sorting and filtering. */
export type RowKey = string | number;

/** Everything that an operator set in a list; plain data, kept with the screen. */
export interface ListState {
  /** Place in the rows shown (sorted and filtered). */
  readonly cursor: number;
  /** First row on the screen. */
  readonly top: number;
  readonly sort: { readonly column: string; readonly descending: boolean } | null;
  readonly filter: string;
  /** True while the filter is being typed. */
  readonly filtering: boolean;
  readonly marks: ReadonlySet<RowKey>;
  /** Where a range began, a place in the rows shown; null when none is open. */
  readonly anchor: number | null;
}

/** A fresh list; `sort` is the order it starts in. */
export const newList = (sort: ListState['sort'] = null): ListState => ({
  cursor: 0,
  top: 0,
  sort,
  filter: '',
  filtering: false,
  marks: new Set(),
  anchor: null,
});

/** Rows shown and rows on one page. */
export interface ListBounds {
  readonly count: number;
  readonly height: number;
}

/** Cursor within the rows and on the page, whatever the state said before (a reload, a resize, a filter). */
export function clampList(list: ListState, { count, height }: ListBounds): ListState {
  const cursor = Math.max(0, Math.min(list.cursor, count - 1));
  const page = Math.max(1, height);
  let top = Math.max(0, Math.min(list.top, count - page));
  if (cursor < top) top = cursor;
  if (cursor >= top + page) top = cursor - page + 1;
  return cursor === list.cursor && top === list.top ? list : { ...list, cursor, top };
}

export type Move = 'up' | 'down' | 'pageUp' | 'pageDown' | 'home' | 'end';

/** The cursor moved; a page keeps one row in sight. */
export function moveList(list: ListState, move: Move, bounds: ListBounds): ListState {
  const page = Math.max(1, bounds.height - 1);
  const steps: Record<Move, number> = {
    up: -1,
    down: 1,
    pageUp: -page,
    pageDown: page,
    home: -bounds.count,
    end: bounds.count,
  };
  const step = steps[move];
  const paged = move === 'pageUp' || move === 'pageDown';
  return clampList({ ...list, cursor: list.cursor + step, top: paged ? list.top + step : list.top }, bounds);
}

/** Sorted by a column; the same column again turns the direction round. */
export function sortList(list: ListState, column: string): ListState {
  const again = list.sort?.column === column;
  return { ...list, sort: { column, descending: again ? !list.sort!.descending : false }, cursor: 0, top: 0 };
}

/** What is shown is narrowed to rows holding this text; the cursor goes to the first. */
export const filterList = (list: ListState, filter: string): ListState =>
  filter === list.filter ? list : { ...list, filter, cursor: 0, top: 0, anchor: null };

/** The row marked, or no longer, and the cursor one further, so that Space held marks on. */
export function toggleMark(list: ListState, key: RowKey, bounds: ListBounds): ListState {
  const marks = new Set(list.marks);
  if (!marks.delete(key)) marks.add(key);
  return moveList({ ...list, marks }, 'down', bounds);
}

/** A range begins here; or, when one is open, everything from there to here is marked. */
export function toggleRange(list: ListState, keys: readonly RowKey[]): ListState {
  if (list.anchor === null) return { ...list, anchor: list.cursor };
  const [from, to] = [Math.min(list.anchor, list.cursor), Math.max(list.anchor, list.cursor)];
  return { ...list, anchor: null, marks: new Set([...list.marks, ...keys.slice(from, to + 1)]) };
}

/** Whether a place on the list lies in the range being drawn. */
export const inRange = (list: ListState, place: number): boolean =>
  list.anchor !== null && place >= Math.min(list.anchor, list.cursor) && place <= Math.max(list.anchor, list.cursor);

/** All marks taken off, and an open range left. */
export const clearMarks = (list: ListState): ListState =>
  list.marks.size === 0 && list.anchor === null ? list : { ...list, marks: new Set(), anchor: null };
