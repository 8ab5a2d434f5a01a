import { z } from 'zod';
import { DEPOSIT_HOLDERS } from '#domain/deposit.ts';
import { formatCents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { GL } from '../ledger/gl.ts';
import type { AccountRef, NewLine } from '../ledger/rows.ts';
import { command, type CommandContext } from '../operation.ts';
import { assertChangeable } from '../subject.ts';
import { shortText } from '#domain/typed-text.ts';
import { book, interestCredited, type Releasing, releaseLines, releasing, takeBackCharge } from './book.ts';
import { depositNumber } from './charge.ts';
import { type DepositReceipt, id, reason, receipt, remarks, which } from './input.ts';
import { storedDeposits, uncollected } from './read.ts';

/** Interest so far is the old holder's: credited where the deposit was. */
export async function creditInterest(ctx: CommandContext, about: Releasing): Promise<void> {
  if (about.interestCents > 0) {
    const to = { gl: GL.receivable, effect: -1, what: 'interest' } as const;
    const lines = releaseLines(about, { principal: 0, interest: about.interestCents }, to);
    await book(ctx, about, { kind: 'interest_credit', memo: 'Interest on deposit', lines });
  }
  await interestCredited(ctx, about, about.interestCents);
}

interface Target extends AccountRef {
  readonly locationId: number;
}

async function targetOf(
  ctx: CommandContext,
  asked: { readonly toAccountId?: number | undefined; readonly toAccount?: string | undefined },
): Promise<Target> {
  const account = await ctx.db
    .selectFrom('account')
    .select(['id', 'customer_id as customerId', 'location_id as locationId'])
    .$if(asked.toAccountId !== undefined, (q) => q.where('id', '=', asked.toAccountId!))
    .$if(asked.toAccountId === undefined, (q) => q.where('number', '=', (asked.toAccount ?? '').trim()))
    .executeTakeFirst();
  const message = 'There is no such account.';
  if (!account) throw new Failure('not_found', message, { toAccount: message, toAccountId: message });
  await assertChangeable(ctx, { accountId: account.id });
  return account;
}

const leg = (debitGl: string, creditGl: string, amountCents: number, description: string): NewLine => ({
  debitGl,
  creditGl,
  amountCents,
  effect: 0,
  description,
});

/** Both legs: what leaves the old deposit comes to the new one, over the account of transfers. */
async function move(ctx: CommandContext, about: Releasing, to: { target: Target; depositId: number; number: string }) {
  const { deposit, gl } = about;
  const [outId, inId] = [ctx.newId(), ctx.newId()];
  const name = deposit.number ?? deposit.code;
  const cents = deposit.heldCents;
  await book(ctx, about, {
    id: outId,
    kind: 'transfer_out',
    counterpartId: inId,
    memo: `Deposit ${name} transferred to ${to.number}`,
    lines: [leg(gl, GL.transfer, cents, `Deposit ${name} transferred`)],
  });
  const deposits = await storedDeposits(ctx.db).where('d.id', '=', to.depositId).executeTakeFirstOrThrow();
  await book(
    ctx,
    { deposit: deposits, account: to.target, on: about.on },
    {
      id: inId,
      kind: 'transfer_in',
      counterpartId: outId,
      memo: `Deposit ${to.number} transferred from ${name}`,
      lines: [leg(GL.transfer, gl, cents, `Deposit ${to.number} transferred`)],
    },
  );
}

export interface TransferredReceipt extends DepositReceipt {
  readonly newDepositId: number;
  readonly newNumber: string;
  readonly interestCents: number;
}

export const transferDeposit = command({
  name: 'deposit.transfer',
  summary: 'Transfer a deposit to another account, customer or location',
  permission: 'deposits.manage',
  input: z.object({
    ...which,
    /** The account by its id or by its number. */
    toAccountId: id.optional(),
    toAccount: shortText(40).optional(),
    holder: z.enum(DEPOSIT_HOLDERS, 'Choose account, customer or location').optional(),
    remarks,
  }),
  run: async (ctx, { toAccountId, toAccount, holder = 'account', remarks, ...which }): Promise<TransferredReceipt> => {
    const about = await releasing(ctx, which);
    const { deposit } = about;
    const open = uncollected(deposit);
    if (open > 0) {
      throw new Failure('refused', `${formatCents(open)} of it is not collected yet: take that part back first.`);
    }
    const target = await targetOf(ctx, { toAccountId, toAccount });
    const same = {
      account: deposit.accountId === target.id,
      customer: deposit.customerId === target.customerId,
      location: deposit.locationId === target.locationId,
    };
    if (holder === deposit.holder && same[holder]) {
      const message = `It is held for this ${holder} already.`;
      throw new Failure('refused', message, { toAccount: message, toAccountId: message });
    }
    await creditInterest(ctx, about);
    const [depositId, number] = [ctx.newId(), depositNumber(await ctx.nextNumber('deposit'))];
    await ctx.db
      .insertInto('deposit')
      .values({
        id: depositId,
        holder,
        customer_id: target.customerId,
        location_id: holder === 'customer' ? null : target.locationId,
        account_id: holder === 'account' ? target.id : null,
        code: deposit.code,
        number,
        status: 'held',
        service_type_id: deposit.serviceTypeId,
        charged_on: deposit.chargedOn,
        charged_cents: 0,
        collected_cents: 0,
        held_cents: 0,
        interest_through_on: about.terms.interest === 'none' ? null : about.on,
        transferred_from_id: deposit.id,
        remarks: remarks ?? null,
      })
      .execute();
    await move(ctx, about, { target, depositId, number });
    const changes = { transferred: [null, deposit.heldCents], to: [null, number] } as const;
    const done = await receipt(ctx, deposit, changes);
    return { ...done, newDepositId: depositId, newNumber: number, interestCents: about.interestCents };
  },
});

export const forfeitDeposit = command({
  name: 'deposit.forfeit',
  summary: 'Forfeit a deposit: what is held becomes revenue, no interest is paid',
  permission: 'deposits.manage',
  input: z.object({ ...which, reason }),
  run: async (ctx, { reason, ...which }): Promise<DepositReceipt> => {
    const about = await releasing(ctx, which);
    const { deposit } = about;
    const to = { gl: GL.other, effect: 0, what: 'forfeited' } as const;
    const lines = releaseLines(about, { principal: deposit.heldCents, interest: 0 }, to);
    await book(ctx, about, { kind: 'adjustment', reason: 'forfeit', memo: reason, lines });
    await takeBackCharge(ctx, about);
    await interestCredited(ctx, about, 0);
    return receipt(ctx, deposit, { forfeited: [null, deposit.heldCents] }, reason);
  },
});
