import { z } from 'zod';
import { formatCents } from '#domain/money.ts';
import { batchFor } from '../batches/find.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext } from '../operation.ts';
import { openDayFrom } from '../ledger/periods.ts';
import { takePayment } from '../payments/write.ts';
import { typedText } from '#domain/typed-text.ts';

const which = { itemId: z.number().int().positive(), version: z.number().int().positive() };

/** @throws Failure `not_found`, `conflict`, `refused` when it waits no more */
async function waiting({ db }: CommandContext, itemId: number, version: number) {
  const item = await db.selectFrom('lockbox_item').selectAll().where('id', '=', itemId).executeTakeFirst();
  if (!item) throw new Failure('not_found', 'There is no such payment of a lockbox.');
  if (item.status !== 'exception') {
    const done = item.status === 'matched' ? 'credited' : 'returned';
    throw new Failure('refused', `This payment is ${done} already, by ${item.resolved_by ?? 'the file'}.`);
  }
  if (item.version !== version) {
    throw new Failure('conflict', 'Somebody has changed this payment meanwhile. Nothing was saved.');
  }
  return item;
}

/** The batch of the file while it takes entries, else one of today's. */
async function openBatchOf(ctx: CommandContext, fileId: number): Promise<number> {
  const batch = await ctx.db
    .selectFrom('lockbox_file as f')
    .innerJoin('batch as b', 'b.id', 'f.batch_id')
    .select(['b.id', 'b.status'])
    .where('f.id', '=', fileId)
    .executeTakeFirstOrThrow();
  return batch.status === 'open' ? batch.id : batchFor(ctx, 'lockbox');
}

/** What became of a payment that waited. */
export interface LockboxDecision {
  readonly itemId: number;
  readonly status: 'matched' | 'returned';
  readonly receipt: string | null;
  readonly amountCents: number;
}

export const resolveLockbox = command({
  name: 'lockbox.resolve',
  summary: 'Say whose a payment of a lockbox is: it is taken for that account',
  permission: 'lockbox.manage',
  input: z.object({ ...which, accountId: z.number().int().positive() }),
  subject: ({ accountId }) => ({ accountId }),
  run: async (ctx, { itemId, version, accountId }): Promise<LockboxDecision> => {
    const item = await waiting(ctx, itemId, version);
    const { receipt, paymentId } = await takePayment(
      ctx,
      {
        accounts: [{ accountId, debits: [], services: [], invoices: [] }],
        tenders: [{ method: item.method, cents: item.amount_cents, reference: item.reference ?? null }],
        paidOn: await openDayFrom(ctx.db, item.paid_on),
        mode: 'automatic',
        restToAccount: false,
        channel: 'lockbox',
        memo: null,
      },
      await openBatchOf(ctx, item.file_id),
    );
    const account = await ctx.db
      .selectFrom('account')
      .select(['customer_id', 'number'])
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    await ctx.db
      .updateTable('lockbox_item')
      .set({
        status: 'matched',
        account_id: accountId,
        customer_id: account.customer_id,
        payment_id: paymentId,
        resolved_by: ctx.actor.username,
        resolved_at: ctx.now,
        version: version + 1,
      })
      .where('id', '=', itemId)
      .execute();
    ctx.audit({
      entity: 'LockboxItem',
      entityId: itemId,
      customerId: account.customer_id,
      changes: { status: ['exception', 'matched'], account: [item.account_number, account.number] },
    });
    return { itemId, status: 'matched', receipt, amountCents: item.amount_cents };
  },
});

export const returnLockbox = command({
  name: 'lockbox.return',
  summary: 'Send a payment of a lockbox back to who paid it: it is taken for nobody',
  permission: 'lockbox.manage',
  input: z.object({
    ...which,
    remarks: typedText(200).refine((text) => text.trim() !== '', 'Say why it is returned.'),
  }),
  run: async (ctx, { itemId, version, remarks }): Promise<LockboxDecision> => {
    const item = await waiting(ctx, itemId, version);
    await ctx.db
      .updateTable('lockbox_item')
      .set({
        status: 'returned',
        remarks: remarks.trim(),
        resolved_by: ctx.actor.username,
        resolved_at: ctx.now,
        version: version + 1,
      })
      .where('id', '=', itemId)
      .execute();
    await lessControl(ctx, item.file_id, item.amount_cents);
    ctx.audit({
      entity: 'LockboxItem',
      entityId: itemId,
      customerId: item.customer_id ?? null,
      changes: { status: ['exception', 'returned'], amount: [formatCents(item.amount_cents), null] },
      reason: remarks.trim(),
    });
    return { itemId, status: 'returned', receipt: null, amountCents: item.amount_cents };
  },
});

/** What goes back is not to be expected in the batch of the file any more. */
async function lessControl(ctx: CommandContext, fileId: number, cents: number): Promise<void> {
  const batch = await ctx.db
    .selectFrom('lockbox_file as f')
    .innerJoin('batch as b', 'b.id', 'f.batch_id')
    .select(['b.id', 'b.status', 'b.version', 'b.control_cents as cents', 'b.control_count as count'])
    .where('f.id', '=', fileId)
    .executeTakeFirstOrThrow();
  if (batch.status !== 'open' || batch.cents === null || batch.count === null) return;
  const [controlCents, controlCount] = [Math.max(0, batch.cents - cents), Math.max(0, batch.count - 1)];
  await ctx.db
    .updateTable('batch')
    .set({ control_cents: controlCents, control_count: controlCount, version: batch.version + 1 })
    .where('id', '=', batch.id)
    .execute();
  ctx.audit({
    entity: 'Batch',
    entityId: batch.id,
    changes: { control_cents: [batch.cents, controlCents], control_count: [batch.count, controlCount] },
  });
}
