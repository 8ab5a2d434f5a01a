import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { allocate } from '../ledger/allocate.ts';
import { enter } from '../ledger/enter.ts';
import { post } from '../ledger/post.ts';
import { release } from '../ledger/release.ts';
import type { Bill, StandingLine } from './bill.ts';
import type { CorrectionContext } from './context.ts';
import { linesBy } from './entries.ts';

/** What a reversal says. */
export interface ReversalFacts {
  readonly effectiveOn: CivilDate;
  readonly reason: string;
  readonly memo: string | null;
}

/** The reversal pays the lines themselves; whatever had paid them is open credit again. */
export async function reverseStanding(
  ctx: CorrectionContext,
  { entry }: Bill,
  lines: readonly StandingLine[],
  { effectiveOn, reason, memo: said }: ReversalFacts,
): Promise<number> {
  const reversal = await enter(ctx, {
    account: entry.account,
    kind: 'reversal',
    effectiveOn,
    number: entry.number,
    reason,
    memo: said,
    reversesId: entry.id,
    lines: lines.map(({ line, amountCents, quantityMilli }) => ({
      serviceTypeId: line.serviceTypeId,
      description: line.description,
      code: line.code,
      quantityMilli,
      unit: line.unit,
      correctsLineId: line.id,
      debitGl: line.creditGl,
      creditGl: line.debitGl,
      amountCents,
      effect: -1,
    })),
  });
  await post(ctx, [reversal.id]);
  const freed = lines.flatMap(({ ties }) => ties);
  if (freed.length > 0) ctx.warn('What was paid of it becomes open credit.');
  await release(ctx, freed, effectiveOn);
  await payOwnLines(ctx, lines, reversal.lineIds, effectiveOn);
  return reversal.id;
}

async function payOwnLines(
  ctx: CorrectionContext,
  lines: readonly StandingLine[],
  creditIds: readonly number[],
  effectiveOn: CivilDate,
): Promise<void> {
  const debits = lines.flatMap(({ line, raises }) => [line.id, ...raises.map((raise) => raise.id)]);
  const now = new Map((await linesBy(ctx.db, 'id', debits)).map((line) => [line.id, line]));
  const matches = lines.flatMap(({ line, raises, amountCents }, place) => {
    let left: Cents = amountCents;
    return [line, ...raises].flatMap(({ id: debitId }) => {
      const debit = now.get(debitId)!;
      const cents = Math.min(left, debit.openCents);
      left -= cents;
      const credit = { id: creditIds[place]!, customerId: line.customerId, effectiveOn };
      return cents > 0 ? [{ credit, debit, cents }] : [];
    });
  });
  await allocate(ctx, matches);
}
