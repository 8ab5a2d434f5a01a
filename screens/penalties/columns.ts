import type { PenaltyRunRow } from '#services/penalties/review.ts';
import type { Column } from '#ui/table/columns.ts';
import { centsColumn, countColumn } from '#ui/table/figure-columns.ts';
import { scopeOf } from './model.ts';

const TONES = { calculated: 'warning', posting: 'warning', posted: 'good', cancelled: 'dim' } as const;

export const columns: readonly Column<PenaltyRunRow>[] = [
  { id: 'number', title: 'Run', min: 7, priority: 9, text: (run) => run.number },
  { id: 'date', title: 'Date', min: 10, priority: 8, text: (run) => run.runOn },
  { id: 'code', title: 'Code', min: 6, max: 12, grow: 1, priority: 7, text: (run) => run.code },
  {
    id: 'status',
    title: 'Status',
    min: 10,
    priority: 9,
    text: (run) => run.status,
    tone: (run) => TONES[run.status],
  },
  countColumn({ id: 'charged', title: 'Charged', min: 7, priority: 8 }, (run) => run.charged),
  centsColumn({ id: 'penalty', title: 'Penalties', min: 12, priority: 9 }, (run) => run.penaltyCents),
  centsColumn({ id: 'base', title: 'On', min: 13, priority: 4 }, (run) => run.baseCents),
  countColumn({ id: 'exempt', title: 'Not charged', min: 11, priority: 5 }, (run) => run.exempt + run.excluded),
  { id: 'scope', title: 'Of', min: 12, max: 40, grow: 3, priority: 3, text: scopeOf },
  { id: 'batch', title: 'Batch', min: 7, priority: 2, text: (run) => run.batch ?? '' },
  { id: 'by', title: 'By', min: 8, max: 14, priority: 1, text: (run) => run.createdBy },
];
