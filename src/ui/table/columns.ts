import type { Tone } from '../theme/themes.ts';
import { fit } from '../width.ts';

/** A column of a list. Screens keep them in `columns.ts`, pure and testable without a terminal. */
export interface Column<R> {
  readonly id: string;
  readonly title: string;
  /** Cells it needs at least. */
  readonly min: number;
  /** Share of what is left over; 0 or none keeps it at `min`. */
  readonly grow?: number;
  /** Never wider than this, however much is left over. */
  readonly max?: number;
  /** When it gets narrow, the lowest goes first (default 1). */
  readonly priority?: number;
  readonly align?: 'left' | 'right';
  readonly text: (row: R) => string;
  readonly tone?: (row: R) => Tone;
  /** What sorts it; the text otherwise. Nulls sort last in both directions. */
  readonly sortKey?: (row: R) => string | number | null;
  /** What an export writes; the text otherwise. */
  readonly value?: (row: R) => string | number | null;
}

/** A column with the cells that it got. */
export interface PlacedColumn<R> {
  readonly column: Column<R>;
  readonly width: number;
}

/** Cells between two columns. */
export const GAP = 2;

/**
 * Which columns fit and how wide each is. The ones of lowest priority go first (of equal
 * ones the rightmost); what is left over goes to those that grow. Never more than `width`.
 */
export function layoutColumns<R>(columns: readonly Column<R>[], width: number): PlacedColumn<R>[] {
  const kept = [...columns];
  const needed = () => kept.reduce((sum, column) => sum + column.min, 0) + GAP * Math.max(0, kept.length - 1);
  while (kept.length > 1 && needed() > width) {
    let victim = kept.length - 1;
    for (let index = kept.length - 1; index >= 0; index -= 1) {
      if ((kept[index]!.priority ?? 1) < (kept[victim]!.priority ?? 1)) victim = index;
    }
    kept.splice(victim, 1);
  }
  const widths = kept.map((column) => Math.min(column.min, Math.max(1, width)));
  let left = width - (widths.reduce((sum, cells) => sum + cells, 0) + GAP * Math.max(0, kept.length - 1));
  while (left > 0) {
    const open = kept
      .map((column, index) => ({ index, grow: column.grow ?? 0, max: column.max ?? Number.POSITIVE_INFINITY }))
      .filter(({ index, grow, max }) => grow > 0 && widths[index]! < max);
    if (open.length === 0) break;
    const shares = open.reduce((sum, { grow }) => sum + grow, 0);
    const before = left;
    for (const { index, grow, max } of open) {
      const share = Math.min(Math.max(1, Math.floor((before * grow) / shares)), max - widths[index]!, left);
      widths[index]! += share;
      left -= share;
    }
  }
  return kept.map((column, index) => ({ column, width: widths[index]! }));
}

/** The heading line, the sorted column carrying its direction. */
export function headingText<R>(
  placed: readonly PlacedColumn<R>[],
  sort: { readonly column: string; readonly descending: boolean } | null,
  arrows: { readonly up: string; readonly down: string },
  ellipsis: string,
): string {
  return placed
    .map(({ column, width }) => {
      const arrow = sort?.column === column.id ? (sort.descending ? arrows.down : arrows.up) : '';
      const room = width - (arrow === '' ? 0 : 1);
      return column.align === 'right'
        ? fit(column.title, room, 'right', ellipsis) + arrow
        : fit(
            fit(column.title, Math.min(room, column.title.length), 'left', ellipsis) + arrow,
            width,
            'left',
            ellipsis,
          );
    })
    .join(' '.repeat(GAP));
}
