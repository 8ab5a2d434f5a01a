import { foldText } from '#domain/matching.ts';
import type { Column } from './columns.ts';
import type { ListState } from './model.ts';

interface Arranged {
  readonly columns: readonly unknown[];
  readonly sort: ListState['sort'];
  readonly filter: string;
  readonly rows: readonly unknown[];
}

/** The last arrangement of each list of rows, so that a cursor move sorts nothing. */
const arranged = new WeakMap<readonly unknown[], Arranged>();

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

type SortKey = string | number | null;

/** Numbers by value, texts as people order them, nothing last. */
function compare(a: SortKey, b: SortKey, descending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
  return descending ? -order : order;
}

/** Every word of the filter must be in some column, whatever its case and accents; `!word` must be in none. */
function matcher<R>(columns: readonly Column<R>[], filter: string): (row: R) => boolean {
  const words = foldText(filter).split(/\s+/).filter(Boolean);
  return (row) => {
    const text = foldText(columns.map((column) => column.text(row)).join('\u0001'));
    return words.every((word) =>
      word.length > 1 && word.startsWith('!') ? !text.includes(word.slice(1)) : text.includes(word),
    );
  };
}

/** The rows as shown: filtered, then sorted; equal ones keep the order they came in. */
export function arrange<R>(rows: readonly R[], columns: readonly Column<R>[], list: ListState): readonly R[] {
  const filter = list.filter.trim();
  if (list.sort === null && filter === '') return rows;
  const last = arranged.get(rows);
  if (last && last.columns === columns && last.filter === filter && sameSort(last.sort, list.sort)) {
    return last.rows as readonly R[];
  }
  let shown = filter === '' ? rows : rows.filter(matcher(columns, filter));
  const column = list.sort && columns.find((candidate) => candidate.id === list.sort!.column);
  if (column) {
    const { descending } = list.sort!;
    const keyed = shown.map((row) => ({ row, key: column.sortKey ? column.sortKey(row) : column.text(row) }));
    shown = keyed.sort((a, b) => compare(a.key, b.key, descending)).map(({ row }) => row);
  }
  arranged.set(rows, { columns, sort: list.sort, filter, rows: shown });
  return shown;
}

const sameSort = (a: ListState['sort'], b: ListState['sort']) =>
  a?.column === b?.column && a?.descending === b?.descending;
