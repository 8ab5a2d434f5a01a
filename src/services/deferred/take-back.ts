import { idList, setInRows } from '#db/bulk-add.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { formatCents } from '#domain/money.ts';
import { billById } from '../corrections/bill.ts';
import type { CorrectionContext } from '../corrections/context.ts';
import { entriesBy, type Entry } from '../corrections/entries.ts';
import { reverseStanding } from '../corrections/reverse-lines.ts';
import { deferredCharges } from './charges.ts';

/** A charge that goes with its payment. */
export interface TakenBack {
  /** Row of `deferred_posting`. */
  readonly postingId: number;
  /** The reversal; null: nothing of the charge was left to reverse. */
  readonly reversalId: number | null;
}

/**
 * Reverses the deferred charges that payments brought about, before their money goes: what had paid
 * the charges is open for that (guide: domain §4.8). Any part of a payment on an account takes back
 * what all of it there brought about.
 * @param payments posted payments, or parts of them
 * @param staysInPart some of the payment stays: charges that any payment brings about stay too
 */
export async function takeDeferredBack(
  ctx: CorrectionContext,
  payments: readonly Entry[],
  effectiveOn: CivilDate,
  staysInPart = false,
): Promise<TakenBack[]> {
  const triggers = await triggersOf(ctx, payments);
  if (triggers.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('deferred_posting')
    .select(['id', 'transaction_id as transactionId', 'charge'])
    .where('trigger_id', 'in', idList(ctx.db, triggers))
    .where('reversed_by_id', 'is', null)
    .orderBy('id')
    .execute();
  const staying = staysInPart && rows.length > 0 ? await byAnyPayment(ctx) : new Set();
  const taken: TakenBack[] = [];
  for (const { id: postingId, transactionId, charge } of rows) {
    if (staying.has(charge)) continue;
    const bill = await billById(ctx, transactionId);
    const lines = bill.lines.filter(
      ({ reversed, writtenOff, amountCents }) => !reversed && !writtenOff && amountCents > 0,
    );
    const why = { effectiveOn, reason: 'other', memo: 'Its payment was taken back' };
    const silent = { ...ctx, warn: () => {} };
    const reversalId = lines.length === 0 ? null : await reverseStanding(silent, bill, lines, why);
    const cents = lines.reduce((sum, { amountCents }) => sum + amountCents, 0);
    if (reversalId !== null) ctx.warn(`${bill.entry.memo ?? charge} of ${formatCents(cents)} is taken back with it.`);
    taken.push({ postingId, reversalId });
  }
  return taken;
}

/** Codes of charges that any payment brings about. */
async function byAnyPayment({ db }: CorrectionContext): Promise<Set<string>> {
  const charges = await deferredCharges(db, true);
  return new Set(charges.filter(({ terms }) => terms.trigger === 'payment').map(({ code }) => code));
}

/** All transactions of these payments on the accounts at hand: one of them is said to have triggered. */
async function triggersOf(ctx: CorrectionContext, entries: readonly Entry[]): Promise<number[]> {
  const payments = entries.filter(({ kind }) => kind === 'payment');
  const whole = payments.flatMap(({ paymentId }) => paymentId ?? []);
  const accounts = new Set(payments.map(({ account }) => account.id));
  const parts = await entriesBy(ctx.db, 'payment_id', [...new Set(whole)]);
  const mine = parts.filter(({ kind, account }) => kind === 'payment' && accounts.has(account.id));
  return [...new Set([...payments, ...mine].map(({ id }) => id))];
}

/** Says what took the charges back: their reversals, or where nothing was left of them what took the money. */
export async function noteTakenBack(
  ctx: CorrectionContext,
  taken: readonly TakenBack[],
  otherwise: number | undefined,
): Promise<void> {
  const by = taken.flatMap(({ postingId, reversalId }): [number, number][] => {
    const transactionId = reversalId ?? otherwise;
    return transactionId === undefined ? [] : [[postingId, transactionId]];
  });
  await setInRows(ctx.db, 'deferred_posting', 'id', 'reversed_by_id', new Map(by));
}
