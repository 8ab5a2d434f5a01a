import type { LockboxItemRow } from '#services/lockbox/list.ts';
import { LOCKBOX_PROBLEMS } from '#services/lockbox/problems.ts';
import { money } from '#ui/money.ts';
import type { Column } from '#ui/table/columns.ts';
import type { ListLens } from '#ui/table/lens.ts';
import { more } from './fetch.ts';
import type { LockboxState } from './model.ts';

const stateText = ({ status, problem }: LockboxItemRow): string => {
  if (status === 'exception') return problem === null ? 'waits' : LOCKBOX_PROBLEMS[problem];
  return status === 'matched' ? 'credited' : 'returned';
};

export const columns: readonly Column<LockboxItemRow>[] = [
  {
    id: 'account',
    title: 'Account',
    min: 12,
    max: 20,
    grow: 1,
    priority: 9,
    text: ({ accountNumber }) => accountNumber || '(none)',
  },
  { id: 'payer', title: 'Payer', min: 12, max: 30, grow: 2, priority: 7, text: ({ payer }) => payer ?? '' },
  {
    id: 'amount',
    title: 'Amount',
    min: 11,
    align: 'right',
    priority: 9,
    text: ({ amountCents }) => money(amountCents),
    sortKey: ({ amountCents }) => amountCents,
    value: ({ amountCents }) => amountCents / 100,
  },
  {
    id: 'state',
    title: 'State',
    min: 26,
    max: 36,
    grow: 1,
    priority: 8,
    text: stateText,
    tone: ({ status }) => (status === 'exception' ? 'warning' : 'dim'),
  },
  { id: 'reference', title: 'Check', min: 8, max: 16, grow: 1, priority: 6, text: ({ reference }) => reference ?? '' },
  { id: 'paid', title: 'Paid', min: 10, priority: 4, text: ({ paidOn }) => paidOn },
  {
    id: 'customer',
    title: 'Customer',
    min: 14,
    max: 30,
    grow: 2,
    priority: 5,
    text: (item) => item.customerName ?? '',
  },
  { id: 'file', title: 'File', min: 10, max: 24, grow: 1, priority: 3, text: ({ fileName }) => fileName },
  {
    id: 'row',
    title: 'Row',
    min: 5,
    align: 'right',
    priority: 2,
    text: ({ row }) => String(row),
    value: ({ row }) => row,
  },
  { id: 'by', title: 'By', min: 8, priority: 2, text: ({ resolvedBy }) => resolvedBy ?? '' },
  { id: 'remarks', title: 'Remarks', min: 12, grow: 2, priority: 1, text: ({ remarks }) => remarks ?? '' },
];

/** The line about the file imported last. */
const HEAD = 1;

export const lens: ListLens<undefined, LockboxState, LockboxItemRow> = {
  scope: 'lockbox',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: () => columns,
  key: (item) => item.id,
  height: (size) => size.rows - HEAD,
  name: 'lockbox',
  nearEnd: more,
};
