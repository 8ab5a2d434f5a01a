import type { TransactionKind } from '#db/entities/ledger.ts';
import { idList } from '#db/bulk-add.ts';
import { Failure } from '../failure.ts';
import type { LedgerContext } from './rows.ts';

/** A transaction that is about to be posted, as posting needs to know it. */
export interface Posting {
  readonly id: number;
  readonly accountId: number;
  readonly customerId: number;
  readonly kind: TransactionKind;
  readonly amountCents: number;
  readonly effectiveOn: string;
  readonly number: string | null;
  readonly paymentId: number | null;
  readonly mode: 'automatic' | 'manual' | 'fifo' | 'spec' | null;
  readonly lines: readonly { readonly id: number; readonly effect: number; readonly serviceTypeId: number | null }[];
  readonly planned: readonly { readonly debitLineId: number; readonly amountCents: number }[];
}

/** Transactions in the order of their ids. @throws Failure `conflict` when one is gone or posted already */
export async function readPostings({ db }: LedgerContext, ids: readonly number[]): Promise<Posting[]> {
  const list = idList(db, ids);
  const transactions = await db
    .selectFrom('ledger_transaction as t')
    .leftJoin('payment as p', 'p.id', 't.payment_id')
    .select([
      't.id',
      't.account_id as accountId',
      't.customer_id as customerId',
      't.kind',
      't.status',
      't.amount_cents as amountCents',
      't.effective_on as effectiveOn',
      't.number',
      't.payment_id as paymentId',
      'p.mode',
    ])
    .where('t.id', 'in', list)
    .orderBy('t.id')
    .execute();
  if (transactions.length < ids.length) throw new Failure('conflict', 'This is not there any more: it was deleted.');
  if (transactions.some(({ status }) => status === 'posted')) throw new Failure('conflict', 'This is posted already.');
  const lines = await db
    .selectFrom('ledger_line')
    .select(['id', 'transaction_id as transactionId', 'effect', 'service_type_id as serviceTypeId'])
    .where('transaction_id', 'in', list)
    .orderBy('id')
    .execute();
  const planned = await db
    .selectFrom('planned_allocation')
    .select(['transaction_id as transactionId', 'debit_line_id as debitLineId', 'amount_cents as amountCents'])
    .where('transaction_id', 'in', list)
    .orderBy('id')
    .execute();
  const [linesOf, plannedOf] = [Map.groupBy(lines, byTransaction), Map.groupBy(planned, byTransaction)];
  return transactions.map((row) => ({
    ...row,
    lines: linesOf.get(row.id) ?? [],
    planned: plannedOf.get(row.id) ?? [],
  }));
}

const byTransaction = ({ transactionId }: { readonly transactionId: number }): number => transactionId;
