import { z } from 'zod';
import { formatCents } from '#domain/money.ts';
import { payOff } from '#domain/payoff.ts';
import { Failure } from '../failure.ts';
import { GL } from '../ledger/gl.ts';
import { openSum } from '../ledger/open-items.ts';
import { command } from '../operation.ts';
import { loadOptions } from '../options/operations.ts';
import { book, interestCredited, payableDebts, releaseLines, releasing, takeBackCharge } from './book.ts';
import { type DepositReceipt, positive, receipt, reference, which } from './input.ts';
import { refundLines } from './refund.ts';

const toDebts = { gl: GL.receivable, effect: -1, what: 'applied' } as const;

export interface AppliedReceipt extends DepositReceipt {
  readonly appliedCents: number;
  readonly interestCents: number;
}

export const applyDeposit = command({
  name: 'deposit.apply',
  summary: 'Pay debts of an account from a deposit, with the interest on it',
  permission: 'deposits.manage',
  input: z.object({
    ...which,
    /** All that is held, as far as there are debts, when left out. */
    amountCents: positive.optional(),
    /** Only debts of the service that the deposit was charged for, or the interest alone. */
    only: z.enum(['service', 'interest'], 'Choose service or interest').nullish(),
  }),
  run: async (ctx, { amountCents, only, ...which }): Promise<AppliedReceipt> => {
    const about = await releasing(ctx, which);
    const { deposit, account, terms, interestCents } = about;
    const service = only === 'service' || terms.onlyService === 1 ? deposit.serviceTypeId : null;
    const debts = await payableDebts(ctx, account, service);
    const owed = openSum(debts);
    const most = only === 'interest' ? 0 : Math.min(deposit.heldCents, Math.max(0, owed - interestCents));
    if (amountCents !== undefined && amountCents > most) {
      const message =
        amountCents > deposit.heldCents
          ? `Only ${formatCents(deposit.heldCents)} is held.`
          : `Only ${formatCents(most)} is owed besides the interest of ${formatCents(interestCents)}.`;
      throw new Failure('refused', message, { amountCents: message });
    }
    const principal = amountCents ?? most;
    if (principal + interestCents === 0 || (owed === 0 && only !== 'interest')) {
      throw new Failure('refused', 'There is no debt on this account that the deposit could pay.');
    }
    const lines = releaseLines(about, { principal, interest: interestCents }, toDebts);
    const kind = principal === 0 ? 'interest_credit' : 'deposit_apply';
    const { paid } = payOff(debts, principal + interestCents);
    await book(ctx, about, { kind, memo: 'Deposit applied', lines }, paid);
    await interestCredited(ctx, about, interestCents);
    const changes = { applied: [null, principal], interest: [null, interestCents] } as const;
    return { ...(await receipt(ctx, deposit, changes)), appliedCents: principal, interestCents };
  },
});

/** What a settled deposit was used for. */
export interface SettledReceipt extends AppliedReceipt {
  /** Debts that deposit and interest paid. */
  readonly paidCents: number;
  readonly refundedCents: number;
  readonly writtenDownCents: number;
  /** Of the charge, what nobody had paid. */
  readonly takenBackCents: number;
}

export const settleDeposit = command({
  name: 'deposit.settle',
  summary: 'At a final bill: deposit and interest pay the debts, the rest is refunded or, if tiny, written down',
  permission: 'deposits.manage',
  input: z.object({ ...which, method: reference, reference }),
  run: async (ctx, { method, reference, ...which }): Promise<SettledReceipt> => {
    const about = await releasing(ctx, which);
    const { deposit, account } = about;
    const takenBackCents = await takeBackCharge(ctx, about);
    const debts = await payableDebts(ctx, account, null);
    const owed = openSum(debts);
    const interest = Math.min(about.interestCents, owed);
    const principal = Math.min(deposit.heldCents, owed - interest);
    if (principal + interest > 0) {
      const lines = releaseLines(about, { principal, interest }, toDebts);
      const kind = principal === 0 ? 'interest_credit' : 'deposit_apply';
      const { paid } = payOff(debts, principal + interest);
      await book(ctx, about, { kind, memo: 'Deposit applied to final bill', lines }, paid);
    }
    const rest = { principal: deposit.heldCents - principal, interest: about.interestCents - interest };
    const tiny = (await loadOptions(ctx.db)).depositSmallCents;
    const writesDown = rest.principal + rest.interest <= tiny;
    if (rest.principal + rest.interest > 0) {
      if (!writesDown) {
        const lines = refundLines(about, rest);
        await book(ctx, about, { kind: 'deposit_refund', method: method ?? 'check', reference, lines });
      } else if (rest.principal > 0) {
        const to = { gl: GL.other, effect: 0, what: 'written down' } as const;
        const lines = releaseLines(about, { principal: rest.principal, interest: 0 }, to);
        await book(ctx, about, { kind: 'adjustment', reason: 'small', memo: 'Rest of deposit written down', lines });
      }
    }
    const interestCents = writesDown ? interest : about.interestCents;
    await interestCredited(ctx, about, interestCents);
    const refundedCents = writesDown ? 0 : rest.principal + rest.interest;
    const writtenDownCents = writesDown ? rest.principal : 0;
    const done = await receipt(ctx, deposit, {
      applied: [null, principal],
      interest: [null, interestCents],
      refunded: [null, refundedCents],
    });
    const paidCents = principal + interest;
    const went = { paidCents, appliedCents: principal, refundedCents, writtenDownCents };
    return { ...done, ...went, interestCents, takenBackCents };
  },
});
