import type { BatchRow } from '#services/batches/list.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { type ListState, newList } from '#ui/table/model.ts';
import { noPages, type Pages } from '#ui/table/pages.ts';

export type StatusFilter = 'unposted' | 'open' | 'balanced' | 'posted' | 'all';

/** A posting run at work. */
export interface Posting {
  readonly number: string;
  readonly done: number;
  readonly of: number | null;
}

export interface BatchesState extends Pages<BatchRow> {
  readonly list: ListState;
  readonly status: StatusFilter;
  readonly kind: BatchRow['kind'] | null;
  readonly mine: boolean;
  readonly posting: Posting | null;
}

export type BatchesContext = ScreenContext<undefined, BatchesState>;

export const createBatches = (): BatchesState => ({
  ...noPages,
  list: newList(),
  status: 'unposted',
  kind: null,
  mine: false,
  posting: null,
});

/** What the tape says less what was entered; null where nobody counted beforehand. */
export const missingCents = ({ controlCents, cents }: BatchRow): number | null =>
  controlCents === null ? null : controlCents - cents;
