import { z } from 'zod';
import { type Cents, formatCents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { enter } from '../ledger/enter.ts';
import { openDayFrom } from '../ledger/periods.ts';
import { post } from '../ledger/post.ts';
import type { LedgerContext } from '../ledger/rows.ts';
import { correction } from './correction.ts';
import { entered } from './receipt.ts';
import { assertPosted, entriesBy, type Entry, entryById, type EntryLine, linesBy } from './entries.ts';
import { amount, id, memo, reference } from './fields.ts';
import { takeBack } from './take-back.ts';

/** A line of a write-off, and what of it was not taken back yet. */
interface Standing {
  readonly line: EntryLine;
  readonly cents: Cents;
}

/** A written-off debt is owed again, with its original due dates and a reference of its own (guide: domain §4.4). */
export const reinstate = correction({
  name: 'writeOff.reinstate',
  summary: 'Take a write-off back: the debts are open again with their due dates',
  permission: 'writeoffs.enter',
  input: z.object({
    transactionId: id.describe('the write-off'),
    cents: amount.optional().describe('everything, unless said otherwise; the oldest debts first'),
    reference,
    memo,
  }),
  run: async (ctx, { transactionId, cents, reference: told, memo: said }) => {
    const entry = await entryById(ctx, transactionId);
    if (entry.kind !== 'write_off') throw new Failure('refused', 'This is no write-off.');
    assertPosted(entry);
    const standing = await standingOf(ctx, [entry]);
    const most = standing.reduce((sum, part) => sum + part.cents, 0);
    if (most === 0) throw new Failure('refused', 'This write-off was taken back before.');
    const wanted = cents ?? most;
    if (wanted > most) {
      const left = `Only ${formatCents(most)} of it stands.`;
      throw new Failure('refused', left, { cents: left });
    }
    const { id } = await bringBack(ctx, entry, standing, { cents: wanted, reference: told, memo: said });
    ctx.audit({
      entity: 'LedgerTransaction',
      entityId: id,
      customerId: entry.account.customerId,
      changes: { writtenOff: [formatCents(most), formatCents(most - wanted)] },
      ...(said === null ? {} : { reason: said }),
    });
    return entered(id);
  },
});

/** What of write-offs still stands: the lines less what reinstatements took of them. */
export async function standingOf({ db }: Pick<LedgerContext, 'db'>, entries: readonly Entry[]): Promise<Standing[]> {
  const ids = entries.map((entry) => entry.id);
  const lines = await linesBy(db, 'transaction_id', ids);
  const back = await linesBy(
    db,
    'transaction_id',
    (await entriesBy(db, 'reverses_id', ids)).map((entry) => entry.id),
  );
  const taken = new Map<number, Cents>();
  const older = new Map<number, Cents>();
  for (const { correctsLineId, amountCents, transactionId } of back) {
    if (correctsLineId === null) older.set(transactionId, (older.get(transactionId) ?? 0) + amountCents);
    else taken.set(correctsLineId, (taken.get(correctsLineId) ?? 0) + amountCents);
  }
  // Reinstatements from before lines were linked took the write-off as a whole.
  let unlinked = [...older.values()].reduce((sum, cents) => sum + cents, 0);
  return lines
    .filter(({ effect }) => effect < 0)
    .map((line) => {
      const left = line.amountCents - (taken.get(line.id) ?? 0);
      const part = Math.min(left, unlinked);
      unlinked -= part;
      return { line, cents: left - part };
    })
    .filter(({ cents }) => cents > 0);
}

/** A debt that is open again. */
export interface Opened {
  readonly debitLineId: number;
  readonly cents: Cents;
}

/** Takes back so much of a write-off, in the order of its lines: the oldest debts come first there. */
export async function bringBack(
  ctx: LedgerContext,
  entry: Entry,
  standing: readonly Standing[],
  { cents, reference: told, memo: said }: { cents: Cents; reference: string | null; memo: string | null },
): Promise<{ readonly id: number; readonly opened: readonly Opened[] }> {
  let left = cents;
  const parts = standing.flatMap(({ line, cents: most }) => {
    const part = Math.min(left, most);
    left -= part;
    return part > 0 ? [{ line, cents: part }] : [];
  });
  const effectiveOn = await openDayFrom(ctx.db, ctx.today);
  const back = await enter(ctx, {
    account: entry.account,
    kind: 'write_off_reinstate',
    effectiveOn,
    dueOn: effectiveOn,
    reference: told,
    memo: said,
    reversesId: entry.id,
    lines: parts.map(({ line, cents: part }) => ({
      serviceTypeId: line.serviceTypeId,
      description: 'Bad debt reinstated',
      correctsLineId: line.id,
      debitGl: line.creditGl,
      creditGl: line.debitGl,
      amountCents: part,
      effect: 1,
    })),
  });
  await post(ctx, [back.id]);
  const freed = await takeBack(
    ctx,
    parts.map(({ line, cents: part }, place) => ({
      credit: line,
      debit: { id: back.lineIds[place]!, customerId: line.customerId, effectiveOn },
      cents: part,
    })),
    effectiveOn,
  );
  return { id: back.id, opened: freed.map(({ debitLineId, back: part }) => ({ debitLineId, cents: part })) };
}
