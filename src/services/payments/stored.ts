import type { Db, Schema } from '#db/schema.ts';
import type { Cents } from '#domain/money.ts';
import { Failure } from '../failure.ts';

/** A payment as it is in the database. */
export interface StoredPayment {
  readonly paymentId: number;
  readonly receipt: string;
  readonly version: number;
  readonly batchId: number | null;
  readonly drawerId: number | null;
  readonly channel: Schema['payment']['channel'];
  readonly totalCents: Cents;
  readonly posted: boolean;
  readonly transactionIds: readonly number[];
  /** What each account got. */
  readonly accounts: ReadonlyMap<number, Cents>;
  readonly customers: ReadonlyMap<number, number>;
}

/** @throws Failure `not_found` */
export async function storedPayment(db: Db, paymentId: number): Promise<StoredPayment> {
  const payment = await db.selectFrom('payment').selectAll().where('id', '=', paymentId).executeTakeFirst();
  if (!payment) throw new Failure('not_found', 'This payment is not there any more: it was deleted.');
  const parts = await db
    .selectFrom('ledger_transaction')
    .select(['id', 'account_id as accountId', 'customer_id as customerId', 'amount_cents as cents', 'status'])
    .where('payment_id', '=', paymentId)
    .where('kind', '=', 'payment')
    .orderBy('id')
    .execute();
  const accounts = new Map<number, Cents>();
  for (const { accountId, cents } of parts) accounts.set(accountId, (accounts.get(accountId) ?? 0) - cents);
  return {
    paymentId,
    receipt: payment.number,
    version: payment.version,
    batchId: payment.batch_id ?? null,
    drawerId: payment.drawer_id ?? null,
    channel: payment.channel,
    totalCents: payment.total_cents,
    posted: parts.some(({ status }) => status === 'posted'),
    transactionIds: parts.map(({ id }) => id),
    accounts,
    customers: new Map(parts.map(({ accountId, customerId }) => [accountId, customerId])),
  };
}

/** @throws Failure `refused` */
export function assertUnposted({ posted, receipt }: StoredPayment): void {
  if (posted) throw new Failure('refused', `Receipt ${receipt} is posted: reverse it instead.`);
}
