import { z } from 'zod';
import { type Cents, formatCents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { AccountBook } from '../ledger/account-book.ts';
import { accountRefs } from '../ledger/account-ref.ts';
import { allocate } from '../ledger/allocate.ts';
import { enter } from '../ledger/enter.ts';
import { GL } from '../ledger/gl.ts';
import { creditsOf, debtsOf, inCreditOrder, openItems, openSum, type OpenItem } from '../ledger/open-items.ts';
import { openDayFrom } from '../ledger/periods.ts';
import { post } from '../ledger/post.ts';
import { ledgerSettings } from '../ledger/settings.ts';
import { correction } from './correction.ts';
import { entered } from './receipt.ts';
import type { CorrectionContext } from './context.ts';
import { amount, id, memo } from './fields.ts';
import { receivables } from './receivable.ts';

async function accountItems(ctx: CorrectionContext, accountId: number) {
  const account = (await accountRefs(ctx.db, [accountId])).get(accountId)!;
  const settings = await ledgerSettings(ctx.db);
  const items = (await openItems(ctx.db, [account], settings.payoffClasses)).get(accountId)!;
  return { account, settings, items };
}

/** Open credit pays debts that are open beside it (guide: L2, CREDIT_APPLY): it moves nothing but what is open. */
export const applyCredit = correction({
  name: 'credit.apply',
  summary: 'Pay open debts of an account from its open credit',
  permission: 'balances.transfer',
  input: z.object({
    accountId: id,
    cents: amount.optional().describe('as much as there is, unless said otherwise'),
  }),
  subject: ({ accountId }) => ({ accountId }),
  run: async (ctx, { accountId, cents = Number.MAX_SAFE_INTEGER }) => {
    const { account, settings, items } = await accountItems(ctx, accountId);
    if (creditsOf(items).length === 0) throw new Failure('refused', 'There is no open credit.');
    const book = new AccountBook(items, settings.payoffRule);
    for (const credit of inCreditOrder(creditsOf(items))) book.pay(credit.id);
    const matches = upTo(book.matches, cents);
    const paid = matches.reduce((sum, match) => sum + match.cents, 0);
    if (paid === 0) throw new Failure('refused', 'No open debt can be paid from this credit.');
    await allocate(ctx, matches);
    ctx.audit({
      entity: 'Account',
      entityId: accountId,
      customerId: account.customerId,
      changes: { openCredit: [formatCents(openSum(creditsOf(items))), formatCents(openSum(creditsOf(items)) - paid)] },
    });
    return entered();
  },
});

function upTo<M extends { readonly cents: Cents }>(matches: readonly M[], cents: Cents): M[] {
  let left = cents;
  return matches.flatMap((match) => {
    const part = Math.min(left, match.cents);
    left -= part;
    return part > 0 ? [{ ...match, cents: part }] : [];
  });
}

/** Credit of one service becomes credit of any (guide: L4): a transaction of zero with two opposite lines for each. */
export const convertCredit = correction({
  name: 'credit.convert',
  summary: 'Turn credit that is tied to a service into open credit',
  permission: 'balances.transfer',
  input: z.object({
    accountId: id,
    serviceTypeId: id.optional().describe('of this service only; of all unless said otherwise'),
    memo,
  }),
  subject: ({ accountId }) => ({ accountId }),
  run: async (ctx, { accountId, serviceTypeId, memo: said }) => {
    const { account, items } = await accountItems(ctx, accountId);
    const credits = creditsOf(items).filter(
      (item) => item.serviceTypeId !== null && (serviceTypeId === undefined || item.serviceTypeId === serviceTypeId),
    );
    if (credits.length === 0) throw new Failure('refused', 'There is no credit that is tied to a service.');
    const id = await convert(ctx, account, credits, said);
    const waiting = debtsOf(items).filter(({ serviceTypeId: service }) => service !== credits[0]!.serviceTypeId);
    if (waiting.length > 0) ctx.warn('There are open debts of other services that it can pay now.');
    ctx.audit({
      entity: 'LedgerTransaction',
      entityId: id,
      customerId: account.customerId,
      changes: { openCredit: [null, formatCents(openSum(credits))] },
      ...(said === null ? {} : { reason: said }),
    });
    return entered(id);
  },
});

async function convert(
  ctx: CorrectionContext,
  account: { readonly id: number; readonly customerId: number },
  credits: readonly OpenItem[],
  said: string | null,
): Promise<number> {
  const effectiveOn = await openDayFrom(ctx.db, ctx.today);
  const receivable = await receivables(ctx.db);
  const transaction = await enter(ctx, {
    account,
    kind: 'credit_apply',
    effectiveOn,
    memo: said,
    lines: credits.flatMap(({ id, serviceTypeId, openCents }) => [
      {
        serviceTypeId,
        description: 'Credit of a service',
        correctsLineId: id,
        debitGl: receivable(serviceTypeId),
        creditGl: GL.transfer,
        amountCents: openCents,
        effect: 1 as const,
      },
      {
        description: 'Open credit',
        correctsLineId: id,
        debitGl: GL.transfer,
        creditGl: GL.receivable,
        amountCents: openCents,
        effect: -1 as const,
      },
    ]),
  });
  await post(ctx, [transaction.id]);
  await allocate(
    ctx,
    credits.map((credit, place) => ({
      credit,
      debit: { id: transaction.lineIds[place * 2]!, customerId: account.customerId, effectiveOn },
      cents: credit.openCents,
    })),
  );
  return transaction.id;
}
