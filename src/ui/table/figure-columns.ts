import { formatCents } from '#domain/money.ts';
import type { Column } from './columns.ts';

/** What a column of figures is besides its value. */
type Place<R> = Pick<Column<R>, 'id' | 'title' | 'min' | 'priority'>;

/** A column of amounts: right-aligned, sorted and exported as numbers. */
export const centsColumn = <R>(place: Place<R>, cents: (row: R) => number): Column<R> => ({
  ...place,
  align: 'right',
  text: (row) => formatCents(cents(row)),
  sortKey: cents,
  value: (row) => cents(row) / 100,
});

/** A column of whole numbers. */
export const countColumn = <R>(place: Place<R>, count: (row: R) => number): Column<R> => ({
  ...place,
  align: 'right',
  text: (row) => String(count(row)),
  sortKey: count,
  value: count,
});
