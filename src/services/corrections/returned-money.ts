import type { CivilDate } from '#domain/civil-date.ts';
import { type Cents, formatCents } from '#domain/money.ts';
import { noteTakenBack, takeDeferredBack } from '../deferred/take-back.ts';
import { Failure } from '../failure.ts';
import { GL } from '../ledger/gl.ts';
import { enter } from '../ledger/enter.ts';
import { openDayFrom } from '../ledger/periods.ts';
import { post } from '../ledger/post.ts';
import type { Entered } from '../ledger/rows.ts';
import type { CorrectionContext } from './context.ts';
import { assertPosted, entriesBy, type Entry, linesBy } from './entries.ts';
import { type Held, moneyTrail } from './money-trail.ts';
import { takeBack } from './take-back.ts';

/** What takes money back, and why. */
export interface TakingBack {
  readonly kind: 'nsf' | 'reversal';
  readonly effectiveOn: CivilDate;
  readonly reason: string;
  readonly reference?: string | null;
  readonly memo?: string | null;
  /** On each line: `Returned payment`. */
  readonly description: string;
}

const TAKEN_BACK: ReadonlySet<Entry['kind']> = new Set(['nsf', 'reversal']);

/** Of transactions those that a returned item or a reversal took back already. */
export async function takenBack(db: CorrectionContext['db'], ids: readonly number[]): Promise<Set<number>> {
  const later = await entriesBy(db, 'reverses_id', ids);
  return new Set(later.filter(({ kind }) => TAKEN_BACK.has(kind)).map(({ reversesId }) => reversesId!));
}

/**
 * Takes payments back wherever their money is now, from `effectiveOn` or the first open day after it:
 * a posted debit on each account that holds some of it, paid by the money itself. The deferred charges
 * that they brought about go with them.
 * @throws Failure `refused` when some of it was taken back before, or is not posted
 */
export async function takeMoneyBack(
  ctx: CorrectionContext,
  payments: readonly Entry[],
  how: TakingBack,
): Promise<number[]> {
  for (const payment of payments) assertPosted(payment);
  const trail = await moneyTrail(ctx.db, payments);
  const places = [...new Set(trail.held.map(({ entry }) => entry.id))];
  const before = await takenBack(ctx.db, places);
  if (before.size > 0) throw new Failure('refused', 'This payment was returned or reversed before: that is done once.');
  const first = trail.held.reduce(
    (day, { entry }) => (entry.effectiveOn > day ? entry.effectiveOn : day),
    how.effectiveOn,
  );
  const effectiveOn = await openDayFrom(ctx.db, first);
  if (effectiveOn !== how.effectiveOn) ctx.warn(`It is dated ${effectiveOn}, the first day that it can be.`);
  const deferred = await takeDeferredBack(ctx, payments, effectiveOn);
  // What had paid them is open again.
  const { held, moves } = deferred.length === 0 ? trail : await moneyTrail(ctx.db, payments);
  const cash = (await linesBy(ctx.db, 'transaction_id', [payments[0]!.id]))[0]?.debitGl ?? GL.cash;
  const byEntry = Map.groupBy(
    held.filter(({ cents }) => cents > 0),
    ({ entry }) => entry,
  );
  const made: number[] = [];
  for (const [entry, parts] of byEntry) {
    const taken = await enterTaking(ctx, entry, parts, { ...how, effectiveOn, cash });
    await post(ctx, [taken.id]);
    await takeBack(
      ctx,
      parts.map(({ line, cents }, place) => ({
        credit: line,
        debit: { id: taken.lineIds[place]!, customerId: line.customerId, effectiveOn },
        cents,
      })),
      effectiveOn,
      moves,
    );
    made.push(taken.id);
    ctx.audit(takenChange(entry, taken.id, taken.amountCents, how.reason));
  }
  await noteTakenBack(ctx, deferred, made[0]);
  return [...made, ...deferred.flatMap(({ reversalId }) => reversalId ?? [])];
}

function enterTaking(
  ctx: CorrectionContext,
  entry: Entry,
  parts: readonly Held[],
  how: TakingBack & { readonly cash: string },
): Promise<Entered> {
  const { kind, effectiveOn, reason, reference = entry.reference, memo, description, cash } = how;
  return enter(ctx, {
    account: entry.account,
    kind,
    effectiveOn,
    dueOn: effectiveOn,
    method: entry.method,
    reference,
    reason,
    memo,
    reversesId: entry.id,
    paymentId: entry.paymentId,
    tenderId: entry.tenderId,
    lines: parts.map(({ line, cents }) => ({
      serviceTypeId: line.serviceTypeId,
      description,
      correctsLineId: line.id,
      debitGl: line.creditGl,
      creditGl: cash,
      amountCents: cents,
      effect: 1,
    })),
  });
}

const takenChange = (entry: Entry, id: number, cents: Cents, reason: string) => ({
  entity: 'LedgerTransaction',
  entityId: id,
  customerId: entry.account.customerId,
  changes: { reverses: [entry.id, id] as const, amount: [formatCents(entry.amountCents), formatCents(cents)] as const },
  reason,
});
