import { money } from '#ui/money.ts';
import type { Column } from '#ui/table/columns.ts';
import type { Candidate } from './model.ts';

/** Which account, whose, and since when it is closed. */
export const accountColumns = <R extends Candidate>(): readonly Column<R>[] => [
  { id: 'account', title: 'Account', min: 9, max: 16, grow: 1, priority: 9, text: (row) => row.number },
  { id: 'name', title: 'Customer', min: 14, grow: 6, priority: 8, text: (row) => row.customerName },
  { id: 'closed', title: 'Closed', min: 10, priority: 6, text: (row) => row.movedOutOn ?? '' },
  {
    id: 'balance',
    title: 'Balance',
    min: 10,
    max: 14,
    priority: 7,
    align: 'right',
    text: (row) => money(row.balanceCents),
    sortKey: (row) => row.balanceCents,
    value: (row) => row.balanceCents / 100,
  },
];
