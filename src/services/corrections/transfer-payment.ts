import { z } from 'zod';
import type { CivilDate } from '#domain/civil-date.ts';
import { type Cents, formatCents } from '#domain/money.ts';
import { noteTakenBack, takeDeferredBack } from '../deferred/take-back.ts';
import { Failure } from '../failure.ts';
import { accountRefs } from '../ledger/account-ref.ts';
import { enterAll } from '../ledger/enter.ts';
import { GL } from '../ledger/gl.ts';
import { openDayFrom } from '../ledger/periods.ts';
import { post } from '../ledger/post.ts';
import { tiesOf } from '../ledger/release.ts';
import { assertChangeable } from '../subject.ts';
import { correction } from './correction.ts';
import { entered } from './receipt.ts';
import type { CorrectionContext } from './context.ts';
import { assertPosted, entriesBy, type Entry, entryById, type EntryLine, linesBy } from './entries.ts';
import { amount, id, memo } from './fields.ts';
import { moneyTrail } from './money-trail.ts';
import { takenBack } from './returned-money.ts';
import { takeBack } from './take-back.ts';

/** A credit line of the payment, and what of it can go. */
interface Movable {
  readonly line: EntryLine;
  readonly cents: Cents;
}

/**
 * Money of a payment moves to the account that it was meant for (guide: domain §4.4; example T1).
 * Deferred charges that it brought about are taken back, and none follow where it goes.
 */
export const transferPayment = correction({
  name: 'payment.transfer',
  summary: 'Transfer a payment, whole or in part, to another account',
  permission: 'payments.transfer',
  input: z.object({
    transactionId: id.describe('the payment’s part on the account that it leaves'),
    toAccountId: id,
    cents: amount.optional().describe('everything that is left of it, unless said otherwise'),
    memo,
  }),
  run: async (ctx, { transactionId, toAccountId, cents, memo: said }) => {
    const entry = await entryById(ctx, transactionId);
    const target = await targetOf(ctx, entry, toAccountId);
    const found = await movableOf(ctx, entry);
    const most = found.movable.reduce((sum, part) => sum + part.cents, 0);
    const wanted = cents ?? most;
    if (wanted > most || most === 0) {
      const reason = most === 0 ? 'Nothing of it is left to transfer' : `Only ${formatCents(most)} of it can go`;
      throw new Failure('refused', `${reason}: the rest was refunded, returned or moved.`, { cents: reason });
    }
    const effectiveOn = await openDayFrom(ctx.db, entry.effectiveOn);
    if (effectiveOn !== entry.effectiveOn) ctx.warn(`The payment’s day is closed: it is dated ${effectiveOn}.`);
    const deferred = await takeDeferredBack(ctx, [entry], effectiveOn, wanted < most);
    // What had paid them is open again.
    const { movable, kept } = deferred.length === 0 ? found : await movableOf(ctx, entry);
    const made = await move(ctx, entry, { target, effectiveOn, parts: upTo(movable, wanted), kept, memo: said });
    ctx.audit({
      entity: 'LedgerTransaction',
      entityId: entry.id,
      customerId: entry.account.customerId,
      changes: { [`transferred to ${toAccountId}`]: [null, formatCents(wanted)] },
      ...(said === null ? {} : { reason: said }),
    });
    await noteTakenBack(ctx, deferred, made[0]);
    return entered(...made, ...deferred.flatMap(({ reversalId }) => reversalId ?? []));
  },
});

async function targetOf(ctx: CorrectionContext, entry: Entry, toAccountId: number) {
  if (entry.kind !== 'payment' && entry.kind !== 'transfer_in') throw new Failure('refused', 'This is no payment.');
  assertPosted(entry);
  if (toAccountId === entry.account.id) {
    throw new Failure('refused', 'It is on that account already.', { toAccountId: 'Choose another account.' });
  }
  const target = (await accountRefs(ctx.db, [toAccountId])).get(toAccountId)!;
  await assertChangeable(ctx, { accountId: toAccountId });
  if ((await takenBack(ctx.db, [entry.id])).size > 0) {
    throw new Failure('refused', 'This payment was returned or reversed: there is nothing to transfer.');
  }
  return target;
}

/** What of a payment is still on its account and was not paid out again. */
async function movableOf(
  ctx: CorrectionContext,
  entry: Entry,
): Promise<{ readonly movable: readonly Movable[]; readonly kept: ReadonlySet<number> }> {
  const { held, moves } = await moneyTrail(ctx.db, [entry]);
  const own = held.filter((one) => one.entry.id === entry.id);
  const ties = await tiesOf(
    ctx,
    'credit',
    own.map(({ line }) => line.id),
  );
  const debits = await linesBy(
    ctx.db,
    'id',
    ties.map(({ debitLineId }) => debitLineId),
  );
  const paidOut = await entriesBy(ctx.db, 'id', [...new Set(debits.map((line) => line.transactionId))]);
  const refunds = new Set(paidOut.filter(({ kind }) => kind === 'refund').map(({ id: refund }) => refund));
  const kept = new Set([...moves, ...debits.filter((line) => refunds.has(line.transactionId)).map((line) => line.id)]);
  const movable = own.map(({ line }) => {
    const gone = ties
      .filter(({ creditLineId, debitLineId }) => creditLineId === line.id && kept.has(debitLineId))
      .reduce((sum, tie) => sum + tie.cents, 0);
    return { line, cents: line.amountCents - gone };
  });
  return { movable: movable.filter(({ cents }) => cents > 0), kept };
}

function upTo(parts: readonly Movable[], cents: Cents): Movable[] {
  let left = cents;
  return parts.flatMap(({ line, cents: most }) => {
    const part = Math.min(left, most);
    left -= part;
    return part > 0 ? [{ line, cents: part }] : [];
  });
}

interface Move {
  readonly target: Entry['account'];
  readonly effectiveOn: CivilDate;
  readonly parts: readonly Movable[];
  readonly kept: ReadonlySet<number>;
  readonly memo: string | null;
}

async function move(ctx: CorrectionContext, entry: Entry, { target, effectiveOn, parts, kept, memo: said }: Move) {
  const [outId, inId] = [ctx.newId(), ctx.newId()];
  const { method, reference, number, paymentId, tenderId } = entry;
  const shared = { effectiveOn, method, reference, number, paymentId, tenderId, memo: said };
  const [out] = await enterAll(ctx, [
    {
      ...shared,
      id: outId,
      account: entry.account,
      kind: 'transfer_out',
      dueOn: effectiveOn,
      correctsId: entry.id,
      counterpartId: inId,
      lines: parts.map(({ line, cents }) => ({
        serviceTypeId: line.serviceTypeId,
        description: 'Payment transferred',
        correctsLineId: line.id,
        debitGl: line.creditGl,
        creditGl: GL.transfer,
        amountCents: cents,
        effect: 1,
      })),
    },
  ]);
  await enterAll(ctx, [
    {
      ...shared,
      id: inId,
      account: target,
      kind: 'transfer_in',
      counterpartId: outId,
      lines: parts.map(({ line, cents }, place) => ({
        serviceTypeId: line.serviceTypeId,
        description: 'Payment transferred',
        correctsLineId: out!.lineIds[place]!,
        debitGl: GL.transfer,
        creditGl: line.creditGl,
        amountCents: cents,
        effect: -1,
      })),
    },
  ]);
  await post(ctx, [outId, inId]);
  await takeBack(
    ctx,
    parts.map(({ line, cents }, place) => ({
      credit: line,
      debit: { id: out!.lineIds[place]!, customerId: line.customerId, effectiveOn },
      cents,
    })),
    effectiveOn,
    kept,
  );
  return [outId, inId];
}
