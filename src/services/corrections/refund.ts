import { z } from 'zod';
import { typedLine } from '#domain/typed-text.ts';
import { idList } from '#db/bulk-add.ts';
import { type Cents, formatCents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { accountRefs } from '../ledger/account-ref.ts';
import { enter } from '../ledger/enter.ts';
import { GL } from '../ledger/gl.ts';
import { creditsOf, debtsOf, openItems, openSum } from '../ledger/open-items.ts';
import { openDayFrom } from '../ledger/periods.ts';
import { post } from '../ledger/post.ts';
import { removeUnposted } from '../ledger/remove.ts';
import type { AccountRef, LedgerContext, NewTransaction } from '../ledger/rows.ts';
import { command } from '../operation.ts';
import { cautions } from './cautions.ts';
import { correction } from './correction.ts';
import { type CorrectionReceipt, entered } from './receipt.ts';
import { batchFor } from '../batches/find.ts';
import { assertPosted, assertWaiting, entryById } from './entries.ts';
import { amount, id, memo, reference, version } from './fields.ts';

/** How money goes back; a draft is a transfer to the customer's bank (ACH). */
export const refundMethod = z.enum(['check', 'card', 'draft'], 'Choose check, card or draft');

/** Open credit of any service, and what of it refunds that wait for posting will take. */
export async function promisedCredit(
  ctx: Pick<LedgerContext, 'db'>,
  accounts: readonly AccountRef[],
): Promise<Map<number, { readonly openCents: Cents; readonly waitingCents: Cents }>> {
  const items = await openItems(ctx.db, accounts, []);
  const refunds = await ctx.db
    .selectFrom('ledger_transaction')
    .select(['account_id as accountId', 'amount_cents as cents'])
    .where('kind', '=', 'refund')
    .where('status', '=', 'unposted')
    .where('account_id', 'in', idList(ctx.db, [...items.keys()]))
    .execute();
  const waiting = Map.groupBy(refunds, ({ accountId }) => accountId);
  return new Map(
    [...items].map(([accountId, open]) => {
      const credits = creditsOf(open).filter(({ serviceTypeId }) => serviceTypeId === null);
      const waitingCents = (waiting.get(accountId) ?? []).reduce((sum, { cents }) => sum + cents, 0);
      return [accountId, { openCents: openSum(credits), waitingCents }];
    }),
  );
}

/** A refund as it is entered. */
export const refundEntry = (
  account: AccountRef,
  cents: Cents,
  facts: Pick<NewTransaction, 'effectiveOn'> &
    Partial<Pick<NewTransaction, 'method' | 'reference' | 'memo' | 'batchId'>>,
): NewTransaction => ({
  ...facts,
  account,
  kind: 'refund',
  lines: [
    {
      description: 'Refund',
      debitGl: GL.receivable,
      creditGl: GL.cash,
      amountCents: cents,
      effect: 1,
      dueOn: facts.effectiveOn,
    },
  ],
});

/** Open credit goes back to the customer: no more than there is (guide: domain §4.4). */
export const enterRefund = correction({
  name: 'refund.enter',
  summary: 'Refund open credit of an account; it waits for its batch',
  permission: 'payments.refund',
  input: z.object({
    accountId: id,
    cents: amount.optional().describe('all open credit, unless said otherwise'),
    method: refundMethod.default('check'),
    reference,
    memo,
  }),
  subject: ({ accountId }) => ({ accountId }),
  run: async (ctx, { accountId, cents, ...facts }) => {
    const account = (await accountRefs(ctx.db, [accountId])).get(accountId)!;
    const { openCents, waitingCents } = (await promisedCredit(ctx, [account])).get(accountId)!;
    const most = openCents - waitingCents;
    if (most <= 0) throw new Failure('refused', 'There is no open credit to refund.');
    const wanted = cents ?? most;
    if (wanted > most) {
      const words = `At most ${formatCents(most)} can be refunded.`;
      throw new Failure('refused', words, { cents: words });
    }
    await cautions(ctx, accountId);
    const items = (await openItems(ctx.db, [account], [])).get(accountId)!;
    if (debtsOf(items).length > 0) ctx.warn('There are open debts that this credit could pay.');
    const effectiveOn = await openDayFrom(ctx.db, ctx.today);
    const batchId = await batchFor(ctx, 'refunds');
    const { id: refund } = await enter(ctx, refundEntry(account, wanted, { ...facts, effectiveOn, batchId }));
    ctx.audit({
      entity: 'LedgerTransaction',
      entityId: refund,
      customerId: account.customerId,
      changes: { refund: [null, formatCents(wanted)], method: [null, facts.method] },
    });
    return entered(refund);
  },
});

/** A check that was written anew, or a reference that was wrong: the posted refund stays, a row of zero tells. */
export const correctRefund = correction({
  name: 'refund.correct',
  summary: 'Give a posted refund another reference, by a linked row of zero',
  permission: 'payments.refund',
  input: z.object({
    transactionId: id,
    reference: typedLine(60).min(1, 'Enter the reference.'),
    memo,
  }),
  run: async (ctx, { transactionId, reference: told, memo: said }) => {
    const refund = await entryById(ctx, transactionId);
    if (refund.kind !== 'refund' || refund.correctsId !== null) throw new Failure('refused', 'This is no refund.');
    assertPosted(refund);
    const effectiveOn = await openDayFrom(ctx.db, ctx.today);
    const { id: made } = await enter(ctx, {
      account: refund.account,
      kind: 'refund',
      effectiveOn,
      method: refund.method,
      reference: told,
      memo: said,
      correctsId: refund.id,
      lines: [
        { description: 'Reference of a refund', debitGl: GL.receivable, creditGl: GL.cash, amountCents: 0, effect: 0 },
      ],
    });
    await post(ctx, [made]);
    ctx.audit({
      entity: 'LedgerTransaction',
      entityId: refund.id,
      customerId: refund.account.customerId,
      changes: { reference: [refund.reference, told] },
      ...(said === null ? {} : { reason: said }),
    });
    return entered(made);
  },
});

export const deleteRefund = command({
  name: 'refund.delete',
  summary: 'Delete a refund that is not posted yet',
  permission: 'payments.refund',
  input: z.object({ transactionId: id, version }),
  run: async (ctx, { transactionId, version: read }): Promise<CorrectionReceipt> => {
    const refund = await entryById(ctx, transactionId);
    if (refund.kind !== 'refund') throw new Failure('refused', 'This is no refund.');
    await assertWaiting(ctx, refund, read);
    await removeUnposted(ctx, [transactionId]);
    ctx.audit({
      entity: 'LedgerTransaction',
      entityId: transactionId,
      customerId: refund.account.customerId,
      changes: { refund: [formatCents(refund.amountCents), null], reference: [refund.reference, null] },
    });
    return entered();
  },
});
