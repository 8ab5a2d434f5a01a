import { formatCents } from '#domain/money.ts';
import type { DrawerRow } from '#services/drawers/find.ts';
import { money } from '#ui/money.ts';
import type { Column } from '#ui/table/columns.ts';
import type { ListLens } from '#ui/table/lens.ts';
import type { DrawersState } from './model.ts';

/** `1.50 short`, `0.25 over`, `even`; nothing while it is open. */
export function overShortText({ overShortCents }: Pick<DrawerRow, 'overShortCents'>): string {
  if (overShortCents === null) return '';
  if (overShortCents === 0) return 'even';
  return `${formatCents(Math.abs(overShortCents))} ${overShortCents > 0 ? 'over' : 'short'}`;
}

export const columns: readonly Column<DrawerRow>[] = [
  { id: 'number', title: 'Drawer', min: 8, priority: 9, text: ({ number }) => number },
  { id: 'user', title: 'User', min: 8, max: 20, grow: 1, priority: 8, text: ({ username }) => username },
  {
    id: 'status',
    title: 'State',
    min: 6,
    priority: 8,
    text: ({ status }) => status,
    tone: ({ status }) => (status === 'open' ? 'warning' : 'dim'),
  },
  { id: 'opened', title: 'Opened', min: 10, priority: 7, text: ({ openedOn }) => openedOn },
  {
    id: 'expected',
    title: 'Expected',
    min: 12,
    align: 'right',
    priority: 6,
    text: ({ expectedCents }) => money(expectedCents),
    value: ({ expectedCents }) => (expectedCents === null ? null : expectedCents / 100),
  },
  {
    id: 'counted',
    title: 'Counted',
    min: 12,
    align: 'right',
    priority: 5,
    text: ({ countedCents }) => money(countedCents),
    value: ({ countedCents }) => (countedCents === null ? null : countedCents / 100),
  },
  {
    id: 'overShort',
    title: 'Over/short',
    min: 12,
    priority: 7,
    text: overShortText,
    tone: ({ overShortCents }) => (overShortCents === 0 ? 'good' : 'bad'),
    sortKey: ({ overShortCents }) => overShortCents,
    value: ({ overShortCents }) => (overShortCents === null ? null : overShortCents / 100),
  },
  {
    id: 'float',
    title: 'Float',
    min: 10,
    align: 'right',
    priority: 3,
    text: ({ floatCents }) => money(floatCents),
    value: ({ floatCents }) => floatCents / 100,
  },
  { id: 'reason', title: 'Reason', min: 12, grow: 3, priority: 2, text: ({ reason }) => reason ?? '' },
];

/** Lines above the list: the user's own drawer. */
const HEAD = 3;

export const lens: ListLens<undefined, DrawersState, DrawerRow> = {
  scope: 'drawers',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: () => columns,
  key: (drawer) => drawer.id,
  height: (size) => Math.max(3, size.rows - HEAD),
  name: 'drawers',
};
