import { insertRows } from '#db/bulk.ts';
import { addToRows, idList } from '#db/bulk-add.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { followLines } from './deposits.ts';
import type { LedgerContext } from './rows.ts';

/** One end of an allocation. */
export interface AllocationEnd {
  readonly id: number;
  readonly customerId: number;
  readonly effectiveOn: CivilDate;
}

/** What a credit is to pay of a debit. */
export interface Match {
  readonly credit: AllocationEnd;
  readonly debit: AllocationEnd;
  readonly cents: Cents;
}

/** The days on which lines were last freed: before them their money was elsewhere. */
async function lastReleases({ db }: LedgerContext, lines: readonly number[]): Promise<Map<number, CivilDate>> {
  const last = new Map<number, CivilDate>();
  if (lines.length === 0) return last;
  for (const column of ['credit_line_id', 'debit_line_id'] as const) {
    const rows = await db
      .selectFrom('allocation')
      .select([`${column} as line`])
      .select((eb) => eb.fn.max('allocated_on').as('day'))
      .where(column, 'in', idList(db, lines))
      .where('amount_cents', '<', 0)
      .groupBy(column)
      .execute();
    for (const { line, day } of rows) last.set(line, day);
  }
  return last;
}

const latest = (days: readonly (CivilDate | undefined)[]): CivilDate =>
  days.reduce<CivilDate>((a, b) => (b !== undefined && b > a ? b : a), '');

/**
 * Ties credits to debits and lowers what is open of both. An allocation holds from the day on which
 * both were there and free, so that the ledger as of any day never shows more paid than was owed.
 */
export async function allocate(ctx: LedgerContext, matches: readonly Match[]): Promise<void> {
  const real = matches.filter(({ cents }) => cents > 0);
  if (real.length === 0) return;
  const freed = await lastReleases(ctx, [...new Set(real.flatMap(({ credit, debit }) => [credit.id, debit.id]))]);
  await insertRows(
    ctx.db,
    'allocation',
    real.map(({ credit, debit, cents }) => ({
      id: ctx.newId(),
      customer_id: debit.customerId,
      credit_line_id: credit.id,
      debit_line_id: debit.id,
      amount_cents: cents,
      allocated_on: latest([credit.effectiveOn, debit.effectiveOn, freed.get(credit.id), freed.get(debit.id)]),
    })),
  );
  const open = new Map<number, Cents>();
  for (const { credit, debit, cents } of real) {
    open.set(credit.id, (open.get(credit.id) ?? 0) - cents);
    open.set(debit.id, (open.get(debit.id) ?? 0) - cents);
  }
  await addToRows(ctx.db, 'ledger_line', 'id', 'open_cents', open);
  await followLines(ctx, [...new Set(real.map(({ debit }) => debit.id))]);
}
