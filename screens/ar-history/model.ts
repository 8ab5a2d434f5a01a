import type { ArHistory } from '#services/ar/history.ts';
import type { ArDetail, ArRow } from '#services/ar/rows.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { type ListState, newList } from '#ui/table/model.ts';

/** Whose events, and of which days; a day left out is the operation's own. */
export interface ArParams {
  readonly accountId?: number;
  readonly customerId?: number;
  readonly locationId?: number;
  /** Of an account or a customer, as typed. */
  readonly number?: string;
  readonly from?: string;
  readonly to?: string;
}

/** A row of the list: an event, or one line of its detail. */
export type ArLine =
  | { readonly key: string; readonly event: ArRow; readonly detail: null }
  | { readonly key: string; readonly event: ArRow; readonly detail: ArDetail };

/** Whose events are shown. */
export type ArWhom = { readonly accountId: number } | { readonly customerId: number } | { readonly locationId: number };

export interface ArState {
  /** Null until it is known. */
  readonly whom: ArWhom | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly detail: boolean;
  readonly answer: ArHistory | null;
  readonly rows: readonly ArLine[];
  readonly list: ListState;
}

export type ArContext = ScreenContext<ArParams | undefined, ArState>;

export const createAr = (params: ArParams | undefined): ArState => ({
  whom: whomOf(params),
  from: params?.from ?? null,
  to: params?.to ?? null,
  detail: false,
  answer: null,
  rows: [],
  list: newList(),
});

/** Events with their details below them. */
export const linesOf = (rows: readonly ArRow[]): ArLine[] =>
  rows.flatMap((event): ArLine[] => [
    { key: String(event.id), event, detail: null },
    ...event.details.map((detail, index) => ({ key: `${event.id}.${index}`, event, detail })),
  ]);

/** Whom the screen is about, where it was opened for a record. */
function whomOf(params: ArParams | undefined): ArWhom | null {
  if (params?.accountId !== undefined) return { accountId: params.accountId };
  if (params?.customerId !== undefined) return { customerId: params.customerId };
  return params?.locationId === undefined ? null : { locationId: params.locationId };
}
