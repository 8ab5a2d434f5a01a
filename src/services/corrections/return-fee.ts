import { z } from 'zod';
import { formatCents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { changeUnposted } from '../ledger/change.ts';
import { correction } from './correction.ts';
import { entered } from './receipt.ts';
import { assertWaiting, entriesBy, entryById, linesBy } from './entries.ts';
import { amount, id, memo, reference, version } from './fields.ts';

/**
 * What can still be changed of a returned item: its fee, while that is not posted. The returned item
 * itself is posted and stays as it is.
 */
export const editReturnFee = correction({
  name: 'payment.returnEdit',
  summary: 'Change the fee of a returned item while it is not posted',
  permission: 'payments.return',
  input: z.object({ transactionId: id.describe('the fee'), version, feeCents: amount, reference, memo }),
  run: async (ctx, { transactionId, version: read, feeCents, reference: told, memo: said }) => {
    const fee = await entryById(ctx, transactionId);
    if (fee.kind !== 'nsf_fee') throw new Failure('refused', 'This is no fee of a returned item.');
    await assertWaiting(ctx, fee, read);
    const lines = await linesBy(ctx.db, 'transaction_id', [transactionId]);
    await changeUnposted(
      ctx,
      {
        ...fee,
        reference: told,
        memo: said,
        lines: lines.map((line) => ({ ...line, effect: 1, amountCents: feeCents })),
      },
      read,
    );
    ctx.audit({
      entity: 'LedgerTransaction',
      entityId: transactionId,
      customerId: fee.account.customerId,
      changes: {
        fee: [formatCents(fee.amountCents), formatCents(feeCents)],
        reference: [fee.reference, told],
        memo: [fee.memo, said],
      },
    });
    return entered(transactionId);
  },
});

/** The fees that were entered for returned items. */
export const feesOf = async (db: Parameters<typeof entriesBy>[0], returnedIds: readonly number[]) =>
  (await entriesBy(db, 'corrects_id', returnedIds)).filter(({ kind }) => kind === 'nsf_fee');
