import { z } from 'zod';
import type { Cents } from '#domain/money.ts';
import { assertOpenBatch } from '../batches/find.ts';
import { assertDrawerOpen } from '../drawers/find.ts';
import { Failure } from '../failure.ts';
import { removeUnposted } from '../ledger/remove.ts';
import { backToExceptions } from '../lockbox/back.ts';
import { command, type CommandContext } from '../operation.ts';
import { assertChangeable } from '../subject.ts';
import { assertUnposted, type StoredPayment, storedPayment } from './stored.ts';

/** A payment as it was read. */
export const whichPayment = z.object({ paymentId: z.number().int().positive(), version: z.number().int().positive() });

/** @throws Failure `conflict` when somebody changed it, `refused` when it is posted, or its batch or drawer closed */
export async function changeablePayment(
  ctx: CommandContext,
  paymentId: number,
  version: number,
): Promise<StoredPayment> {
  const stored = await storedPayment(ctx.db, paymentId);
  for (const accountId of stored.accounts.keys()) await assertChangeable(ctx, { accountId });
  assertUnposted(stored);
  if (stored.version !== version) {
    throw new Failure('conflict', `Somebody has changed receipt ${stored.receipt} meanwhile. Nothing was saved.`);
  }
  if (stored.batchId !== null) await assertOpenBatch(ctx, stored.batchId);
  await assertDrawerOpen(ctx.db, stored.drawerId);
  return stored;
}

/** Takes the parts of an unposted payment out of the ledger. */
export async function clearParts(ctx: CommandContext, { paymentId, transactionIds }: StoredPayment): Promise<void> {
  await removeUnposted(ctx, transactionIds);
  await ctx.db.deleteFrom('tender').where('payment_id', '=', paymentId).execute();
}

export const deletePayment = command({
  name: 'payment.delete',
  summary: 'Delete a payment that is not posted; the audit trail keeps what it was',
  permission: 'payments.edit',
  input: whichPayment,
  run: async (ctx, { paymentId, version }): Promise<{ receipt: string; totalCents: Cents }> => {
    const before = await changeablePayment(ctx, paymentId, version);
    await clearParts(ctx, before);
    if (before.channel === 'lockbox') await backToExceptions(ctx, paymentId);
    await ctx.db.deleteFrom('payment').where('id', '=', paymentId).execute();
    for (const [accountId, cents] of before.accounts) {
      ctx.audit({
        entity: 'Payment',
        entityId: paymentId,
        customerId: before.customers.get(accountId) ?? null,
        changes: { receipt: [before.receipt, null], account: [accountId, null], amountCents: [cents, null] },
      });
    }
    return { receipt: before.receipt, totalCents: before.totalCents };
  },
});
