import { addDays } from '#domain/civil-date.ts';
import { z } from 'zod';
import type { Cents } from '#domain/money.ts';
import { assertOpenBatch, batchFor } from '../batches/find.ts';
import { billSpecialCharges, waitAgain } from '../corrections/bill-special-charges.ts';
import { Failure } from '../failure.ts';
import { accountRefs } from '../ledger/account-ref.ts';
import { enter } from '../ledger/enter.ts';
import { post } from '../ledger/post.ts';
import { removeUnposted } from '../ledger/remove.ts';
import type { AccountRef, Entered, NewLine } from '../ledger/rows.ts';
import { command, type CommandContext } from '../operation.ts';
import { assertChangeable } from '../subject.ts';
import { chargeFacts, type ChargeFacts } from './input.ts';
import { bookedLines, type BookedLine, chargeBooks } from './lines.ts';

/** Days to pay where nobody says otherwise. */
const DUE_DAYS = 20;

/** An invoice that was entered. */
export interface ChargeReceipt {
  readonly transactionId: number;
  /** The special charges that waited for this bill, a transaction under its number; null when none did. */
  readonly specialsId: number | null;
  readonly invoice: string;
  readonly batchId: number;
  readonly totalCents: Cents;
}

const invoiceNumber = (n: number): string => `I${String(n).padStart(7, '0')}`;

/** Gives lines and their taxes ids beforehand, so that a tax points to its base. */
function tied(ctx: CommandContext, booked: readonly BookedLine[]): (NewLine & { readonly id: number })[] {
  return booked.flatMap(({ line, tax }) => {
    const id = ctx.newId();
    return [{ ...line, id }, ...(tax === null ? [] : [{ ...tax, id: ctx.newId(), baseLineId: id }])];
  });
}

/**
 * Enters an invoice in a batch of charges; also what a corrected bill is made with.
 * @throws Failure `invalid` at the line, `refused` when it is less than nothing
 */
export async function enterInvoice(
  ctx: CommandContext,
  account: AccountRef,
  { facts, correctsId = null, batchId }: { facts: ChargeFacts; correctsId?: number | null; batchId: number },
): Promise<Entered & { readonly invoice: string }> {
  const effectiveOn = facts.effectiveOn ?? ctx.today;
  const dueOn = facts.dueOn ?? addDays(effectiveOn, DUE_DAYS);
  if (dueOn < effectiveOn) {
    throw new Failure('invalid', 'It would be due before its date.', { dueOn: 'Before the date of the charge.' });
  }
  const customer = await ctx.db
    .selectFrom('customer')
    .select('tax_exempt_number')
    .where('id', '=', account.customerId)
    .executeTakeFirstOrThrow();
  const exempt = (customer.tax_exempt_number ?? '') !== '';
  const lines = tied(ctx, bookedLines(facts.lines, await chargeBooks(ctx.db), exempt));
  if (lines.reduce((sum, { amountCents, effect }) => sum + amountCents * effect, 0) < 0) {
    throw new Failure('refused', 'The discounts are more than the charges: enter a credit adjustment instead.');
  }
  const invoice = invoiceNumber(await ctx.nextNumber('invoice'));
  const entered = await enter(ctx, {
    account,
    kind: 'charge',
    effectiveOn,
    dueOn,
    number: invoice,
    memo: facts.memo,
    correctsId,
    batchId,
    lines,
  });
  return { ...entered, invoice };
}

export const enterCharge = command({
  name: 'charge.enter',
  summary: 'Enter an invoice, not posted yet; taxes follow from its lines',
  permission: 'bills.adjust',
  input: chargeFacts,
  subject: ({ accountId }) => ({ accountId }),
  run: async (ctx, facts): Promise<ChargeReceipt> => {
    const account = (await accountRefs(ctx.db, [facts.accountId])).get(facts.accountId)!;
    const batchId = await batchFor(ctx, 'charges', facts.batchId);
    const { id, invoice, amountCents } = await enterInvoice(ctx, account, { facts, batchId });
    const { effectiveOn = ctx.today, dueOn = addDays(effectiveOn, DUE_DAYS) } = facts;
    const specialsId = await billSpecialCharges(ctx, account, { effectiveOn, dueOn, batchId, number: invoice });
    const totalCents = amountCents + (await amountOf(ctx, specialsId));
    ctx.audit({
      entity: 'LedgerTransaction',
      entityId: id,
      customerId: account.customerId,
      changes: { invoice: [null, invoice], amountCents: [null, totalCents] },
    });
    return { transactionId: id, specialsId, invoice, batchId, totalCents };
  },
});

async function amountOf({ db }: CommandContext, transactionId: number | null): Promise<Cents> {
  if (transactionId === null) return 0;
  const row = await db
    .selectFrom('ledger_transaction')
    .select('amount_cents')
    .where('id', '=', transactionId)
    .executeTakeFirstOrThrow();
  return row.amount_cents;
}

/** Special charges that came with an unposted invoice, under its number. */
async function specialsWith(
  { db }: CommandContext,
  { account_id: accountId, number }: { account_id: number; number: string | null },
): Promise<number[]> {
  if (number === null) return [];
  const rows = await db
    .selectFrom('ledger_transaction')
    .select('id')
    .where('account_id', '=', accountId)
    .where('kind', '=', 'special_charge')
    .where('status', '=', 'unposted')
    .where('number', '=', number)
    .execute();
  return rows.map(({ id }) => id);
}

const which = z.object({ transactionId: z.number().int().positive(), version: z.number().int().positive() });

/** An unposted charge that the actor may change. @throws Failure */
async function unposted(ctx: CommandContext, { transactionId, version }: z.infer<typeof which>) {
  const row = await ctx.db
    .selectFrom('ledger_transaction')
    .select(['id', 'account_id', 'customer_id', 'kind', 'status', 'number', 'batch_id', 'amount_cents', 'version'])
    .where('id', '=', transactionId)
    .executeTakeFirst();
  if (!row || row.kind !== 'charge') throw new Failure('not_found', 'This invoice is not there any more.');
  await assertChangeable(ctx, { accountId: row.account_id });
  if (row.version !== version) throw new Failure('conflict', 'Somebody has changed this invoice meanwhile.');
  if (row.status === 'posted') throw new Failure('refused', `Invoice ${row.number} is posted: adjust or reverse it.`);
  return row;
}

export const deleteCharge = command({
  name: 'charge.delete',
  summary: 'Delete an invoice that is not posted',
  permission: 'bills.adjust',
  input: which,
  run: async (ctx, input): Promise<{ invoice: string | null }> => {
    const row = await unposted(ctx, input);
    if (row.batch_id !== null) await assertOpenBatch(ctx, row.batch_id!);
    const specials = await specialsWith(ctx, row);
    await waitAgain(ctx, specials);
    await removeUnposted(ctx, [row.id, ...specials]);
    ctx.audit({
      entity: 'LedgerTransaction',
      entityId: row.id,
      customerId: row.customer_id,
      changes: { invoice: [row.number, null], amountCents: [row.amount_cents, null] },
    });
    return { invoice: row.number ?? null };
  },
});

export const postCharge = command({
  name: 'charge.post',
  summary: 'Post one invoice now, ahead of its batch',
  permission: 'batches.post',
  input: which,
  run: async (ctx, input): Promise<{ invoice: string | null }> => {
    const row = await unposted(ctx, input);
    await post(ctx, [row.id, ...(await specialsWith(ctx, row))]);
    ctx.audit({
      entity: 'LedgerTransaction',
      entityId: row.id,
      customerId: row.customer_id,
      changes: { status: ['unposted', 'posted'] },
    });
    return { invoice: row.number ?? null };
  },
});

export const chargeOperations = [enterCharge, deleteCharge, postCharge] as const;
