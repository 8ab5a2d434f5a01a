import type { Db } from '#db/schema.ts';
import type { Cents } from '#domain/money.ts';

/** What a batch holds. A payment counts once, whatever its accounts and means of payment. */
export interface BatchTotals {
  readonly count: number;
  /** As on the tape: without signs. */
  readonly cents: Cents;
  readonly unposted: number;
}

/** Counts and sums of batches, by batch. */
export async function batchTotals(db: Db, batchIds: readonly number[]): Promise<Map<number, BatchTotals>> {
  if (batchIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('ledger_transaction')
    .select('batch_id as batchId')
    .select((eb) => [
      eb.fn.count<number>(eb.fn.coalesce('payment_id', 'id')).distinct().as('count'),
      eb.fn.sum<number>('amount_cents').as('cents'),
      eb.fn.sum<number>(eb.case().when('status', '=', 'unposted').then(1).else(0).end()).as('unposted'),
    ])
    .where('batch_id', 'in', [...batchIds])
    .groupBy('batch_id')
    .execute();
  return new Map(
    rows.map(({ batchId, count, cents, unposted }) => [
      batchId!,
      { count: Number(count), cents: Math.abs(Number(cents)), unposted: Number(unposted) },
    ]),
  );
}

export const NOTHING: BatchTotals = { count: 0, cents: 0, unposted: 0 };
