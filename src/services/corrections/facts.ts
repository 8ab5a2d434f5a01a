import { z } from 'zod';
import { locksOf } from '#domain/bill-adjustment.ts';
import { type ActionFacts, historyActions, type OfferedAction } from '#domain/history-actions.ts';
import { may } from '../actor.ts';
import { Failure } from '../failure.ts';
import { query, type QueryContext } from '../operation.ts';
import { assertVisible } from '../subject.ts';
import { CHARGES } from './adjustment-facts.ts';
import { standingLines } from './bill.ts';
import { coreOf } from './codes.ts';
import { entriesBy, type Entry, linesBy } from './entries.ts';
import { id } from './fields.ts';
import { standingOf } from './reinstate.ts';
import { takenBack } from './returned-money.ts';
import { tendersOf } from './tenders.ts';

/** A transaction with what the actor can do about it. */
export interface CorrectionFacts {
  readonly entry: Entry;
  /** The line that its first line corrects. */
  readonly correctsLineId: number | null;
  readonly actions: readonly OfferedAction[];
}

export const correctionFacts = query({
  name: 'history.actions',
  summary: 'What can be done about a transaction, by its state and one’s rights',
  permission: 'history.read',
  input: z.object({ transactionId: id }),
  run: async (ctx, { transactionId }): Promise<CorrectionFacts> => {
    const [entry] = await entriesBy(ctx.db, 'id', [transactionId]);
    if (!entry) throw new Failure('not_found', 'There is no such transaction.');
    await assertVisible(ctx, { accountId: entry.account.id });
    const facts = await factsOf(ctx, entry);
    const [line] = await linesBy(ctx.db, 'transaction_id', [transactionId]);
    return {
      entry,
      correctsLineId: line?.correctsLineId ?? null,
      actions: historyActions(facts, (right) => may(ctx.actor, right)),
    };
  },
});

async function factsOf(ctx: QueryContext, entry: Entry): Promise<ActionFacts> {
  const { kind, status } = entry;
  const facts = { kind, status, isCorrection: entry.correctsId !== null, hasReceipt: entry.paymentId !== null };
  const nothing = { core: null, takenBack: false, isDebt: false, locked: null, allReversed: false, stands: false };
  if (CHARGES.has(kind)) return { ...nothing, ...facts, ...(await chargeFacts(ctx, entry)) };
  if (kind === 'payment') {
    const tenders = await tendersOf(ctx.db, entry);
    const back = tenders.every((tender) => tender.takenBack);
    return { ...nothing, ...facts, core: await coreOf(ctx.db, entry.method), takenBack: back };
  }
  if (kind === 'transfer_in') {
    const back = (await takenBack(ctx.db, [entry.id])).size > 0;
    return { ...nothing, ...facts, takenBack: back, isDebt: entry.amountCents > 0 };
  }
  if (kind === 'write_off') return { ...nothing, ...facts, stands: (await standingOf(ctx, [entry])).length > 0 };
  return { ...nothing, ...facts };
}

/** A charge is locked when nothing of any line can be changed; the reason is that of its first line. */
async function chargeFacts(ctx: QueryContext, entry: Entry): Promise<Pick<ActionFacts, 'locked' | 'allReversed'>> {
  const lines = await standingLines(ctx.db, entry);
  const locks = lines.map(locksOf);
  const free = locks.some(({ amount, quantity }) => amount === null || quantity === null);
  return {
    locked: free ? null : (locks[0]?.amount ?? 'It has no lines of its own.'),
    allReversed: lines.length > 0 && lines.every(({ reversed }) => reversed),
  };
}
