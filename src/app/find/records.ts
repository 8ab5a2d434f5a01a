import type { Call } from '#services/operation.ts';
import { fold, foldIdentifier, phoneDigits, words } from '#db/search/fold.ts';
import { find, insteadOf, type LookupRow } from '#services/lookup/find.ts';
import { money } from '#ui/money.ts';
import { GAP, layoutColumns, type Column, type PlacedColumn } from '#ui/table/columns.ts';
import type { Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { cellWidth, fit } from '#ui/width.ts';
import type { FindHit, FindResult } from '../surroundings/find-source.ts';

/** How the record was found, where its own columns do not show it. */
const FOUND_BY: Partial<Record<LookupRow['match']['kind'], string>> = {
  customerAltId: 'former no.',
  locationAltId: 'former no.',
  parcel: 'parcel',
  meter: 'meter',
  removedMeter: 'former meter',
  phone: 'phone',
  email: 'e-mail',
  mailing: 'mail to',
  customerField: 'field',
  locationField: 'field',
  customerNumber: 'customer',
  locationNumber: 'location',
};

/** The state of an account in a word; a location without one says so. */
function stateOf(row: LookupRow): string {
  const own = row.private ? 'private' : '';
  const activity =
    row.activity === 'current' ? '' : (row.activity ?? (row.customerId === null ? 'vacant' : 'no account'));
  const former = row.match.former && row.activity === 'final' && row.movedOutOn ? `left ${row.movedOutOn}` : activity;
  return [own, former].filter(Boolean).join(', ');
}

/** What answered, where the line does not show it: `meter w77120`, `also rivera luis`. */
function foundBy(row: LookupRow): string {
  const { kind, text } = row.match;
  if (kind === 'name') {
    const shown = words(fold(row.customerName ?? ''));
    return words(text).every((word) => shown.includes(word)) ? '' : `also ${text}`;
  }
  if (kind === 'customerNumber' && foldIdentifier(row.accountNumber ?? '').startsWith(text)) return '';
  if (kind === 'phone' && phoneDigits(row.phone ?? '').includes(text)) return '';
  const how = FOUND_BY[kind];
  return how === undefined ? '' : `${how} ${text}`;
}

const columns: readonly Column<LookupRow>[] = [
  { id: 'name', title: 'Name', min: 16, grow: 3, max: 34, priority: 9, text: (row) => row.customerName ?? '(nobody)' },
  { id: 'address', title: 'Address', min: 16, grow: 3, max: 34, priority: 8, text: (row) => row.line1 ?? '' },
  {
    id: 'number',
    title: 'Account',
    min: 12,
    priority: 7,
    text: (row) => row.accountNumber ?? row.customerNumber ?? row.locationNumber ?? '',
  },
  {
    id: 'state',
    title: 'State',
    min: 15,
    grow: 1,
    max: 26,
    priority: 6,
    text: stateOf,
    tone: (row) => (row.activity === 'current' ? 'dim' : 'warning'),
  },
  { id: 'found', title: 'Found by', min: 12, grow: 3, max: 34, priority: 6, text: foundBy, tone: () => 'dim' },
  { id: 'balance', title: 'Balance', min: 10, align: 'right', priority: 4, text: (row) => money(row.balanceCents) },
  { id: 'phone', title: 'Phone', min: 14, priority: 2, text: (row) => row.phone ?? '' },
  { id: 'city', title: 'City', min: 8, grow: 2, max: 18, priority: 3, text: (row) => row.city ?? '' },
];

/** The columns cut to what these answers hold: what none of them has takes no room. */
const columnsFor = (rows: readonly LookupRow[]): readonly Column<LookupRow>[] =>
  columns.flatMap((column) => {
    const widest = Math.max(...rows.map((row) => cellWidth(column.text(row))));
    if (widest === 0) return [];
    const priority = column.id === 'phone' && rows.some(({ match }) => match.kind === 'phone') ? 8 : column.priority;
    return [
      { ...column, priority, min: Math.min(column.min, widest), max: Math.min(column.max ?? column.min, widest) },
    ];
  });

function hitLine(row: LookupRow, placed: readonly PlacedColumn<LookupRow>[], theme: Theme): Segment[] {
  return placed.flatMap(({ column, width: cells }, index): Segment[] => [
    index === 0 ? '' : ' '.repeat(GAP),
    [
      fit(column.text(row), cells, column.align, theme.glyphs.ellipsis),
      theme[column.tone?.(row) ?? (row.match.former ? 'dim' : 'text')],
    ],
  ]);
}

/** What the panel opens with: the account, or the customer or location alone. */
function paramsOf(row: LookupRow): object {
  if (row.accountId !== null) return { accountId: row.accountId };
  return row.customerId === null ? { locationId: row.locationId } : { customerId: row.customerId };
}

/** The find box's source: every identifier, ranked, typing errors forgiven. */
export async function lookUp(call: Call, text: string, limit: number, signal: AbortSignal): Promise<FindResult> {
  const { rows, ...answer } = await call(find, { text, limit }, { signal });
  const columnsHere = columnsFor(rows);
  const hits = rows.map((row, index): FindHit => ({
    key: `${index}`,
    line: (width, theme) => hitLine(row, layoutColumns(columnsHere, width), theme),
    exact: row.match.exact,
    screenId: 'account',
    params: paramsOf(row),
  }));
  return { hits, note: insteadOf(answer, text) };
}
