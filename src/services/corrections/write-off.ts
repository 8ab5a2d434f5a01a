import { z } from 'zod';
import { type Cents, formatCents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { accountRefs } from '../ledger/account-ref.ts';
import { allocate } from '../ledger/allocate.ts';
import { enter } from '../ledger/enter.ts';
import { GL } from '../ledger/gl.ts';
import { creditsOf, debtsOf, openItems, openSum, type OpenItem } from '../ledger/open-items.ts';
import { openDayFrom } from '../ledger/periods.ts';
import { post } from '../ledger/post.ts';
import type { AccountRef } from '../ledger/rows.ts';
import { cautions } from './cautions.ts';
import { chosenCode } from './codes.ts';
import { correction } from './correction.ts';
import { entered } from './receipt.ts';
import type { CorrectionContext } from './context.ts';
import { amount, code, id, memo } from './fields.ts';
import { receivables } from './receivable.ts';

/** Why a debt is given up, and who says so. */
export interface GivingUp {
  readonly reason: string;
  readonly memo: string | null;
}

/** Debts that nobody will pay leave the account for bad debt (guide: domain §4.4). */
export const writeOff = correction({
  name: 'writeOff.enter',
  summary: 'Write off what an account owes as bad debt',
  permission: 'writeoffs.enter',
  input: z.object({
    accountId: id,
    reason: code.describe('code of table write_off_reason'),
    cents: amount.optional().describe('everything owed, unless said otherwise; the oldest first'),
    memo,
  }),
  subject: ({ accountId }) => ({ accountId }),
  run: async (ctx, { accountId, reason, cents, memo: said }) => {
    await chosenCode(ctx.db, 'write_off_reason', reason);
    await cautions(ctx, accountId);
    const account = (await accountRefs(ctx.db, [accountId])).get(accountId)!;
    const items = (await openItems(ctx.db, [account], [])).get(accountId)!;
    const id = await giveUp(ctx, account, items, { reason, memo: said }, cents);
    return entered(id);
  },
});

/**
 * Writes off open debts, each line by one that names it, the oldest first.
 * @throws Failure `refused` when that much is not owed, or credit could pay it
 */
export async function giveUp(
  ctx: CorrectionContext,
  account: AccountRef,
  items: readonly OpenItem[],
  { reason, memo: said }: GivingUp,
  cents?: Cents,
): Promise<number> {
  const debts = debtsOf(items).toSorted((a, b) => ((a.dueOn ?? a.effectiveOn) < (b.dueOn ?? b.effectiveOn) ? -1 : 1));
  const owed = openSum(debts);
  if (owed === 0) throw new Failure('refused', 'Nothing is owed.');
  if (creditsOf(items).some(({ serviceTypeId }) => serviceTypeId === null)) {
    throw new Failure('refused', 'There is open credit: apply it first.');
  }
  let left = cents ?? owed;
  if (left > owed) {
    throw new Failure('refused', `Only ${formatCents(owed)} is owed.`, { cents: `At most ${formatCents(owed)}.` });
  }
  const parts = debts.flatMap((item) => {
    const part = Math.min(left, item.openCents);
    left -= part;
    return part > 0 ? [{ item, cents: part }] : [];
  });
  const effectiveOn = await openDayFrom(ctx.db, ctx.today);
  const receivable = await receivables(ctx.db);
  const written = await enter(ctx, {
    account,
    kind: 'write_off',
    effectiveOn,
    reason,
    memo: said,
    lines: parts.map(({ item, cents: part }) => ({
      serviceTypeId: item.serviceTypeId,
      description: 'Bad debt',
      correctsLineId: item.id,
      // What was asked for a deposit never was revenue: nothing is held for it any more, and nothing is lost.
      debitGl: item.kind === 'deposit_charge' ? GL.deposits : GL.badDebt,
      creditGl: receivable(item.serviceTypeId),
      amountCents: part,
      effect: -1,
    })),
  });
  await post(ctx, [written.id]);
  await allocate(
    ctx,
    parts.map(({ item, cents: part }, place) => ({
      credit: { id: written.lineIds[place]!, customerId: account.customerId, effectiveOn },
      debit: item,
      cents: part,
    })),
  );
  ctx.audit({
    entity: 'LedgerTransaction',
    entityId: written.id,
    customerId: account.customerId,
    changes: { owed: [formatCents(owed), formatCents(owed + written.amountCents)] },
    reason,
  });
  return written.id;
}
