import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { allocate, type AllocationEnd } from '../ledger/allocate.ts';
import { newestUpTo, release, type Tie, tiesOf } from '../ledger/release.ts';
import type { LedgerContext } from '../ledger/rows.ts';

/** A posted credit of which an amount goes to a debit that takes it back. */
export interface Taking {
  readonly credit: AllocationEnd & { readonly openCents: Cents };
  readonly debit: AllocationEnd;
  readonly cents: Cents;
}

/**
 * Takes credits back: what is open of them first, then what they paid, the newest first; debts that
 * they had paid are open again with their old due dates (guide: domain §4.3).
 * @param on the day from which that holds
 * @param kept debit lines that stay paid: those by which money went elsewhere
 * @returns what is open again
 */
export async function takeBack(
  ctx: LedgerContext,
  takings: readonly Taking[],
  on: CivilDate,
  kept: ReadonlySet<number> = new Set(),
): Promise<(Tie & { readonly back: Cents })[]> {
  const ties = await tiesOf(
    ctx,
    'credit',
    takings.map(({ credit }) => credit.id),
  );
  const freed = takings.flatMap(({ credit, cents }) =>
    newestUpTo(
      ties.filter(({ creditLineId, debitLineId }) => creditLineId === credit.id && !kept.has(debitLineId)),
      Math.max(0, cents - credit.openCents),
    ),
  );
  await release(ctx, freed, on);
  await allocate(ctx, takings);
  return freed;
}
