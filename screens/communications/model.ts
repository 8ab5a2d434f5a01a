import type { CommunicationRow, CommunicationStatus } from '#services/communications/rows.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { type ListState, newList } from '#ui/table/model.ts';

/** What opens the screen: one account’s, or everything that was printed and sent. */
export interface CommunicationsParams {
  readonly accountId?: number;
  /** Of that account. */
  readonly number?: string;
}

export interface CommunicationsState {
  readonly list: ListState;
  readonly rows: readonly CommunicationRow[];
  /** Nothing but these; null: all. */
  readonly status: CommunicationStatus | null;
  /** Where the next page begins; null when all are here. */
  readonly next: number | null;
  readonly fetching: boolean;
  readonly loaded: boolean;
}

export type CommunicationsContext = ScreenContext<CommunicationsParams | undefined, CommunicationsState>;

export const createCommunications = (): CommunicationsState => ({
  list: newList(),
  rows: [],
  status: null,
  next: null,
  fetching: false,
  loaded: false,
});

/** States in the words of the people who look at them. */
export const STATUS_WORDS: Readonly<Record<CommunicationStatus, string>> = {
  queued: 'waits',
  sending: 'on its way',
  sent: 'sent',
  failed: 'failed',
  bounced: 'returned',
  cancelled: 'cancelled',
};

export const CHANNEL_WORDS = { email: 'E-mail', print: 'Printer', file: 'File' } as const;

/** What became of one that its sender cannot know; sending it again may send it twice. */
export const isUnclear = ({ status, problem }: CommunicationRow): boolean =>
  status === 'failed' && /may have (?:been sent|gone out|printed)/.test(problem ?? '');
