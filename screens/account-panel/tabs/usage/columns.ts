import { formatCents } from '#domain/money.ts';
import { formatMilli } from '#domain/quantity.ts';
import type { ReadKind, UsageRow } from '#services/usage/list.ts';
import type { Column } from '#ui/table/columns.ts';
import type { UsageScope } from './scope.ts';

export const READ_KINDS: Readonly<Record<ReadKind, string>> = {
  initial: 'Initial',
  regular: 'Actual',
  estimated: 'Estimated',
  final: 'Final',
  failure: 'Failed',
};

type Quantity = 'usageMilli' | 'billedMilli' | 'adjustedMilli';
type Amount = 'minimumCents' | 'chargeCents';

const quantity = (
  id: string,
  title: string,
  field: Quantity,
  priority: number,
  blankZero = false,
): Column<UsageRow> => ({
  id,
  title,
  min: Math.max(7, title.length),
  max: 11,
  grow: 1,
  priority,
  align: 'right',
  text: (row) => (blankZero && row[field] === 0 ? '' : formatMilli(row[field])),
  sortKey: (row) => row[field],
  value: (row) => row[field] / 1000,
});

const amount = (id: string, title: string, field: Amount, priority: number): Column<UsageRow> => ({
  id,
  title,
  min: 7,
  max: 11,
  grow: 1,
  priority,
  align: 'right',
  text: (row) => formatCents(row[field]),
  sortKey: (row) => row[field],
  value: (row) => row[field] / 100,
});

const columns: readonly Column<UsageRow>[] = [
  { id: 'date', title: 'Read', min: 10, priority: 9, text: (row) => row.readOn },
  { id: 'account', title: 'Account', min: 9, max: 16, grow: 1, priority: 3, text: (row) => row.accountNumber },
  {
    id: 'service',
    title: 'Service',
    min: 7,
    max: 20,
    grow: 6,
    priority: 8,
    text: (row) => row.serviceName,
    value: (row) => row.serviceName,
  },
  { id: 'rate', title: 'Rate', min: 7, max: 14, grow: 1, priority: 7, text: (row) => row.rateCode ?? '' },
  {
    id: 'kind',
    title: 'Kind',
    min: 9,
    priority: 4,
    text: (row) => READ_KINDS[row.kind],
    tone: (row) => (row.kind === 'estimated' || row.kind === 'failure' ? 'warning' : 'text'),
  },
  {
    ...quantity('actual', 'Actual', 'usageMilli', 8),
    // Narrow screens have no room for the kind: an estimate shows here as well.
    text: (row) => formatMilli(row.usageMilli) + (row.kind === 'estimated' ? 'E' : ' '),
  },
  quantity('billed', 'Billed', 'billedMilli', 7),
  quantity('adjusted', 'Adjust', 'adjustedMilli', 6, true),
  { id: 'unit', title: 'Unit', min: 4, max: 6, priority: 2, text: (row) => row.unit },
  { id: 'budget', title: 'B', min: 1, priority: 6, text: (row) => (row.budget ? 'B' : '') },
  amount('minimum', 'Minimum', 'minimumCents', 6),
  amount('charge', 'Total', 'chargeCents', 8),
  {
    id: 'meter',
    title: 'Reading',
    min: 16,
    priority: 1,
    align: 'right',
    text: (row) => reading(row),
    sortKey: (row) => row.readingMilli,
  },
];

const reading = (row: UsageRow): string => (row.readingMilli === null ? '' : formatMilli(row.readingMilli));

const ofOneAccount = columns.filter((column) => column.id !== 'account');

/** Columns of the reads; the account's number only where there can be several residents. */
export const usageColumns = (scope: UsageScope): readonly Column<UsageRow>[] =>
  scope === 'account' ? ofOneAccount : columns;
