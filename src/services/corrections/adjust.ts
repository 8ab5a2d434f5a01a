import { z } from 'zod';
import { formatCents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { changeUnposted } from '../ledger/change.ts';
import { enter } from '../ledger/enter.ts';
import { assertOpenPeriod } from '../ledger/periods.ts';
import { post } from '../ledger/post.ts';
import { removeUnposted } from '../ledger/remove.ts';
import { loadOptions } from '../options/operations.ts';
import { command } from '../operation.ts';
import { askFirst } from './approval.ts';
import { adjustmentOf, facts, type AdjustmentFacts, planFor } from './adjustment-facts.ts';
import { correction } from './correction.ts';
import { type CorrectionReceipt, entered } from './receipt.ts';
import { batchFor } from '../batches/find.ts';
import { assertWaiting, entryById } from './entries.ts';
import { id, version } from './fields.ts';

const signed = ({ direction, cents }: AdjustmentFacts): string =>
  `${direction === 'credit' ? 'Credit' : 'Debit'} ${formatCents(cents)}`;

/** Credit or debit on an account, or on a charge of it (guide: domain §3.11). */
export const enterAdjustment = correction({
  name: 'adjustment.enter',
  summary: 'Enter an adjustment of an account or of a posted charge',
  permission: 'adjustments.enter',
  input: facts.extend({
    accountId: id.optional().describe('the account; of a charge its own'),
    transactionId: id.optional().describe('the posted charge that is adjusted'),
  }),
  subject: ({ accountId }) => (accountId === undefined ? null : { accountId }),
  run: async (ctx, input) => {
    const made = await adjustmentOf(ctx, input);
    const asked = await askFirst(ctx, {
      operation: 'adjustment.enter',
      input,
      summary: `${signed(input)}, ${made.reasonName}${input.memo === null ? '' : `: ${input.memo}`}`,
      account: made.entry.account,
      creditCents: input.direction === 'credit' ? input.cents : 0,
    });
    if (asked) return asked;
    await assertOpenPeriod(ctx.db, [made.entry.effectiveOn]);
    const { adjustmentsPost } = await loadOptions(ctx.db);
    const waits = adjustmentsPost === 'batch';
    const { id: transactionId } = await enter(ctx, {
      ...made.entry,
      batchId: waits ? await batchFor(ctx, 'adjustments') : null,
    });
    await planFor(ctx, transactionId, made);
    if (!waits) await post(ctx, [transactionId]);
    ctx.audit({
      entity: 'LedgerTransaction',
      entityId: transactionId,
      customerId: made.entry.account.customerId,
      changes: { adjustment: [null, signed(input)], effectiveOn: [null, made.entry.effectiveOn] },
      reason: input.reason,
    });
    return entered(transactionId);
  },
});

/** Changes an adjustment that is not posted yet. */
export const editAdjustment = correction({
  name: 'adjustment.edit',
  summary: 'Change an adjustment that is not posted yet',
  permission: 'adjustments.enter',
  input: facts.extend({ transactionId: id, version }),
  run: async (ctx, { transactionId, version: read, ...input }) => {
    const before = await entryById(ctx, transactionId);
    if (before.kind !== 'adjustment') throw new Failure('refused', 'This is no adjustment.');
    await assertWaiting(ctx, before, read);
    const made = await adjustmentOf(ctx, {
      ...input,
      accountId: before.account.id,
      ...(before.correctsId === null ? {} : { transactionId: before.correctsId }),
    });
    const limit = ctx.actor.creditLimitCents ?? null;
    if (limit !== null && input.direction === 'credit' && input.cents > limit && input.cents > -before.amountCents) {
      const words = `Your limit is ${formatCents(limit)}. Delete it, and enter it anew to ask for approval.`;
      throw new Failure('refused', words, { cents: words });
    }
    await assertOpenPeriod(ctx.db, [made.entry.effectiveOn]);
    const after = await changeUnposted(ctx, { ...made.entry, batchId: before.batchId, id: transactionId }, read);
    await planFor(ctx, transactionId, made);
    ctx.audit({
      entity: 'LedgerTransaction',
      entityId: transactionId,
      customerId: before.account.customerId,
      changes: {
        amount: [formatCents(before.amountCents), formatCents(after.amountCents)],
        effectiveOn: [before.effectiveOn, made.entry.effectiveOn],
        reason: [before.reason, input.reason],
        memo: [before.memo, input.memo],
      },
      reason: input.reason,
    });
    return entered(transactionId);
  },
});

/** What is entered and not posted can be deleted; the audit trail keeps it. */
const DELETABLE = new Set(['adjustment', 'nsf_fee']);

export const deleteUnposted = command({
  name: 'adjustment.delete',
  summary: 'Delete an adjustment or a fee that is not posted yet',
  permission: 'adjustments.enter',
  input: z.object({ transactionId: id, version }),
  run: async (ctx, { transactionId, version: read }): Promise<CorrectionReceipt> => {
    const before = await entryById(ctx, transactionId);
    if (!DELETABLE.has(before.kind)) throw new Failure('refused', 'This is not deleted here.');
    await assertWaiting(ctx, before, read);
    await removeUnposted(ctx, [transactionId]);
    ctx.audit({
      entity: 'LedgerTransaction',
      entityId: transactionId,
      customerId: before.account.customerId,
      changes: {
        amount: [formatCents(before.amountCents), null],
        effectiveOn: [before.effectiveOn, null],
        memo: [before.memo, null],
      },
    });
    return entered();
  },
});
