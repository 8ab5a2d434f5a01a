import { z } from 'zod';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import type { Schema } from '#db/schema.ts';
import { query, type QueryContext } from '../operation.ts';
import { assertVisible } from '../subject.ts';
import { storedPayment } from './stored.ts';

/** A payment with its means of payment and its parts, as it was entered. */
export interface PaymentRecord {
  readonly paymentId: number;
  readonly version: number;
  readonly receipt: string;
  readonly paidOn: CivilDate;
  readonly totalCents: Cents;
  readonly channel: Schema['payment']['channel'];
  readonly mode: Schema['payment']['mode'];
  readonly memo: string | null;
  readonly sourceAccountId: number;
  readonly batchId: number | null;
  readonly batchNumber: string | null;
  readonly drawerId: number | null;
  readonly posted: boolean;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly tenders: readonly {
    readonly id: number;
    readonly method: string;
    readonly cents: Cents;
    readonly reference: string | null;
  }[];
  readonly accounts: readonly {
    readonly accountId: number;
    readonly number: string;
    readonly name: string;
    readonly cents: Cents;
    readonly planned: readonly { readonly debitLineId: number; readonly cents: Cents }[];
  }[];
}

export const getPayment = query({
  name: 'payment.get',
  summary: 'A payment with its means of payment and the accounts that it is for',
  permission: 'history.read',
  input: z.object({ paymentId: z.number().int().positive() }),
  viewed: (_, { sourceAccountId }: PaymentRecord) => ({ accountId: sourceAccountId }),
  run: async (ctx, { paymentId }): Promise<PaymentRecord> => {
    const stored = await storedPayment(ctx.db, paymentId);
    for (const accountId of stored.accounts.keys()) await assertVisible(ctx, { accountId });
    const header = await headerOf(ctx, paymentId);
    const tenders = await ctx.db
      .selectFrom('tender')
      .select(['id', 'method', 'amount_cents as cents', 'reference'])
      .where('payment_id', '=', paymentId)
      .orderBy('id')
      .execute();
    const { receipt, version, totalCents, channel, batchId, posted } = stored;
    return {
      paymentId,
      receipt,
      version,
      totalCents,
      channel,
      batchId,
      posted,
      ...header,
      tenders,
      accounts: await accountsOf(ctx, paymentId, stored.accounts),
    };
  },
});

function headerOf({ db }: QueryContext, paymentId: number) {
  return db
    .selectFrom('payment as p')
    .leftJoin('batch as b', 'b.id', 'p.batch_id')
    .select([
      'p.paid_on as paidOn',
      'p.mode',
      'p.memo',
      'p.source_account_id as sourceAccountId',
      'b.number as batchNumber',
      'p.drawer_id as drawerId',
      'p.created_at as createdAt',
      'p.created_by as createdBy',
    ])
    .where('p.id', '=', paymentId)
    .executeTakeFirstOrThrow();
}

async function accountsOf({ db }: QueryContext, paymentId: number, amounts: ReadonlyMap<number, Cents>) {
  const accounts = await db
    .selectFrom('account as a')
    .innerJoin('customer as c', 'c.id', 'a.customer_id')
    .select(['a.id', 'a.number', 'c.display_name as name'])
    .where('a.id', 'in', [-1, ...amounts.keys()])
    .execute();
  const planned = await db
    .selectFrom('planned_allocation as x')
    .innerJoin('ledger_transaction as t', 't.id', 'x.transaction_id')
    .select(['t.account_id as accountId', 'x.debit_line_id as debitLineId', 'x.amount_cents as cents'])
    .where('t.payment_id', '=', paymentId)
    .orderBy('x.id')
    .execute();
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return [...amounts].map(([accountId, cents]) => ({
    accountId,
    number: byId.get(accountId)!.number,
    name: byId.get(accountId)!.name,
    cents,
    planned: planned
      .filter((row) => row.accountId === accountId)
      .map(({ debitLineId, cents: part }) => ({ debitLineId, cents: part })),
  }));
}
