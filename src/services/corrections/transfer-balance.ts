import { z } from 'zod';
import { type Cents, formatCents } from '#domain/money.ts';
import { inPayoffOrder } from '#domain/payoff.ts';
import { Failure } from '../failure.ts';
import { accountRefs } from '../ledger/account-ref.ts';
import { allocate } from '../ledger/allocate.ts';
import { enterAll } from '../ledger/enter.ts';
import { GL } from '../ledger/gl.ts';
import { creditsOf, debtsOf, inCreditOrder, openItems, type OpenItem } from '../ledger/open-items.ts';
import { openDayFrom } from '../ledger/periods.ts';
import { post } from '../ledger/post.ts';
import type { AccountRef, NewLine } from '../ledger/rows.ts';
import { ledgerSettings } from '../ledger/settings.ts';
import { assertChangeable } from '../subject.ts';
import { cautions } from './cautions.ts';
import { correction } from './correction.ts';
import { entered } from './receipt.ts';
import type { CorrectionContext } from './context.ts';
import { amount, id, memo } from './fields.ts';
import { receivables } from './receivable.ts';

interface Part {
  readonly item: OpenItem;
  readonly cents: Cents;
}

/** Moves what one account owes, or what it has to its credit, to another; ages stay (guide: domain §4.4). */
export const transferBalance = correction({
  name: 'balance.transfer',
  summary: 'Transfer debts or open credit of an account to another, ages kept',
  permission: 'balances.transfer',
  input: z.object({
    accountId: id,
    toAccountId: id,
    what: z.enum(['debts', 'credit'], 'Choose debts or credit').default('debts'),
    cents: amount.optional().describe('everything, unless said otherwise; the oldest first'),
    memo,
  }),
  subject: ({ accountId }) => ({ accountId }),
  run: async (ctx, { accountId, toAccountId, what, cents, memo: said }) => {
    if (toAccountId === accountId) {
      throw new Failure('refused', 'Choose another account.', { toAccountId: 'The same account.' });
    }
    await assertChangeable(ctx, { accountId: toAccountId });
    const refs = await accountRefs(ctx.db, [accountId, toAccountId]);
    const [from, to] = [refs.get(accountId)!, refs.get(toAccountId)!];
    await cautions(ctx, accountId);
    const parts = await partsOf(ctx, from, what, cents);
    const moved = parts.reduce((sum, part) => sum + part.cents, 0);
    if (from.customerId !== to.customerId) ctx.warn('The other account is another customer’s.');
    const made = await move(ctx, { from, to, parts, what, memo: said });
    ctx.audit({
      entity: 'Account',
      entityId: accountId,
      customerId: from.customerId,
      changes: { [`${what} transferred to ${toAccountId}`]: [null, formatCents(moved)] },
      ...(said === null ? {} : { reason: said }),
    });
    return entered(...made);
  },
});

async function partsOf(
  ctx: CorrectionContext,
  from: AccountRef,
  what: 'debts' | 'credit',
  cents: Cents | undefined,
): Promise<Part[]> {
  const { payoffClasses } = await ledgerSettings(ctx.db);
  const open = (await openItems(ctx.db, [from], payoffClasses)).get(from.id)!;
  // A deposit is transferred as such: its charge tells what of it was collected.
  const items = open.filter(({ kind }) => kind !== 'deposit_charge');
  if (items.length < open.length) ctx.warn('Charges of deposits stay: transfer the deposit itself.');
  const ordered =
    what === 'debts' ? (inPayoffOrder(debtsOf(items), 'age') as OpenItem[]) : inCreditOrder(creditsOf(items));
  const most = ordered.reduce((sum, { openCents }) => sum + openCents, 0);
  if (most === 0) throw new Failure('refused', what === 'debts' ? 'Nothing is owed.' : 'There is no open credit.');
  let left = cents ?? most;
  if (left > most) {
    throw new Failure('refused', `There is only ${formatCents(most)}.`, { cents: `At most ${formatCents(most)}.` });
  }
  return ordered.flatMap((item) => {
    const part = Math.min(left, item.openCents);
    left -= part;
    return part > 0 ? [{ item, cents: part }] : [];
  });
}

interface Move {
  readonly from: AccountRef;
  readonly to: AccountRef;
  readonly parts: readonly Part[];
  readonly what: 'debts' | 'credit';
  readonly memo: string | null;
}

/** Both legs through the clearing account; on the first each line meets what it moves. */
async function move(ctx: CorrectionContext, { from, to, parts, what, memo: said }: Move): Promise<number[]> {
  const [outId, inId] = [ctx.newId(), ctx.newId()];
  const effectiveOn = await openDayFrom(ctx.db, ctx.today);
  const lowers = what === 'debts';
  const receivable = await receivables(ctx.db);
  const line = ({ item, cents }: Part, lower: boolean): NewLine => ({
    serviceTypeId: item.serviceTypeId,
    description: 'Balance transferred',
    debitGl: lower ? GL.transfer : receivable(item.serviceTypeId),
    creditGl: lower ? receivable(item.serviceTypeId) : GL.transfer,
    amountCents: cents,
    effect: lower ? -1 : 1,
    dueOn: lower ? null : item.dueOn,
  });
  const [out] = await enterAll(ctx, [
    {
      id: outId,
      account: from,
      kind: 'transfer_out',
      effectiveOn,
      memo: said,
      counterpartId: inId,
      lines: parts.map((part) => ({ ...line(part, lowers), correctsLineId: part.item.id })),
    },
  ]);
  await enterAll(ctx, [
    {
      id: inId,
      account: to,
      kind: 'transfer_in',
      effectiveOn,
      memo: said,
      counterpartId: outId,
      lines: parts.map((part, place) => ({ ...line(part, !lowers), correctsLineId: out!.lineIds[place]! })),
    },
  ]);
  await post(ctx, [outId, inId]);
  await allocate(
    ctx,
    parts.map(({ item, cents }, place) => {
      const own = { id: out!.lineIds[place]!, customerId: from.customerId, effectiveOn };
      return lowers ? { credit: own, debit: item, cents } : { credit: item, debit: own, cents };
    }),
  );
  return [outId, inId];
}
