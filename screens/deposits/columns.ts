import type { RefundCandidate } from '#services/deposits/refund-run.ts';
import type { Column } from '#ui/table/columns.ts';
import { centsColumn } from '#ui/table/figure-columns.ts';

export const columns: readonly Column<RefundCandidate>[] = [
  { id: 'number', title: 'Deposit', min: 9, priority: 9, text: (row) => row.number ?? String(row.depositId) },
  { id: 'customer', title: 'Customer', min: 16, max: 32, grow: 2, priority: 7, text: (row) => row.customer },
  { id: 'code', title: 'Code', min: 9, max: 14, priority: 4, text: (row) => row.code },
  { id: 'charged', title: 'Charged', min: 10, priority: 6, text: (row) => row.chargedOn },
  centsColumn({ id: 'held', title: 'Held', min: 10, priority: 8 }, (row) => row.heldCents),
  {
    id: 'obstacles',
    title: 'To be given back',
    min: 18,
    grow: 3,
    priority: 8,
    text: (row) => (row.obstacles.length === 0 ? 'yes' : `no: ${row.obstacles.join(', ')}`),
    tone: (row) => (row.obstacles.length === 0 ? 'good' : 'dim'),
  },
];
