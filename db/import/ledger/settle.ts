import { pieces } from '../../bulk.ts';
import type { ApplyContext } from '../apply-context.ts';
import { allocate, type AllocationRow, type LineRow, type Posting } from './posting.ts';

/** Lines of transactions that are in the database, by transaction. */
export async function linesOf(ctx: ApplyContext, transactions: readonly number[]): Promise<Map<number, LineRow[]>> {
  const found = new Map<number, LineRow[]>();
  for (const some of pieces([...new Set(transactions)])) {
    const rows = await ctx.db
      .selectFrom('ledger_line')
      .selectAll()
      .where('transaction_id', 'in', some)
      .orderBy('id')
      .execute();
    for (const row of rows) {
      const list = found.get(row.transaction_id) ?? [];
      list.push(row);
      found.set(row.transaction_id, list);
    }
  }
  return found;
}

/** A payment and the charge that it was made for. */
export interface Settlement {
  readonly posting: Posting;
  readonly charge: number;
}

/**
 * Allocates payments to the open lines of their charges, and refunds to those of credits, in
 * the order given; what is not needed stays open. The lines in the database are not changed
 * yet: see {@link storeOpen}.
 */
export function settle(
  ctx: ApplyContext,
  settlements: readonly Settlement[],
  charges: ReadonlyMap<number, LineRow[]>,
): { allocations: AllocationRow[]; debits: Set<number>; credits: Set<number> } {
  const allocations: AllocationRow[] = [];
  const debits = new Set<number>();
  const credits = new Set<number>();
  for (const { posting, charge } of settlements) {
    for (const line of posting.lines) {
      for (const other of charges.get(charge) ?? []) {
        const amount = Math.min(line.open_cents, other.open_cents);
        if (line.effect * other.effect !== -1 || amount <= 0) continue;
        const [credit, debit] = line.effect < 0 ? [line, other] : [other, line];
        // Money on account before the bill settles it on the day of the bill.
        const on = line.effective_on > other.effective_on ? line.effective_on : other.effective_on;
        allocations.push(allocate(ctx, credit, debit, amount, on));
        (other.effect > 0 ? debits : credits).add(other.id);
      }
    }
  }
  return { allocations, debits, credits };
}

/** Brings the stored open amount of lines in line with their allocations, set-based. */
export async function storeOpen(ctx: ApplyContext, side: 'debit' | 'credit', lines: readonly number[]): Promise<void> {
  const column = side === 'debit' ? 'allocation.debit_line_id' : 'allocation.credit_line_id';
  for (const some of pieces(lines)) {
    await ctx.db
      .updateTable('ledger_line')
      .set((eb) => ({
        open_cents: eb(
          'ledger_line.amount_cents',
          '-',
          eb
            .selectFrom('allocation')
            .select((s) => s.fn.coalesce(s.fn.sum<number>('allocation.amount_cents'), s.lit(0)).as('paid'))
            .whereRef(column, '=', 'ledger_line.id'),
        ),
      }))
      .where('id', 'in', some)
      .execute();
  }
}
