import type { BatchRow } from '#services/batches/list.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { type ListState, newList } from '#ui/table/model.ts';

export type StatusFilter = 'unposted' | 'open' | 'balanced' | 'posted' | 'all';

/** A posting run at work. */
export interface Posting {
  readonly number: string;
  readonly done: number;
  readonly of: number | null;
}

export interface BatchesState {
  readonly list: ListState;
  readonly rows: readonly BatchRow[];
  readonly status: StatusFilter;
  readonly kind: BatchRow['kind'] | null;
  readonly mine: boolean;
  /** Older ones are in the database. */
  readonly more: boolean;
  readonly fetching: boolean;
  readonly posting: Posting | null;
}

export type BatchesContext = ScreenContext<undefined, BatchesState>;

export const createBatches = (): BatchesState => ({
  list: newList(),
  rows: [],
  status: 'unposted',
  kind: null,
  mine: false,
  more: false,
  fetching: false,
  posting: null,
});

/** What the tape says less what was entered; null where nobody counted beforehand. */
export const missingCents = ({ controlCents, cents }: BatchRow): number | null =>
  controlCents === null ? null : controlCents - cents;
