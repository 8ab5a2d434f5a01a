import type { RecentPayment } from '#services/payments/recent.ts';
import type { ListLens } from '#ui/table/lens.ts';
import type { Column } from '#ui/table/columns.ts';
import { money } from '#ui/money.ts';
import { listRows } from './layout.ts';
import type { PaymentParams, PaymentState } from './model.ts';

const accountOf = ({ accountNumber, accounts }: RecentPayment): string =>
  accounts > 1 ? `${accountNumber} +${accounts - 1}` : accountNumber;

const time = (at: number): string => new Date(at).toTimeString().slice(0, 5);

export const columns: readonly Column<RecentPayment>[] = [
  { id: 'receipt', title: 'Receipt', min: 8, priority: 9, text: ({ receipt }) => receipt },
  {
    id: 'time',
    title: 'Time',
    min: 5,
    priority: 3,
    text: ({ createdAt }) => time(createdAt),
    sortKey: (row) => row.createdAt,
  },
  { id: 'account', title: 'Account', min: 12, priority: 8, text: accountOf },
  { id: 'name', title: 'Name', min: 14, grow: 3, max: 36, priority: 6, text: ({ name }) => name },
  {
    id: 'methods',
    title: 'Paid by',
    min: 10,
    grow: 1,
    max: 24,
    priority: 5,
    text: ({ methods }) => methods.join(' + '),
  },
  {
    id: 'amount',
    title: 'Amount',
    min: 12,
    align: 'right',
    priority: 9,
    text: ({ totalCents }) => money(totalCents),
    sortKey: ({ totalCents }) => totalCents,
    value: ({ totalCents }) => totalCents / 100,
  },
  { id: 'state', title: '', min: 8, priority: 4, text: ({ posted }) => (posted ? 'posted' : ''), tone: () => 'dim' },
];

export const lens: ListLens<PaymentParams | undefined, PaymentState, RecentPayment> = {
  scope: 'payment',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.recent?.payments ?? [],
  columns: () => columns,
  key: ({ paymentId }) => paymentId,
  height: (size, state) => listRows(size, state),
  name: 'payments',
  active: (state) => state.focus === 'recent',
};
