import { z } from 'zod';
import { recoverBadDebt } from '../corrections/recovery.ts';
import { noteDeferred } from '../deferred/write.ts';
import { post } from '../ledger/post.ts';
import { command } from '../operation.ts';
import { assertChangeable } from '../subject.ts';
import { assertUnposted, storedPayment } from './stored.ts';

/** Posts one payment by itself, ahead of its batch. */
export const postPayment = command({
  name: 'payment.post',
  summary: 'Post one payment now, ahead of its batch',
  permission: 'batches.post',
  input: z.object({ paymentId: z.number().int().positive() }),
  run: async (ctx, { paymentId }): Promise<{ receipt: string; transactionIds: readonly number[] }> => {
    const stored = await storedPayment(ctx.db, paymentId);
    for (const accountId of stored.accounts.keys()) await assertChangeable(ctx, { accountId });
    assertUnposted(stored);
    await recoverBadDebt(ctx, stored.transactionIds);
    const deferred = await post(ctx, stored.transactionIds);
    for (const customerId of new Set(stored.customers.values())) {
      ctx.audit({
        entity: 'Payment',
        entityId: paymentId,
        customerId,
        changes: { status: ['unposted', 'posted'], receipt: [stored.receipt, stored.receipt] },
      });
    }
    noteDeferred(ctx, deferred);
    return { receipt: stored.receipt, transactionIds: stored.transactionIds };
  },
});
