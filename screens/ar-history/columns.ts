import type { Cents } from '#domain/money.ts';
import type { Column } from '#ui/table/columns.ts';
import { money } from '#ui/money.ts';
import type { ArLine } from './model.ts';

const ofEvent =
  (text: (event: ArLine['event']) => string) =>
  ({ event, detail }: ArLine): string =>
    detail === null ? text(event) : '';

/** An amount of an event; on a line of its detail there is none, but for `ofDetail`. */
function amount(
  id: string,
  title: string,
  priority: number,
  of: (event: ArLine['event']) => Cents | null,
  ofDetail: (detail: NonNullable<ArLine['detail']>) => Cents | null = () => null,
): Column<ArLine> {
  const cents = ({ event, detail }: ArLine): Cents | null => (detail === null ? of(event) : ofDetail(detail));
  return {
    id,
    title,
    min: id === 'balance' ? 10 : 9,
    max: 13,
    grow: 1,
    priority,
    align: 'right',
    text: (row) => money(cents(row)),
    tone: (row) => ((cents(row) ?? 0) < 0 ? 'good' : row.detail === null ? 'text' : 'dim'),
    sortKey: ({ event }) => of(event),
    value: (row) => {
      const value = cents(row);
      return value === null ? null : value / 100;
    },
  };
}

/** `Invoice B0000012`. */
const what = ({ type, number }: ArLine['event']): string => (number === null ? type : `${type} ${number}`);

/** What was paid begins with its number: where there is little room the rest gives way. */
function detailText({ kind, text, other }: NonNullable<ArLine['detail']>): string {
  if (other === null) return `  ${text}`;
  return `  ${kind === 'paid' ? 'of' : 'by'} ${other.number ?? other.type} ${other.service}, ${text}`;
}

/** Columns of the events; the account's number only where there can be several. */
export const arColumns = (several: boolean): readonly Column<ArLine>[] => [
  {
    id: 'date',
    title: 'Date',
    min: 10,
    priority: 9,
    text: ofEvent(({ on }) => on),
    sortKey: ({ event }) => `${event.on} ${String(event.id).padStart(16, '0')}`,
  },
  {
    id: 'unposted',
    title: 'U',
    min: 1,
    priority: 9,
    text: ofEvent(({ status }) => (status === 'unposted' ? 'U' : '')),
    tone: () => 'warning',
  },
  ...(several
    ? [
        {
          id: 'account',
          title: 'Account',
          min: 9,
          max: 16,
          grow: 1,
          priority: 4,
          text: ofEvent(({ accountNumber }) => accountNumber),
        },
      ]
    : []),
  {
    id: 'type',
    title: 'Type',
    min: 16,
    grow: 12,
    priority: 8,
    text: ({ event, detail }) => (detail === null ? what(event) : detailText(detail)),
    tone: ({ detail }) => (detail === null ? 'text' : 'dim'),
  },
  // The type says it too: apart only where what was paid is whole without this room, and in exports.
  { id: 'number', title: 'Number', min: 44, priority: -1, text: ofEvent(({ number }) => number ?? '') },
  amount(
    'amount',
    'Amount',
    8,
    ({ amountCents }) => amountCents,
    ({ kind, cents }) => (kind === 'line' ? cents : null),
  ),
  amount(
    'applied',
    'Applied',
    7,
    ({ appliedCents }) => appliedCents,
    ({ kind, cents }) => (kind === 'line' ? null : cents),
  ),
  amount('open', 'Open', 6, ({ openCents }) => openCents),
  { id: 'due', title: 'Due', min: 10, priority: 2, text: ofEvent(({ dueOn }) => dueOn ?? '') },
  amount('balance', 'Balance', 8, ({ balanceCents }) => balanceCents),
];
