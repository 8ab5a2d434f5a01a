import { z } from 'zod';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { GL } from '../ledger/gl.ts';
import { query, type QueryContext } from '../operation.ts';
import { day } from '../payments/input.ts';

/** What went through one code of the general ledger. */
export interface GlRow {
  readonly code: string;
  readonly name: string;
  readonly debitCents: Cents;
  readonly creditCents: Cents;
}

/** The general ledger of some days; debits and credits are equal in sum. */
export interface GlSummary {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly rows: readonly GlRow[];
  readonly debitCents: Cents;
  readonly creditCents: Cents;
  /** Over (above zero) and short of the drawers closed in these days; in the rows against cash. */
  readonly overShortCents: Cents;
}

/**
 * Posted lines by code and side, and the over and short of closed drawers: it belongs to no account,
 * so it is not in the ledger of accounts, and stands here as cash against 6900.
 */
export const glSummary = query({
  name: 'gl.summary',
  summary: 'Debits and credits of the general ledger by code for some days, drawers’ over and short included',
  permission: 'history.read',
  input: z.object({ from: day, to: day }),
  run: async (ctx, { from, to }): Promise<GlSummary> => {
    if (from > to) throw new Failure('invalid', 'The days are the wrong way round.', { to: 'Before the first day.' });
    const sums = new Map<string, { debit: Cents; credit: Cents }>();
    const add = (code: string, side: 'debit' | 'credit', cents: Cents): void => {
      const sum = sums.get(code) ?? { debit: 0, credit: 0 };
      sum[side] += cents;
      sums.set(code, sum);
    };
    for (const side of ['debit', 'credit'] as const) {
      for (const { code, cents } of await sideOf(ctx, side, from, to)) add(code, side, Number(cents));
    }
    const overShortCents = await overShort(ctx, from, to);
    if (overShortCents !== 0) {
      add(GL.cash, overShortCents > 0 ? 'debit' : 'credit', Math.abs(overShortCents));
      add(GL.overShort, overShortCents > 0 ? 'credit' : 'debit', Math.abs(overShortCents));
    }
    const names = new Map(
      (await ctx.db.selectFrom('gl_account').select(['code', 'name']).execute()).map((one) => [one.code, one.name]),
    );
    const rows = [...sums]
      .map(([code, { debit, credit }]) => ({
        code,
        name: names.get(code) ?? '',
        debitCents: debit,
        creditCents: credit,
      }))
      .sort((a, b) => (a.code < b.code ? -1 : 1));
    const total = (of: (row: GlRow) => Cents): Cents => rows.reduce((sum, row) => sum + of(row), 0);
    return {
      from,
      to,
      rows,
      debitCents: total((row) => row.debitCents),
      creditCents: total((row) => row.creditCents),
      overShortCents,
    };
  },
});

function sideOf({ db }: QueryContext, side: 'debit' | 'credit', from: CivilDate, to: CivilDate) {
  return db
    .selectFrom('ledger_transaction as t')
    .innerJoin('ledger_line as l', 'l.transaction_id', 't.id')
    .select(`l.${side}_gl as code`)
    .select((eb) => eb.fn.sum<number>('l.amount_cents').as('cents'))
    .where('t.status', '=', 'posted')
    .where('t.effective_on', '>=', from)
    .where('t.effective_on', '<=', to)
    .groupBy(`l.${side}_gl`)
    .execute();
}

/** By the day on which the drawer was opened: its business date. */
async function overShort({ db }: QueryContext, from: CivilDate, to: CivilDate): Promise<Cents> {
  const row = await db
    .selectFrom('cash_drawer')
    .select((eb) => eb.fn.sum<number>('over_short_cents').as('cents'))
    .where('status', '=', 'closed')
    .where('opened_on', '>=', from)
    .where('opened_on', '<=', to)
    .executeTakeFirstOrThrow();
  return Number(row.cents ?? 0);
}
