import type { Choice } from '../choice.ts';
import type { ScreenContext } from '../screen.ts';
import type { Column } from './columns.ts';
import { currentRow, markedRows, shownRows, type ListLens } from './lens.ts';

type What = 'row' | 'marked' | 'all' | `cell:${string}`;

/** Tab-separated lines, as spreadsheets paste them; tabs and breaks within a cell become spaces. */
export function toTsv<R>(columns: readonly Column<R>[], rows: readonly R[], heading: boolean): string {
  const flat = (text: string) => text.replaceAll(/[\t\r\n]+/g, ' ');
  const lines = rows.map((row) => columns.map((column) => flat(column.text(row).trim())).join('\t'));
  return (heading ? [columns.map((column) => flat(column.title)).join('\t'), ...lines] : lines).join('\n');
}

/** Asks what to copy — a cell, the row, the marked ones, all — and sends it to the clipboard. */
export async function copyRows<P, S, R>(lens: ListLens<P, S, R>, ctx: ScreenContext<P, S>): Promise<void> {
  const state = ctx.get();
  const columns = lens.columns(state);
  const row = currentRow(lens, state);
  if (row === undefined) return;
  const marked = markedRows(lens, state);
  const shown = shownRows(lens, state);
  const choices: Choice<What>[] = [
    ...(marked.length > 0 ? [{ value: 'marked' as const, label: `Marked rows`, detail: `${marked.length}` }] : []),
    { value: 'row', label: 'This row' },
    { value: 'all', label: 'All rows', detail: lens.all ? 'of the whole list' : `${shown.length}` },
    ...columns
      .filter((column) => column.text(row).trim() !== '')
      .map((column) => ({ value: `cell:${column.id}` as const, label: column.title, detail: column.text(row).trim() })),
  ];
  const what = await ctx.choose<What>('Copy', choices);
  if (what === null) return;
  if (what === 'row') ctx.copy(toTsv(columns, [row], false), 'the row');
  else if (what === 'marked') ctx.copy(toTsv(columns, marked, true), `${marked.length} rows`);
  else if (what === 'all') {
    const rows = lens.all ? await lens.all(ctx) : shown;
    ctx.copy(toTsv(columns, rows, true), `${rows.length} rows`);
  } else {
    const column = columns.find((candidate) => `cell:${candidate.id}` === what);
    if (column) ctx.copy(column.text(row).trim(), column.title.toLowerCase());
  }
}

/** The marked rows; without any all of them. */
async function takenRows<P, S, R>(lens: ListLens<P, S, R>, ctx: ScreenContext<P, S>): Promise<readonly R[]> {
  const marked = markedRows(lens, ctx.get());
  if (marked.length > 0) return marked;
  return lens.all ? lens.all(ctx) : shownRows(lens, ctx.get());
}

/** Writes the list, or the marked rows when there are any, to a file. */
export function exportRows<P, S, R>(lens: ListLens<P, S, R>, ctx: ScreenContext<P, S>): Promise<void> {
  const columns = lens.columns(ctx.get());
  return ctx.exportList({
    name: lens.name,
    columns: columns.map((column) => column.title),
    rows: async () => {
      const rows = await takenRows(lens, ctx);
      return rows.map((row) => columns.map((column) => (column.value ? column.value(row) : column.text(row).trim())));
    },
  });
}

/** `notes-found` as a heading: `Notes found`. */
const headingOf = (name: string): string => name.replaceAll('-', ' ').replace(/^./, (first) => first.toUpperCase());

/** Prints the list, or the marked rows when there are any, as it is on the screen with all its columns. */
export function printRows<P, S, R>(lens: ListLens<P, S, R>, ctx: ScreenContext<P, S>): Promise<void> {
  const columns = lens.columns(ctx.get());
  return ctx.paper({
    kind: 'report',
    list: {
      title: headingOf(lens.name),
      columns: columns.map(({ title, align = 'left' }) => ({ title, align })),
      rows: async () => (await takenRows(lens, ctx)).map((row) => columns.map((column) => column.text(row).trim())),
    },
  });
}
