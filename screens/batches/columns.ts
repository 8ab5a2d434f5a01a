import { BATCH_KIND_LABELS } from '#services/batches/kinds.ts';
import type { BatchRow } from '#services/batches/list.ts';
import { money } from '#ui/money.ts';
import type { Column } from '#ui/table/columns.ts';
import { missingCents } from './model.ts';

const TONES = { open: 'text', balanced: 'good', posting: 'warning', posted: 'dim' } as const;

/** `ok`, `12.50 missing`, `3.00 too much`; nothing where nobody counted beforehand. */
export function differenceText(batch: BatchRow): string {
  const missing = missingCents(batch);
  const items =
    batch.controlCount === null || batch.controlCount === batch.count ? '' : ` ${batch.count}/${batch.controlCount}`;
  if (missing === null) return items.trim();
  if (missing === 0) return items === '' ? 'ok' : items.trim();
  return `${money(Math.abs(missing))} ${missing > 0 ? 'missing' : 'too much'}${items}`;
}

export const columns: readonly Column<BatchRow>[] = [
  { id: 'number', title: 'Batch', min: 8, priority: 9, text: ({ number }) => number },
  { id: 'kind', title: 'Kind', min: 11, priority: 6, text: ({ kind }) => BATCH_KIND_LABELS[kind] },
  {
    id: 'status',
    title: 'State',
    min: 8,
    priority: 8,
    text: ({ status }) => status,
    tone: ({ status }) => TONES[status],
  },
  {
    id: 'items',
    title: 'Items',
    min: 6,
    align: 'right',
    priority: 8,
    text: ({ count }) => String(count),
    sortKey: ({ count }) => count,
    value: ({ count }) => count,
  },
  {
    id: 'sum',
    title: 'Sum',
    min: 12,
    align: 'right',
    priority: 8,
    text: ({ cents }) => money(cents),
    sortKey: ({ cents }) => cents,
    value: ({ cents }) => cents / 100,
  },
  {
    id: 'difference',
    title: 'Against control',
    min: 15,
    grow: 1,
    max: 26,
    priority: 7,
    text: differenceText,
    tone: (batch) => (differenceText(batch) === 'ok' ? 'good' : 'warning'),
  },
  { id: 'by', title: 'By', min: 7, max: 16, grow: 1, priority: 5, text: ({ createdBy }) => createdBy },
  { id: 'opened', title: 'Opened', min: 10, priority: 4, text: ({ openedOn }) => openedOn },
  {
    id: 'description',
    title: 'Description',
    min: 14,
    grow: 3,
    priority: 3,
    text: ({ description }) => description ?? '',
  },
  {
    id: 'control',
    title: 'Control',
    min: 12,
    align: 'right',
    priority: 2,
    text: ({ controlCents }) => money(controlCents),
    value: ({ controlCents }) => (controlCents === null ? null : controlCents / 100),
  },
  { id: 'posted', title: 'Posted', min: 10, priority: 2, text: ({ postedOn }) => postedOn ?? '' },
  { id: 'postedBy', title: 'Posted by', min: 9, priority: 1, text: ({ postedBy }) => postedBy ?? '' },
];
