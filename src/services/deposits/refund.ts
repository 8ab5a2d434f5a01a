import { z } from 'zod';
import { type Cents, formatCents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { GL } from '../ledger/gl.ts';
import type { NewLine } from '../ledger/rows.ts';
import { command, type CommandContext } from '../operation.ts';
import { typedText } from '#domain/typed-text.ts';
import { book, interestCredited, type Releasing, releaseLines, releasing, takeBackCharge } from './book.ts';
import { type DepositReceipt, positive, receipt, reference, which } from './input.ts';
import { pastDueOf } from './read.ts';

/** Lines of money that goes back to the customer. */
export const refundLines = (
  about: Releasing,
  amounts: { readonly principal: Cents; readonly interest: Cents },
): NewLine[] => releaseLines(about, amounts, { gl: GL.cash, effect: 0, what: 'refunded' });

export interface RefundedReceipt extends DepositReceipt {
  /** Deposit and interest. */
  readonly refundedCents: Cents;
  readonly interestCents: Cents;
  readonly takenBackCents: Cents;
}

/** @throws Failure `refused` while something is past due (guide: §4.5), or for a code that is not refundable */
async function assertRefundable(ctx: CommandContext, { deposit, terms, account }: Releasing): Promise<void> {
  if (terms.refundable === 0) {
    throw new Failure('refused', 'Deposits of this code are not refunded: say why this one is.', {
      overrideReason: 'Say why it is refunded all the same.',
    });
  }
  const customer = deposit.customerId ?? account.customerId;
  const pastDue = await pastDueOf(ctx.db, customer, ctx.today);
  if (pastDue === 0) return;
  const message = `${formatCents(pastDue)} is past due: apply the deposit, or say why it is refunded all the same.`;
  throw new Failure('refused', message, { overrideReason: message });
}

/** Gives a deposit, or a part of it, back with all interest; what was not collected of a whole one is taken back. */
export async function refund(
  ctx: CommandContext,
  about: Releasing,
  how: {
    readonly amountCents?: Cents;
    readonly method: string;
    readonly reference: string | null | undefined;
    readonly memo: string;
  },
): Promise<{ refundedCents: Cents; takenBackCents: Cents }> {
  const { deposit, interestCents } = about;
  const principal = how.amountCents ?? deposit.heldCents;
  if (principal > deposit.heldCents) {
    const message = `Only ${formatCents(deposit.heldCents)} is held.`;
    throw new Failure('refused', message, { amountCents: message });
  }
  const lines = refundLines(about, { principal, interest: interestCents });
  const { method, reference, memo } = how;
  await book(ctx, about, { kind: 'deposit_refund', method, reference, memo, lines });
  const takenBackCents = principal === deposit.heldCents ? await takeBackCharge(ctx, about) : 0;
  await interestCredited(ctx, about, interestCents);
  return { refundedCents: principal + interestCents, takenBackCents };
}

export const refundDeposit = command({
  name: 'deposit.refund',
  summary: 'Give a deposit back with its interest',
  permission: 'deposits.manage',
  input: z.object({
    ...which,
    /** All that is held when left out; the interest comes on top. */
    amountCents: positive.optional(),
    method: reference,
    reference,
    /** Why it is refunded although something is past due, or its code is not refundable. */
    overrideReason: typedText(200).nullish(),
  }),
  run: async (ctx, { amountCents, method, reference, overrideReason, ...which }): Promise<RefundedReceipt> => {
    const about = await releasing(ctx, which);
    if (!overrideReason?.trim()) await assertRefundable(ctx, about);
    const how = { amountCents, method: method ?? 'check', reference, memo: 'Deposit refunded' };
    const done = await refund(ctx, about, how);
    const changes = { refunded: [null, done.refundedCents], interest: [null, about.interestCents] } as const;
    const answer = await receipt(ctx, about.deposit, changes, overrideReason ?? undefined);
    return { ...answer, ...done, interestCents: about.interestCents };
  },
});
