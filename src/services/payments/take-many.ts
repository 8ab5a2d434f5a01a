import { insertRows } from '#db/bulk.ts';
import type { Schema } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { enterAll } from '../ledger/enter.ts';
import { GL } from '../ledger/gl.ts';
import { openDays } from '../ledger/periods.ts';
import type { AccountRef } from '../ledger/rows.ts';
import { nextNumbers } from '../numbers.ts';
import type { CommandContext } from '../operation.ts';
import { receiptNumber } from './receipt-number.ts';

/** A payment of one account by one means, spread by the payoff order. */
export interface PlainPayment {
  readonly account: AccountRef;
  readonly cents: Cents;
  readonly method: string;
  readonly reference: string | null;
  readonly paidOn: CivilDate;
}

/**
 * Takes many payments at once, each with its receipt number: some statements for any number. What
 * customers' records say about paying was asked before.
 * @returns ids of the payments, in their order
 */
export async function takeMany(
  ctx: CommandContext,
  payments: readonly PlainPayment[],
  { channel, batchId }: { readonly channel: Schema['payment']['channel']; readonly batchId: number },
): Promise<number[]> {
  if (payments.length === 0) return [];
  // What was paid before a period was closed counts from the first day after it.
  const openDay = await openDays(ctx.db);
  const first = await nextNumbers(ctx.db, 'receipt', payments.length);
  const made = payments.map((payment, at) => ({
    ...payment,
    id: ctx.newId(),
    tenderId: ctx.newId(),
    receipt: receiptNumber(first + at),
  }));
  await insertRows(
    ctx.db,
    'payment',
    made.map(({ id, receipt, account, cents, paidOn }) => ({
      id,
      number: receipt,
      source_account_id: account.id,
      customer_id: account.customerId,
      paid_on: paidOn,
      total_cents: cents,
      channel,
      mode: 'automatic' as const,
      memo: null,
      batch_id: batchId,
      drawer_id: null,
      created_at: ctx.now,
      created_by: ctx.actor.username,
      version: 1,
    })),
  );
  await insertRows(
    ctx.db,
    'tender',
    made.map(({ id, tenderId, account, method, cents, reference }) => ({
      id: tenderId,
      payment_id: id,
      customer_id: account.customerId,
      method,
      amount_cents: cents,
      reference,
      version: 1,
    })),
  );
  await enterAll(
    ctx,
    made.map(({ id, tenderId, receipt, account, cents, method, reference, paidOn }) => ({
      account: { id: account.id, customerId: account.customerId },
      kind: 'payment' as const,
      effectiveOn: openDay(paidOn),
      number: receipt,
      method,
      reference,
      paymentId: id,
      tenderId,
      batchId,
      lines: [{ debitGl: GL.cash, creditGl: GL.receivable, amountCents: cents, effect: -1 as const }],
    })),
  );
  for (const { id, receipt, account, cents } of made) {
    ctx.audit({
      entity: 'Payment',
      entityId: id,
      customerId: account.customerId,
      changes: { receipt: [null, receipt], account: [null, account.id], amountCents: [null, cents] },
    });
  }
  return made.map(({ id }) => id);
}
