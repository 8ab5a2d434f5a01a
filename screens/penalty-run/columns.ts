import type { PenaltyCandidateRow } from '#services/penalties/review.ts';
import type { Column } from '#ui/table/columns.ts';
import { centsColumn, countColumn } from '#ui/table/figure-columns.ts';

const STATUS = { charge: 'charge', exempt: 'exempt', excluded: 'out' } as const;
const TONES = { charge: 'text', exempt: 'dim', excluded: 'warning' } as const;

const status = (row: PenaltyCandidateRow): string => (row.posted ? 'posted' : STATUS[row.status]);

export const columns: readonly Column<PenaltyCandidateRow>[] = [
  { id: 'account', title: 'Account', min: 8, max: 14, priority: 8, text: (row) => row.account },
  { id: 'customer', title: 'Customer', min: 14, max: 30, grow: 2, priority: 7, text: (row) => row.customer },
  { id: 'address', title: 'Address', min: 16, max: 30, grow: 1, priority: 1, text: (row) => row.address },
  countColumn({ id: 'debts', title: 'Debts', min: 5, priority: 2 }, (row) => row.debts),
  centsColumn({ id: 'base', title: 'Past due', min: 10, priority: 6 }, (row) => row.baseCents),
  centsColumn({ id: 'penalty', title: 'Penalty', min: 9, priority: 9 }, (row) => row.penaltyCents),
  { id: 'status', title: 'Status', min: 6, priority: 9, text: status, tone: (row) => TONES[row.status] },
  { id: 'reason', title: 'Reason', min: 21, grow: 3, priority: 5, text: (row) => row.reason ?? '' },
];
