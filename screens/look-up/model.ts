import type { LookupRow } from '#services/lookup/find.ts';
import type { ListFilters, ListOrder, ListPlace, ListRow } from '#services/lookup/list.ts';
import type { FieldState } from '#ui/field/model.ts';
import { emptyField } from '#ui/field/model.ts';
import { type ListState, newList } from '#ui/table/model.ts';

/** What opens the screen: a text to look for at once. */
export interface LookUpParams {
  readonly text?: string;
}

/** A line of the list: found by a text, or read from the list of everything. */
export type Row = LookupRow | ListRow;

/** As the text answers it best; or the list of everything in an order, beginning at the text. */
export type Order = 'best' | ListOrder;

export const ORDER_TITLES: Readonly<Record<Order, string>> = {
  best: 'Best match',
  name: 'Name',
  customer: 'Customer number',
  location: 'Location number',
  address: 'Address',
  account: 'Account number',
};

/** A filter that is on, and how it is called. */
export interface ActiveFilter {
  readonly name: keyof ListFilters;
  readonly label: string;
}

export interface LookUpState {
  readonly typed: FieldState;
  /** The text box has the keys; otherwise the list. */
  readonly typing: boolean;
  readonly order: Order;
  readonly filters: ListFilters;
  readonly labels: readonly ActiveFilter[];
  readonly list: ListState;
  readonly rows: readonly Row[];
  /** Number of the latest question asked; answers to earlier ones are dropped. */
  readonly asked: number;
  /** Number of the question that `rows` answer. */
  readonly answered: number;
  /** Where reading goes on behind and before the rows; null at the ends of the list. */
  readonly ahead: ListPlace | null;
  readonly behind: ListPlace | null;
  /** A page is being read. */
  readonly reading: boolean;
  /** Said below the list: a correction, that there are more. */
  readonly note: string;
}

export const createLookUp = (params: LookUpParams | undefined): LookUpState => ({
  typed: emptyField(params?.text ?? ''),
  typing: true,
  order: 'best',
  filters: {},
  labels: [],
  list: newList(),
  rows: [],
  asked: 0,
  answered: -1,
  ahead: null,
  behind: null,
  reading: false,
  note: '',
});

/** The order of the list of everything; null while a text is answered by its best matches. */
export function browsedOrder({ order, typed }: LookUpState): ListOrder | null {
  if (order !== 'best') return order;
  return typed.text.trim() === '' ? 'name' : null;
}

export const placeOfRow = (row: Row): ListPlace | null => ('place' in row ? row.place : null);

/** What identifies a row: its account, or the customer or location that has none. */
export const keyOfRow = (row: Row): string =>
  row.accountId === null
    ? row.customerId === null
      ? `location ${row.locationId}`
      : `customer ${row.customerId}`
    : `account ${row.accountId}`;

/** Rows that are kept: a window that slides over the list of everything. */
export const WINDOW = 1_200;

/**
 * A page appended or put before: the window slides, cursor and page stay on their rows.
 * What falls off the other side is read again when somebody goes back there.
 */
export function slid(
  state: LookUpState,
  page: readonly Row[],
  direction: 'forward' | 'back',
  resume: ListPlace | null,
): Pick<LookUpState, 'rows' | 'list' | 'ahead' | 'behind'> {
  const { list } = state;
  if (direction === 'forward') {
    const all = [...state.rows, ...page];
    const cut = Math.min(Math.max(0, all.length - WINDOW), list.top);
    const rows = all.slice(cut);
    return {
      rows,
      list: { ...list, cursor: list.cursor - cut, top: list.top - cut },
      ahead: resume,
      behind: cut > 0 ? placeOfRow(rows[0]!) : state.behind,
    };
  }
  const all = [...page, ...state.rows];
  const moved = { ...list, cursor: list.cursor + page.length, top: list.top + page.length };
  const kept = Math.max(WINDOW, moved.cursor + 1);
  const rows = all.slice(0, kept);
  return {
    rows,
    list: moved,
    behind: resume,
    ahead: rows.length < all.length ? placeOfRow(rows.at(-1)!) : state.ahead,
  };
}
