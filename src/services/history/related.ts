import type { TransactionKind } from '#db/entities/ledger.ts';
import type { DetailAllocation, HistoryDetails } from './details.ts';

/** What one transaction corrects, or is corrected by, and how the two belong together. */
export interface Related {
  readonly id: number;
  readonly accountId: number;
  readonly accountNumber: string;
  readonly kind: TransactionKind;
  readonly number: string | null;
  readonly effectiveOn: string;
  readonly amountCents: number;
  /** `corrects`, `reversed by`, `settles`: in words for whoever chooses among several. */
  readonly relation: string;
}

/** What changes a debt or a credit by an operator's doing, and not by money that came in. */
const CORRECTING: ReadonlySet<TransactionKind> = new Set<TransactionKind>([
  'adjustment',
  'credit_apply',
  'deposit_apply',
  'nsf',
  'refund',
  'reversal',
  'transfer_in',
  'transfer_out',
  'write_off',
  'write_off_reinstate',
]);

/**
 * The corrections of a transaction, or what it corrects itself: those that name one another, and
 * those that are tied by what one settled of the other, as a write-off of several debts is. A
 * payment of a bill corrects nothing.
 */
export function relatedOf({ kind, links, allocations }: HistoryDetails): Related[] {
  const byId = new Map<number, Related>(links.map((link) => [link.id, link]));
  for (const allocation of allocations) {
    const { transactionId: id } = allocation;
    if (byId.has(id)) continue;
    if (CORRECTING.has(kind) || CORRECTING.has(allocation.kind)) byId.set(id, settled(allocation));
  }
  return [...byId.values()];
}

const settled = ({ transactionId, direction, ...rest }: DetailAllocation): Related => ({
  ...rest,
  id: transactionId,
  relation: direction === 'paid' ? 'settles' : 'settled by',
});
