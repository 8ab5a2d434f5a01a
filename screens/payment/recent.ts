import type { CivilDate } from '#domain/civil-date.ts';
import { formatCents } from '#domain/money.ts';
import { Failure } from '#services/failure.ts';
import { getPayment, type PaymentRecord } from '#services/payments/get.ts';
import { payableAccount } from '#services/payments/account.ts';
import { type RecentPayment, recentPayments } from '#services/payments/recent.ts';
import { deletePayment } from '#services/payments/write.ts';
import { emptyField } from '#ui/field/model.ts';
import { currentRow } from '#ui/table/lens.ts';
import type { PaymentContext } from './context.ts';
import { lens } from './lens.ts';
import { type AccountDraft, type Entry, isBegun, newEntry } from './model.ts';

/** Payments that are listed below the entry. */
const LISTED = 10;

/** Reads the payments taken last, with count and sum. */
export async function loadRecent(ctx: PaymentContext): Promise<void> {
  const { batchId } = ctx.get();
  const recent = await ctx.call(recentPayments, { ...(batchId === null ? {} : { batchId }), limit: LISTED });
  ctx.set({ recent });
}

/** The payment under the cursor. */
export const listed = (ctx: PaymentContext): RecentPayment | undefined => currentRow(lens, ctx.get());

/** Takes an unposted payment up again, to be changed. @throws Failure `refused` when it is posted, or an entry is open */
export async function editPaymentOf(ctx: PaymentContext, paymentId: number): Promise<void> {
  if (isBegun(ctx.get())) throw new Failure('refused', 'Finish or leave the payment in hand first.');
  const record = await ctx.call(getPayment, { paymentId });
  if (record.posted) throw new Failure('refused', `Receipt ${record.receipt} is posted: reverse it instead.`);
  const facts = new Map<number, AccountDraft['facts']>();
  for (const { accountId } of record.accounts) facts.set(accountId, await ctx.call(payableAccount, { accountId }));
  const accounts = record.accounts.map((account): AccountDraft => ({
    facts: facts.get(account.accountId)!,
    wanted: record.accounts.length > 1 ? formatCents(account.cents) : '',
    charges: chargesOf(record, account, facts.get(account.accountId)!),
  }));
  ctx.set({
    entry: entryOf(record, accounts, ctx.get().paidOn),
    paidOn: record.paidOn === ctx.today ? null : record.paidOn,
    focus: 'amount',
    row: 0,
    said: '',
    problem: '',
  });
}

function entryOf(record: PaymentRecord, accounts: readonly AccountDraft[], paidOnBefore: CivilDate | null): Entry {
  const { paymentId, version, receipt, mode, memo, sourceAccountId } = record;
  const spread = record.accounts.flatMap(({ planned }) => planned).reduce((sum, { cents }) => sum + cents, 0);
  const byHand = mode === 'manual' || mode === 'spec';
  return {
    ...newEntry('cash', mode),
    accounts,
    sourceId: sourceAccountId,
    tenders: record.tenders.map(({ method, cents, reference }) => ({
      amount: emptyField(formatCents(cents)),
      proposed: true,
      method,
      methodTyped: false,
      reference: emptyField(reference ?? ''),
      given: emptyField(),
    })),
    restToAccount: byHand && spread < record.totalCents,
    memo: memo ?? '',
    editing: { paymentId, version, receipt, paidOnBefore },
  };
}

/** What was spread by hand, by charge or by invoice. */
function chargesOf(
  { mode }: PaymentRecord,
  { planned }: PaymentRecord['accounts'][number],
  { debts }: AccountDraft['facts'],
): ReadonlyMap<number, string> {
  if (mode !== 'manual' && mode !== 'spec') return new Map();
  const invoices = new Map(debts.map((debt) => [debt.debitLineId, debt.transactionId]));
  const cents = new Map<number, number>();
  for (const { debitLineId, cents: part } of planned) {
    const id = mode === 'manual' ? debitLineId : (invoices.get(debitLineId) ?? debitLineId);
    cents.set(id, (cents.get(id) ?? 0) + part);
  }
  return new Map([...cents].map(([id, part]) => [id, formatCents(part)]));
}

/** Deletes an unposted payment, when the operator confirms. */
export async function deletePaymentOf(ctx: PaymentContext, payment: RecentPayment): Promise<void> {
  const { receipt, totalCents, accountNumber, name } = payment;
  const sure = await ctx.confirm({
    title: 'Delete payment?',
    lines: [
      `${receipt}, ${formatCents(totalCents)}, ${accountNumber} ${name}`,
      'Its receipt number is not used again.',
    ],
    action: 'Delete payment',
  });
  if (!sure) return;
  const { paymentId, version } = payment;
  await ctx.call(deletePayment, { paymentId, version });
  ctx.toast(`${receipt} over ${formatCents(totalCents)} is deleted.`, 'good');
  await loadRecent(ctx);
}
