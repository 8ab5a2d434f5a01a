import type { LookupRow } from '#services/lookup/find.ts';
import { money, moneyTone } from '#ui/money.ts';
import type { Column } from '#ui/table/columns.ts';
import type { Row } from './model.ts';

/** How a row was found, where its own columns do not show it. */
const FOUND_BY: Partial<Record<LookupRow['match']['kind'], string>> = {
  customerAltId: 'former no.',
  locationAltId: 'former no.',
  parcel: 'parcel',
  meter: 'meter',
  removedMeter: 'former meter',
  phone: 'phone',
  email: 'e-mail',
  mailing: 'mailing address',
  contact: 'contact',
  locationContact: 'contact',
  customerField: 'field',
  locationField: 'field',
};

/** By what: `meter w77120`. Empty where the columns show it themselves. */
export function foundBy(row: Row): string {
  if (!('match' in row)) return '';
  const how = FOUND_BY[row.match.kind];
  return how === undefined ? '' : `${how} ${row.match.text}`;
}

/** Current is the normal case and says nothing. */
export function stateText(row: Row): string {
  const activity = row.activity ?? (row.customerId === null ? 'vacant' : 'no account');
  return [row.private ? 'private' : '', activity === 'current' ? '' : activity].filter(Boolean).join(' ');
}

/** 80 cells keep name, address, account, state and balance. */
export const columns: readonly Column<Row>[] = [
  { id: 'name', title: 'Name', min: 18, grow: 3, max: 36, priority: 9, text: (row) => row.customerName ?? '(nobody)' },
  { id: 'address', title: 'Address', min: 17, grow: 3, max: 36, priority: 8, text: (row) => row.line1 ?? '' },
  { id: 'account', title: 'Account', min: 10, priority: 7, text: (row) => row.accountNumber ?? '' },
  {
    id: 'state',
    title: 'State',
    min: 10,
    grow: 1,
    max: 15,
    priority: 6,
    text: stateText,
    tone: (row) => (row.activity === 'current' ? 'dim' : 'warning'),
  },
  {
    id: 'balance',
    title: 'Balance',
    min: 10,
    align: 'right',
    priority: 5,
    text: (row) => money(row.balanceCents),
    tone: (row) => moneyTone(row.balanceCents ?? 0),
    sortKey: (row) => row.balanceCents,
    value: (row) => (row.balanceCents === null ? null : row.balanceCents / 100),
  },
  { id: 'phone', title: 'Phone', min: 14, priority: 4, text: (row) => row.phone ?? '' },
  { id: 'city', title: 'City', min: 11, grow: 1, max: 18, priority: 3, text: (row) => row.city ?? '' },
  { id: 'customer', title: 'Customer', min: 10, priority: 2, text: (row) => row.customerNumber ?? '' },
  { id: 'location', title: 'Location', min: 10, priority: 1, text: (row) => row.locationNumber ?? '' },
];
