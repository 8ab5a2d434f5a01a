import { formatCents } from '#domain/money.ts';
import { KIND_LABELS } from '#services/history/kinds.ts';
import type { HistoryRow } from '#services/history/list.ts';
import type { Column } from '#ui/table/columns.ts';
import { money } from '#ui/money.ts';
import type { HistoryScope } from './model.ts';

/** What happened, with what tells it from others of its kind: `Payment R1042, Check, 588`, a reversal `Reversal R1042`. */
export function describe(row: HistoryRow): string {
  const detail = [
    row.methodName ?? row.method,
    row.kind === 'payment' ? row.reference : null,
    row.memo ?? row.text,
    row.kind === 'payment' ? null : row.reference,
  ].filter((part) => part !== null && part !== '');
  // What has no number of its own goes by that of what it corrects; short, so that it is whole at 80 columns.
  const number = row.number ?? row.corrects;
  const what = number === null ? KIND_LABELS[row.kind] : `${KIND_LABELS[row.kind]} ${number}`;
  return [what, ...new Set(detail)].join(', ');
}

const dollars = (cents: number | null): number | null => (cents === null ? null : cents / 100);
const charge = (row: HistoryRow): number | null => (row.amountCents >= 0 ? row.amountCents : null);
const credit = (row: HistoryRow): number | null => (row.amountCents < 0 ? -row.amountCents : null);

const columns: readonly Column<HistoryRow>[] = [
  {
    id: 'date',
    title: 'Date',
    min: 10,
    priority: 9,
    text: (row) => row.effectiveOn,
    sortKey: (row) => `${row.effectiveOn} ${String(row.id).padStart(16, '0')}`,
    value: (row) => row.effectiveOn,
  },
  {
    id: 'unposted',
    title: 'U',
    min: 1,
    priority: 9,
    text: (row) => (row.status === 'unposted' ? 'U' : ''),
    tone: () => 'warning',
  },
  { id: 'account', title: 'Account', min: 9, max: 16, grow: 1, priority: 7, text: (row) => row.accountNumber },
  { id: 'what', title: 'Description', min: 18, grow: 20, priority: 8, text: describe },
  // Whole or not at all: four codes of three letters.
  { id: 'services', title: 'Services', min: 15, max: 24, grow: 1, priority: 3, text: (row) => row.services.join(' ') },
  // The description begins with it: apart only where there is room to spare, and in exports.
  { id: 'number', title: 'Number', min: 22, priority: -1, text: (row) => row.number ?? '' },
  { id: 'due', title: 'Due', min: 10, priority: 1, text: (row) => row.dueOn ?? '' },
  {
    id: 'charge',
    title: 'Charge',
    min: 9,
    max: 12,
    grow: 1,
    priority: 6,
    align: 'right',
    text: (row) => money(charge(row)),
    sortKey: charge,
    value: (row) => dollars(charge(row)),
  },
  {
    id: 'credit',
    title: 'Credit',
    min: 9,
    max: 12,
    grow: 1,
    priority: 6,
    align: 'right',
    text: (row) => money(credit(row)),
    tone: () => 'good',
    sortKey: credit,
    value: (row) => dollars(credit(row)),
  },
  {
    id: 'balance',
    title: 'Balance',
    min: 10,
    max: 13,
    grow: 1,
    priority: 8,
    align: 'right',
    text: (row) => money(row.balanceCents),
    tone: (row) => ((row.balanceCents ?? 0) < 0 ? 'good' : 'text'),
    sortKey: (row) => row.balanceCents,
    value: (row) => dollars(row.balanceCents),
  },
  { id: 'by', title: 'By', min: 8, max: 12, priority: 0, text: (row) => row.createdBy },
];

/** One column with a sign in place of two, where both would not fit: a payment shows its amount everywhere. */
const amount: Column<HistoryRow> = {
  id: 'amount',
  title: 'Amount',
  min: 10,
  max: 13,
  grow: 1,
  priority: 7,
  align: 'right',
  text: (row) => money(row.amountCents),
  tone: (row) => (row.amountCents < 0 ? 'good' : 'text'),
};

/** Cells with which charges and credits stand side by side. */
const TWO_AMOUNTS = 72;

/** The columns of a list so wide. */
export function shownColumns(scope: HistoryScope, width: number): readonly Column<HistoryRow>[] {
  const all = historyColumns(scope);
  if (width >= TWO_AMOUNTS) return all;
  return all.flatMap((column) => (column.id === 'charge' ? [amount] : column.id === 'credit' ? [] : [column]));
}

const ofOneAccount = columns.filter((column) => column.id !== 'account');

/** Columns of a history; the account's number only where there can be several. */
export const historyColumns = (scope: HistoryScope): readonly Column<HistoryRow>[] =>
  scope === 'account' ? ofOneAccount : columns;

/** The last words of the heading: what is owed, and what it would be with everything posted. */
export function balanceText(standing: { balanceCents: number; unpostedCents: number } | null): string {
  if (standing === null) return '';
  const { balanceCents, unpostedCents } = standing;
  const unposted = unpostedCents === 0 ? '' : `, with unposted ${formatCents(balanceCents + unpostedCents)}`;
  return `Balance ${formatCents(balanceCents)}${unposted}`;
}
