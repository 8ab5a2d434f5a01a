import { z } from 'zod';
import { Failure } from '../failure.ts';
import { command } from '../operation.ts';
import { takeBackCharge } from './book.ts';
import { date, type DepositReceipt, id, reason, receipt } from './input.ts';
import { chargedOn, depositToChange, termsOf } from './read.ts';

export const takeBackDeposit = command({
  name: 'deposit.take-back',
  summary: 'Take back the part of a deposit’s charge that nobody has paid',
  permission: 'deposits.manage',
  input: z.object({ depositId: id, version: id.optional(), on: date.optional(), reason }),
  run: async (
    ctx,
    { depositId, version, on, reason },
  ): Promise<DepositReceipt & { readonly takenBackCents: number }> => {
    const deposit = await depositToChange(ctx, { depositId, version });
    const { gl } = (await chargedOn(ctx.db, depositId)) ?? (await termsOf(ctx.db, deposit));
    const takenBackCents = await takeBackCharge(ctx, { deposit, gl, on: on ?? ctx.today });
    if (takenBackCents === 0) throw new Failure('refused', 'There is nothing of it that is still to be paid.');
    return { ...(await receipt(ctx, deposit, { takenBack: [null, takenBackCents] }, reason)), takenBackCents };
  },
});
