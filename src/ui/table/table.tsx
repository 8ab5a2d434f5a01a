import { memo, useMemo, type ReactNode } from 'react';
import { Box } from 'ink';
import { paint } from '../paint.ts';
import { line, Painted } from '../text.tsx';
import type { Theme } from '../theme/tokens.ts';
import { fit } from '../width.ts';
import { arrange } from './arrange.ts';
import { TABLE_CHROME } from './chrome.ts';
import { GAP, headingText, layoutColumns, type Column, type PlacedColumn } from './columns.ts';
import { clampList, inRange, type ListState, type RowKey } from './model.ts';
import { statusSegments } from './status.ts';

export interface TableProps<R> {
  readonly columns: readonly Column<R>[];
  /** As they came; the table arranges them by the list's sort and filter. */
  readonly rows: readonly R[];
  readonly list: ListState;
  readonly keyOf: (row: R) => RowKey;
  readonly width: number;
  /** Lines in all: heading, rows and status line. */
  readonly height: number;
  readonly theme: Theme;
  /** Said in place of rows when there are none. */
  readonly empty?: string;
  /** Rows there are in all, when more are in the database than were fetched. */
  readonly total?: number;
  /** The rows are a window of a list that nobody counted. */
  readonly uncounted?: boolean;
  /** Appended to the status line: a sum, a hint. */
  readonly note?: string;
  /** False while another part of the screen has the cursor. */
  readonly active?: boolean;
}

/** Cells left of the first column: cursor and mark. */
const MARGIN = 2;

/** The cells of a row, cut and filled to their columns. */
function rowText<R>(
  row: R,
  placed: readonly PlacedColumn<R>[],
  theme: Theme,
  look: { readonly selected: boolean; readonly marked: boolean },
): string {
  const { glyphs } = theme;
  const margin = `${look.selected ? glyphs.cursor : ' '}${look.marked ? glyphs.mark : ' '}`;
  const cells = placed.map(({ column, width }, index) => {
    const text = fit(column.text(row), width, column.align, glyphs.ellipsis);
    if (index === 0 && look.selected) return paint(margin + text, theme.selected);
    const style = look.marked ? theme.marked : column.tone ? theme[column.tone(row)] : theme.text;
    return (index === 0 ? paint(margin, look.marked ? theme.marked : undefined) : '') + paint(text, style);
  });
  return cells.join(' '.repeat(GAP));
}

interface Drawn {
  readonly placed: unknown;
  readonly theme: Theme;
  readonly text: string;
}

/** Rows without cursor and mark as they were drawn last: a cursor move composes two rows, not all in sight. */
const drawn = new WeakMap<object, Drawn>();

function restingText<R>(row: R, placed: readonly PlacedColumn<R>[], theme: Theme): string {
  const compose = () => rowText(row, placed, theme, { selected: false, marked: false });
  if (typeof row !== 'object' || row === null) return compose();
  const known = drawn.get(row);
  if (known && known.placed === placed && known.theme === theme) return known.text;
  const text = compose();
  drawn.set(row, { placed, theme, text });
  return text;
}

/**
 * A windowed list: only the rows in sight are laid out, one `<Text>` each, keyed by their
 * place on the screen. The row under the cursor carries a mark in the margin and its first
 * cell inverse: seen without colour, and a move costs two cells of change, not two rows.
 */
export function Table<R>(props: TableProps<R>): ReactNode {
  const { columns, rows, list, keyOf, width, height, theme, empty, total, uncounted, note, active = true } = props;
  const shown = arrange(rows, columns, list);
  const page = Math.max(1, height - TABLE_CHROME);
  const at = clampList(list, { count: shown.length, height: page });
  const placed = useMemo(() => layoutColumns(columns, Math.max(1, width - MARGIN)), [columns, width]);
  const heading = headingText(placed, list.sort, theme.glyphs, theme.glyphs.ellipsis);
  const lines = Array.from({ length: page }, (_, place) => {
    const row = shown[at.top + place];
    if (row === undefined) {
      return place === 0 && shown.length === 0 ? line(['  ', [emptyText(list, empty), theme.dim]], width) : ' ';
    }
    const index = at.top + place;
    const marked = list.marks.has(keyOf(row)) || inRange(at, index);
    const selected = active && index === at.cursor;
    return selected || marked ? rowText(row, placed, theme, { selected, marked }) : restingText(row, placed, theme);
  });
  const status = statusSegments({
    list: at,
    columns,
    shown: shown.length,
    total: Math.max(total ?? 0, rows.length),
    uncounted,
    theme,
    note,
  });
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0} overflowY="hidden">
      <Painted text={paint(`  ${heading}`, theme.title)} />
      <Rows lines={lines} />
      <Painted text={line(status, width, theme.glyphs.ellipsis)} />
    </Box>
  );
}

const emptyText = (list: ListState, empty: string | undefined) =>
  list.filter.trim() === '' ? (empty ?? 'Nothing here.') : 'Nothing matches the filter.';

const Rows = memo(
  function Rows({ lines }: { readonly lines: readonly string[] }): ReactNode {
    return lines.map((text, place) => (
      // oxlint-disable-next-line react/no-array-index-key
      <Painted key={place} text={text} />
    ));
  },
  (a, b) => a.lines.length === b.lines.length && a.lines.every((text, index) => text === b.lines[index]),
);
