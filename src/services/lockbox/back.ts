import type { CommandContext } from '../operation.ts';

/** The bank’s money is still there when its payment is deleted: it waits again for somebody to say whose it is. */
export async function backToExceptions({ db, actor, now }: CommandContext, paymentId: number): Promise<void> {
  await db
    .updateTable('lockbox_item')
    .set((eb) => ({
      status: 'exception',
      problem: 'deleted',
      payment_id: null,
      resolved_by: actor.username,
      resolved_at: now,
      version: eb('version', '+', 1),
    }))
    .where('payment_id', '=', paymentId)
    .execute();
}
