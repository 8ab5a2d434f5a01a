import type { Call } from '#services/operation.ts';
import { find, type LookupRow } from '#services/lookup/find.ts';
import { money } from '#ui/money.ts';
import { GAP, layoutColumns, type Column } from '#ui/table/columns.ts';
import type { Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { fit } from '#ui/width.ts';
import type { FindHit, FindResult } from './find-source.ts';

/** How the record was found, where its own columns do not show it. */
const FOUND_BY: Partial<Record<LookupRow['match']['kind'], string>> = {
  customerAltId: 'former number',
  locationAltId: 'former number',
  parcel: 'parcel',
  meter: 'meter',
  removedMeter: 'former meter',
  email: 'e-mail',
  mailing: 'mailing address',
  resident: 'resident',
  customerNumber: 'customer number',
  locationNumber: 'location number',
};

/** The state of an account in a word; a location without one says so. */
function stateOf(row: LookupRow): string {
  const found = FOUND_BY[row.match.kind];
  const own = row.private ? 'private' : '';
  const activity =
    row.activity === 'current' ? '' : (row.activity ?? (row.customerId === null ? 'vacant' : 'no account'));
  const former = row.match.former && row.activity === 'final' && row.movedOutOn ? `left ${row.movedOutOn}` : activity;
  return [own, former, found].filter(Boolean).join(', ');
}

const columns: readonly Column<LookupRow>[] = [
  { id: 'name', title: 'Name', min: 18, grow: 3, max: 34, priority: 9, text: (row) => row.customerName ?? '(nobody)' },
  { id: 'address', title: 'Address', min: 18, grow: 3, max: 34, priority: 8, text: (row) => row.line1 ?? '' },
  {
    id: 'number',
    title: 'Account',
    min: 10,
    priority: 7,
    text: (row) => row.accountNumber ?? row.customerNumber ?? row.locationNumber ?? '',
  },
  {
    id: 'state',
    title: '',
    min: 14,
    grow: 1,
    max: 26,
    priority: 6,
    text: stateOf,
    tone: (row) => (row.activity === 'current' ? 'dim' : 'warning'),
  },
  { id: 'balance', title: 'Balance', min: 10, align: 'right', priority: 4, text: (row) => money(row.balanceCents) },
  { id: 'phone', title: 'Phone', min: 14, priority: 3, text: (row) => row.phone ?? '' },
  { id: 'city', title: 'City', min: 12, grow: 1, max: 18, priority: 2, text: (row) => row.city ?? '' },
];

function hitLine(row: LookupRow, width: number, theme: Theme): Segment[] {
  return layoutColumns(columns, width).flatMap(({ column, width: cells }, index): Segment[] => [
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
  const { rows, didYouMean } = await call(find, { text, limit }, { signal });
  const hits = rows.map((row, index): FindHit => ({
    key: `${index}`,
    line: (width, theme) => hitLine(row, width, theme),
    exact: row.match.exact,
    screenId: 'account',
    params: paramsOf(row),
  }));
  return { hits, note: didYouMean === null ? '' : `Nothing is called that. Meant: ${didYouMean}?` };
}
