import { count } from '../money.ts';
import type { Theme } from '../theme/tokens.ts';
import type { Segment } from '../text.tsx';
import type { Column } from './columns.ts';
import type { ListState } from './model.ts';

export interface ListStatus<R> {
  readonly list: ListState;
  readonly columns: readonly Column<R>[];
  /** Rows shown. */
  readonly shown: number;
  /** Rows there are; more than were fetched, when the list is paged from the database. */
  readonly total: number;
  /** The rows are a window of a list that nobody counted: no place and no total are said. */
  readonly uncounted?: boolean;
  readonly theme: Theme;
  readonly note?: string;
}

/** The line below a list: `12/348 filtered · 3 marked · sorted: Due ▲`. */
export function statusSegments<R>({ list, columns, shown, total, uncounted, theme, note }: ListStatus<R>): Segment[] {
  const parts: string[] = [];
  const place = shown === 0 ? '0' : count(Math.min(list.cursor, shown - 1) + 1);
  const filtered = list.filter.trim() !== '';
  if (!filtered && !(uncounted && shown > 0)) parts.push(`${place}/${count(total)}`);
  if (filtered)
    parts.push(`${count(shown)}/${count(total)} filtered${list.filtering ? '' : `: ${list.filter.trim()}`}`);
  if (list.marks.size > 0) parts.push(`${count(list.marks.size)} marked`);
  if (list.anchor !== null) parts.push('range open');
  const sorted = list.sort && columns.find((column) => column.id === list.sort!.column);
  if (sorted) parts.push(`sorted: ${sorted.title} ${list.sort!.descending ? theme.glyphs.down : theme.glyphs.up}`);
  if (note) parts.push(note);
  const text = parts.join(` ${theme.glyphs.name === 'ascii' ? '-' : '·'} `);
  if (!list.filtering) return [[text, theme.dim]];
  return [['Filter: ', theme.key], [list.filter, theme.fieldActive], [' ', theme.selected], '  ', [text, theme.dim]];
}
