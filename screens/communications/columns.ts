import { PAPER_LABELS } from '#domain/paper-kinds.ts';
import type { CommunicationRow, CommunicationStatus } from '#services/communications/rows.ts';
import type { Column } from '#ui/table/columns.ts';
import type { Tone } from '#ui/theme/themes.ts';
import { CHANNEL_WORDS, STATUS_WORDS } from './model.ts';

const TONES: Readonly<Record<CommunicationStatus, Tone>> = {
  queued: 'warning',
  sending: 'warning',
  sent: 'good',
  failed: 'bad',
  bounced: 'bad',
  cancelled: 'dim',
};

const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-11-21 14:02` of an instant in the machine's own time zone. */
export function timeOf(instant: number | null): string {
  if (instant === null) return '';
  const at = new Date(instant);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

export const columns: readonly Column<CommunicationRow>[] = [
  {
    id: 'at',
    title: 'Made',
    min: 16,
    priority: 9,
    text: (row) => timeOf(row.createdAt),
    sortKey: (row) => row.createdAt,
  },
  {
    id: 'status',
    title: 'State',
    min: 10,
    priority: 9,
    text: (row) => STATUS_WORDS[row.status],
    tone: (row) => TONES[row.status],
  },
  { id: 'kind', title: 'Paper', min: 9, max: 16, grow: 1, priority: 7, text: (row) => PAPER_LABELS[row.kind] },
  { id: 'channel', title: 'By', min: 7, priority: 6, text: (row) => CHANNEL_WORDS[row.channel] },
  { id: 'to', title: 'To', min: 14, max: 40, grow: 3, priority: 8, text: (row) => row.recipient },
  { id: 'account', title: 'Account', min: 9, max: 16, grow: 1, priority: 5, text: (row) => row.accountNumber ?? '' },
  { id: 'customer', title: 'Customer', min: 14, max: 30, grow: 2, priority: 4, text: (row) => row.customerName ?? '' },
  {
    id: 'tries',
    title: 'Tries',
    min: 5,
    priority: 2,
    align: 'right',
    text: (row) => String(row.attempts),
    sortKey: (row) => row.attempts,
  },
  { id: 'who', title: 'Who', min: 8, max: 12, priority: 3, text: (row) => row.createdBy },
  { id: 'problem', title: 'Problem', min: 20, grow: 2, priority: 1, text: (row) => row.problem ?? '' },
];
