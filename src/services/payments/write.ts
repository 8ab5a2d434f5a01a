import { insertRows } from '#db/bulk.ts';
import type { Cents } from '#domain/money.ts';
import { batchFor } from '../batches/find.ts';
import { recoverBadDebt } from '../corrections/recovery.ts';
import { noteDeferred } from '../deferred/write.ts';
import { openDrawerOf } from '../drawers/find.ts';
import { enterAll } from '../ledger/enter.ts';
import { serviceCodes } from '../ledger/gl.ts';
import { post } from '../ledger/post.ts';
import { loadOptions } from '../options/operations.ts';
import { command, type CommandContext } from '../operation.ts';
import { assertChangeable } from '../subject.ts';
import { changeablePayment, clearParts, whichPayment } from './delete.ts';
import { partEntries } from './entries.ts';
import { paymentFacts, type PaymentFacts } from './input.ts';
import { planPayment, type PaymentPlan } from './plan.ts';
import { receiptNumber } from './receipt-number.ts';
import { deferredSum, settledAccounts } from './settled.ts';
import type { StoredPayment } from './stored.ts';

/** What a payment's entry answers with: what the receipt says. */
export interface PaymentReceipt {
  readonly paymentId: number;
  readonly receipt: string;
  readonly totalCents: Cents;
  readonly batchId: number | null;
  readonly posted: boolean;
  readonly version: number;
  readonly accounts: readonly {
    readonly accountId: number;
    readonly number: string;
    readonly cents: Cents;
    /** Balance with everything unposted, before, and after with the deferred charges that it brings about. */
    readonly beforeCents: Cents;
    readonly afterCents: Cents;
  }[];
}

export const enterPayment = command({
  name: 'payment.enter',
  summary: 'Take a payment: any number of accounts and means of payment, one receipt',
  permission: 'payments.enter',
  input: paymentFacts,
  subject: ({ accounts }) => ({ accountId: accounts[0]!.accountId }),
  run: async (ctx, facts): Promise<PaymentReceipt> => {
    const { paymentsPost } = await loadOptions(ctx.db);
    const atOnce = paymentsPost === 'at_once' && facts.batchId === undefined;
    return takePayment(ctx, facts, atOnce ? null : await batchFor(ctx, 'payments', facts.batchId));
  },
});

/** Takes a payment into a batch; without one it counts at once. */
export async function takePayment(
  ctx: CommandContext,
  facts: PaymentFacts,
  batchId: number | null,
): Promise<PaymentReceipt> {
  await assertAllChangeable(ctx, facts);
  const plan = await planPayment(ctx, facts);
  const deferred = await deferredSums(ctx, facts, plan);
  const receipt = receiptNumber(await ctx.nextNumber('receipt'));
  const paymentId = ctx.newId();
  await ctx.db
    .insertInto('payment')
    .values({
      id: paymentId,
      number: receipt,
      ...headerOf(ctx, facts, plan),
      batch_id: batchId,
      drawer_id: await openDrawer(ctx, facts),
      created_at: ctx.now,
      created_by: ctx.actor.username,
      version: 1,
    })
    .execute();
  const ids = await writeParts(ctx, facts, plan, { paymentId, receipt, batchId });
  if (batchId === null) {
    await recoverBadDebt(ctx, ids);
    noteDeferred(ctx, await post(ctx, ids));
  }
  noteParts(ctx, paymentId, receipt, plan, null);
  return receiptOf(plan, { paymentId, receipt, batchId, posted: batchId === null, version: 1 }, deferred);
}

/** What charges will follow on each account. */
async function deferredSums(
  ctx: CommandContext,
  facts: PaymentFacts,
  plan: PaymentPlan,
): Promise<ReadonlyMap<number, Cents>> {
  const settled = await settledAccounts(ctx, facts, plan);
  return new Map([...settled].map(([accountId, { deferred }]) => [accountId, deferredSum(deferred)]));
}

/** Every account of a payment, not only its first. */
async function assertAllChangeable(ctx: CommandContext, { accounts }: PaymentFacts): Promise<void> {
  for (const { accountId } of accounts.slice(1)) await assertChangeable(ctx, { accountId });
}

const headerOf = (ctx: CommandContext, facts: PaymentFacts, plan: PaymentPlan) => ({
  source_account_id: plan.source.id,
  customer_id: plan.source.customerId,
  paid_on: facts.paidOn ?? ctx.today,
  total_cents: plan.totalCents,
  channel: facts.channel,
  mode: facts.mode,
  memo: facts.memo,
});

/** Money over the counter goes into the user's open drawer. */
async function openDrawer({ db, actor }: CommandContext, { channel }: PaymentFacts): Promise<number | null> {
  return channel === 'counter' ? ((await openDrawerOf(db, actor.username))?.id ?? null) : null;
}

async function writeParts(
  ctx: CommandContext,
  facts: PaymentFacts,
  plan: PaymentPlan,
  { paymentId, receipt, batchId }: { paymentId: number; receipt: string; batchId: number | null },
): Promise<number[]> {
  const tenders = facts.tenders.map(({ method, cents, reference }) => ({
    id: ctx.newId(),
    payment_id: paymentId,
    customer_id: plan.source.customerId,
    method,
    amount_cents: cents,
    reference,
    version: 1,
  }));
  await insertRows(ctx.db, 'tender', tenders);
  const parts = partEntries(facts, plan, {
    paymentId,
    receipt,
    paidOn: facts.paidOn ?? ctx.today,
    batchId,
    tenderIds: tenders.map(({ id }) => id),
    codes: await serviceCodes(ctx.db),
  });
  const entered = await enterAll(
    ctx,
    parts.map(({ entry }) => entry),
  );
  const planned = parts.flatMap(({ entry, planned: debits }, at) =>
    debits.map(({ debitLineId, cents }) => ({
      id: ctx.newId(),
      transaction_id: entered[at]!.id,
      customer_id: entry.account.customerId,
      debit_line_id: debitLineId,
      amount_cents: cents,
    })),
  );
  await insertRows(ctx.db, 'planned_allocation', planned);
  return entered.map(({ id }) => id);
}

function noteParts(
  ctx: CommandContext,
  paymentId: number,
  receipt: string,
  plan: PaymentPlan,
  before: StoredPayment | null,
): void {
  const earlier = new Map(before?.accounts);
  for (const id of new Set([...earlier.keys(), ...plan.shares.keys()])) {
    const cents = plan.shares.get(id) ?? 0;
    ctx.audit({
      entity: 'Payment',
      entityId: paymentId,
      customerId: plan.accounts.get(id)?.customerId ?? before?.customers.get(id) ?? null,
      changes: {
        receipt: [before ? receipt : null, receipt],
        account: [earlier.has(id) ? id : null, plan.shares.has(id) ? id : null],
        amountCents: [earlier.get(id) ?? null, cents],
      },
    });
  }
}

function receiptOf(
  plan: PaymentPlan,
  facts: Pick<PaymentReceipt, 'paymentId' | 'receipt' | 'batchId' | 'posted' | 'version'>,
  deferred: ReadonlyMap<number, Cents>,
  earlier: ReadonlyMap<number, Cents> = new Map(),
): PaymentReceipt {
  return {
    ...facts,
    totalCents: plan.totalCents,
    accounts: [...plan.shares].map(([accountId, cents]) => {
      const { number, balanceCents, unpostedCents } = plan.accounts.get(accountId)!;
      const beforeCents = balanceCents + unpostedCents + (earlier.get(accountId) ?? 0);
      return {
        accountId,
        number,
        cents,
        beforeCents,
        afterCents: beforeCents - cents + (deferred.get(accountId) ?? 0),
      };
    }),
  };
}

export const editPayment = command({
  name: 'payment.edit',
  summary: 'Change a payment that is not posted yet; it keeps its receipt number',
  permission: 'payments.edit',
  input: paymentFacts.omit({ batchId: true, channel: true }).extend(whichPayment.shape),
  subject: ({ accounts }) => ({ accountId: accounts[0]!.accountId }),
  run: async (ctx, { paymentId, version, ...changed }): Promise<PaymentReceipt> => {
    const before = await changeablePayment(ctx, paymentId, version);
    const facts: PaymentFacts = { ...changed, channel: before.channel };
    await assertAllChangeable(ctx, facts);
    await clearParts(ctx, before);
    const plan = await planPayment(ctx, facts);
    const deferred = await deferredSums(ctx, facts, plan);
    const { receipt, batchId } = before;
    await ctx.db
      .updateTable('payment')
      .set({ ...headerOf(ctx, facts, plan), version: version + 1 })
      .where('id', '=', paymentId)
      .execute();
    await writeParts(ctx, facts, plan, { paymentId, receipt, batchId });
    noteParts(ctx, paymentId, receipt, plan, before);
    return receiptOf(plan, { paymentId, receipt, batchId, posted: false, version: version + 1 }, deferred);
  },
});

export { deletePayment } from './delete.ts';
