import { insertRows } from '#db/bulk.ts';
import { addToRows, idList } from '#db/bulk-add.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { followLines } from './deposits.ts';
import type { LedgerContext } from './rows.ts';

/** What a credit pays of a debit now, net of what was taken back. */
export interface Tie {
  readonly creditLineId: number;
  readonly debitLineId: number;
  readonly customerId: number;
  readonly cents: Cents;
  /** The day of the latest allocation between the two. */
  readonly lastOn: CivilDate;
  readonly lastId: number;
}

/** What lines are tied to, the newest tie first. */
export async function tiesOf(
  { db }: Pick<LedgerContext, 'db'>,
  side: 'credit' | 'debit',
  lines: readonly number[],
): Promise<Tie[]> {
  if (lines.length === 0) return [];
  const rows = await db
    .selectFrom('allocation')
    .select(['credit_line_id as creditLineId', 'debit_line_id as debitLineId', 'customer_id as customerId'])
    .select((eb) => [
      eb.fn.sum<number>('amount_cents').as('cents'),
      eb.fn.max('allocated_on').as('lastOn'),
      eb.fn.max('id').as('lastId'),
    ])
    .where(side === 'credit' ? 'credit_line_id' : 'debit_line_id', 'in', idList(db, lines))
    .groupBy(['credit_line_id', 'debit_line_id', 'customer_id'])
    .having((eb) => eb.fn.sum('amount_cents'), '>', 0)
    .execute();
  return rows
    .map((row) => ({ ...row, cents: Number(row.cents) }))
    .toSorted((a, b) => (a.lastOn === b.lastOn ? b.lastId - a.lastId : a.lastOn < b.lastOn ? 1 : -1));
}

/**
 * Unties what was allocated, by opposite rows, from `on` (never before the allocation itself):
 * both ends are open again by that much, the debt with its old due date.
 * @param ties each with the part to take back
 */
export async function release(
  ctx: LedgerContext,
  ties: readonly (Tie & { readonly back?: Cents })[],
  on: CivilDate,
): Promise<void> {
  const real = ties.map((tie) => ({ ...tie, back: tie.back ?? tie.cents })).filter(({ back }) => back > 0);
  await insertRows(
    ctx.db,
    'allocation',
    real.map(({ creditLineId, debitLineId, customerId, lastOn, back }) => ({
      id: ctx.newId(),
      customer_id: customerId,
      credit_line_id: creditLineId,
      debit_line_id: debitLineId,
      amount_cents: -back,
      allocated_on: lastOn > on ? lastOn : on,
    })),
  );
  const open = new Map<number, Cents>();
  for (const { creditLineId, debitLineId, back } of real) {
    open.set(creditLineId, (open.get(creditLineId) ?? 0) + back);
    open.set(debitLineId, (open.get(debitLineId) ?? 0) + back);
  }
  await addToRows(ctx.db, 'ledger_line', 'id', 'open_cents', open);
  await followLines(ctx, [...new Set(real.map(({ debitLineId }) => debitLineId))]);
}

/** Ties from the newest on, up to an amount; the last in part. */
export function newestUpTo(ties: readonly Tie[], cents: Cents): (Tie & { readonly back: Cents })[] {
  let left = cents;
  return ties.flatMap((tie) => {
    const back = Math.min(left, tie.cents);
    left -= back;
    return back > 0 ? [{ ...tie, back }] : [];
  });
}
