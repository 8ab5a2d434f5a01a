import { z } from 'zod';
import { Failure } from '../failure.ts';
import { cautions } from './cautions.ts';
import { chosenCode } from './codes.ts';
import { correction } from './correction.ts';
import { entered } from './receipt.ts';
import { entryById } from './entries.ts';
import { code, day, id, memo } from './fields.ts';
import { takeMoneyBack } from './returned-money.ts';
import { tendersOf } from './tenders.ts';

/** A payment that should not be there (guide: domain §4.4): once, with a reason, without a fee. */
export const reversePayment = correction({
  name: 'payment.reverse',
  summary: 'Reverse a posted payment: what it paid is open again',
  permission: 'payments.reverse',
  input: z.object({
    transactionId: id.describe('the payment, or one of its parts'),
    reason: code.describe('code of table reversal_reason'),
    memo,
    effectiveOn: day.optional().describe('today, unless said otherwise'),
  }),
  run: async (ctx, { transactionId, reason, memo: said, effectiveOn = ctx.today }) => {
    const entry = await entryById(ctx, transactionId);
    if (entry.kind !== 'payment') throw new Failure('refused', 'This is no payment.');
    await cautions(ctx, entry.account.id);
    await chosenCode(ctx.db, 'reversal_reason', reason);
    const tenders = await tendersOf(ctx.db, entry);
    const left = tenders.filter((tender) => !tender.takenBack);
    if (left.length === 0) {
      throw new Failure('refused', 'This payment was returned or reversed before: that is done once.');
    }
    if (left.length < tenders.length) ctx.warn('A part of this payment was returned before; the rest is reversed.');
    const made = await takeMoneyBack(
      ctx,
      left.flatMap(({ parts }) => parts),
      { kind: 'reversal', effectiveOn, reason, memo: said, description: 'Payment reversed' },
    );
    return entered(...made);
  },
});
