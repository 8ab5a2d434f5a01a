import { z } from 'zod';
import type { Cents } from '#domain/money.ts';
import { isReturnable } from '#domain/payment-core.ts';
import { may } from '../actor.ts';
import { Failure } from '../failure.ts';
import { accountRefs } from '../ledger/account-ref.ts';
import { enter } from '../ledger/enter.ts';
import { GL } from '../ledger/gl.ts';
import { openDayFrom } from '../ledger/periods.ts';
import { post } from '../ledger/post.ts';
import { loadOptions } from '../options/operations.ts';
import { cautions } from './cautions.ts';
import { chosenCode } from './codes.ts';
import { correction } from './correction.ts';
import { entered } from './receipt.ts';
import type { CorrectionContext } from './context.ts';
import { batchFor } from '../batches/find.ts';
import { assertPosted, entryById, type Entry } from './entries.ts';
import { amount, code, day, id, memo, reference } from './fields.ts';
import { refuseChecksAfterReturns } from './return-policy.ts';
import { takeMoneyBack } from './returned-money.ts';
import { chosenTenders, type PaidTender, tendersOf } from './tenders.ts';

const input = z.object({
  transactionId: id.describe('the payment, or one of its parts'),
  tenderIds: z.array(id).max(20, 'At most 20').optional().describe('which tenders came back; all where there is one'),
  reason: code.describe('code of table return_reason'),
  reference,
  memo,
  effectiveOn: day.optional().describe('today, unless said otherwise'),
  feeCents: amount.or(z.literal(0)).optional().describe('fee for each item; that of the options unless said otherwise'),
});

/** The tenders meant, each of a sort that `allowed` takes, none taken back before. */
async function meant(
  ctx: CorrectionContext,
  { transactionId, tenderIds }: z.output<typeof input>,
  refusal: (tender: PaidTender) => string | null,
): Promise<{ readonly entry: Entry; readonly tenders: readonly PaidTender[] }> {
  const entry = await entryById(ctx, transactionId);
  if (entry.kind !== 'payment') throw new Failure('refused', 'This is no payment.');
  assertPosted(entry);
  const tenders = chosenTenders(await tendersOf(ctx.db, entry), tenderIds);
  for (const tender of tenders) {
    if (tender.takenBack) throw new Failure('refused', 'It was returned or reversed before: that is done once.');
    const reason = refusal(tender);
    if (reason !== null) throw new Failure('refused', reason);
  }
  return { entry, tenders };
}

/** A check or draft that the bank sent back (guide: domain §4.3; examples N1 to N3). */
export const returnPayment = correction({
  name: 'payment.return',
  summary: 'Enter a returned item: what it paid is open again, a fee is added',
  permission: 'payments.return',
  input,
  run: async (ctx, asked) => {
    const { entry, tenders } = await meant(ctx, asked, ({ core }) =>
      isReturnable(core) ? null : 'Only checks and drafts are returned: reverse it, or charge it back.',
    );
    await cautions(ctx, entry.account.id);
    const { name } = await chosenCode(ctx.db, 'return_reason', asked.reason);
    const effectiveOn = asked.effectiveOn ?? ctx.today;
    const made: number[] = [];
    for (const tender of tenders) {
      const returned = await takeMoneyBack(ctx, tender.parts, {
        kind: 'nsf',
        effectiveOn,
        reason: asked.reason,
        reference: asked.reference ?? tender.reference,
        memo: asked.memo ?? name,
        description: 'Returned payment',
      });
      made.push(...returned, ...(await addFee(ctx, entry, returned[0]!, asked.feeCents)));
    }
    await refuseChecksAfterReturns(ctx, entry.account.customerId);
    return entered(...made);
  },
});

/** The fee is a charge of its own, on the account of who paid. */
async function addFee(
  ctx: CorrectionContext,
  payment: Entry,
  returnedId: number,
  feeCents: Cents | undefined,
): Promise<number[]> {
  const { nsfFeeCents, adjustmentsPost } = await loadOptions(ctx.db);
  const cents = feeCents ?? nsfFeeCents;
  if (cents !== nsfFeeCents && !may(ctx.actor, 'adjustments.enter')) {
    throw new Failure('forbidden', 'You may not change the fee (adjustments.enter).', {
      feeCents: 'Leave it as it is.',
    });
  }
  if (cents === 0) return [];
  const account = await payerOf(ctx, payment);
  const effectiveOn = await openDayFrom(ctx.db, ctx.today);
  const waits = adjustmentsPost === 'batch';
  const fee = await enter(ctx, {
    account,
    kind: 'nsf_fee',
    effectiveOn,
    dueOn: effectiveOn,
    reason: 'nsf',
    correctsId: returnedId,
    batchId: waits ? await batchFor(ctx, 'adjustments') : null,
    lines: [
      {
        description: 'Returned-item fee',
        code: 'nsf',
        debitGl: GL.receivable,
        creditGl: GL.returnFees,
        amountCents: cents,
        effect: 1,
      },
    ],
  });
  if (!waits) await post(ctx, [fee.id]);
  return [fee.id];
}

async function payerOf(ctx: CorrectionContext, { account, paymentId }: Entry): Promise<Entry['account']> {
  if (paymentId === null) return account;
  const payment = await ctx.db
    .selectFrom('payment')
    .select('source_account_id as id')
    .where('id', '=', paymentId)
    .executeTakeFirst();
  return payment ? (await accountRefs(ctx.db, [payment.id])).get(payment.id)! : account;
}

/** A card payment that the card's issuer took back. */
export const chargeBack = correction({
  name: 'payment.chargeBack',
  summary: 'Enter a chargeback of a card payment: what it paid is open again',
  permission: 'payments.return',
  input: input.omit({ reason: true, feeCents: true }),
  run: async (ctx, asked) => {
    const { tenders } = await meant(ctx, { ...asked, reason: 'chargeback' }, ({ core }) =>
      core === 'card' ? null : 'Only card payments are charged back.',
    );
    const made: number[] = [];
    for (const tender of tenders) {
      const taken = await takeMoneyBack(ctx, tender.parts, {
        kind: 'reversal',
        effectiveOn: asked.effectiveOn ?? ctx.today,
        reason: 'chargeback',
        reference: asked.reference ?? tender.reference,
        memo: asked.memo,
        description: 'Card payment charged back',
      });
      made.push(...taken);
    }
    return entered(...made);
  },
});
