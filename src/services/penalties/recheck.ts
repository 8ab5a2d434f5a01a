import { idList } from '#db/bulk-add.ts';
import type { Db } from '#db/schema.ts';
import type { Cents } from '#domain/money.ts';
import { againFrom } from '#domain/penalty.ts';
import type { CommandContext } from '../operation.ts';
import type { StoredRun } from './run.ts';
import type { PenaltyCode } from './terms.ts';

/** An account that is about to be charged. */
export interface Due {
  readonly id: number;
  readonly accountId: number;
  readonly customerId: number;
  readonly penaltyCents: Cents;
}

/** Candidates of which a debt is not as it was when it was calculated. */
async function changed(db: Db, ids: readonly number[]): Promise<Set<number>> {
  const rows = await db
    .selectFrom('penalty_item as i')
    .innerJoin('ledger_line as l', 'l.id', 'i.debit_line_id')
    .select('i.candidate_id as id')
    .where('i.candidate_id', 'in', idList(db, ids))
    .whereRef('l.open_cents', '<>', 'i.open_cents')
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** Candidates of which another run has charged for a debt meanwhile. */
async function penalisedMeanwhile(db: Db, ids: readonly number[], since: string | null): Promise<Set<number>> {
  const rows = await db
    .selectFrom('penalty_item as i')
    .innerJoin('penalty_item as o', 'o.debit_line_id', 'i.debit_line_id')
    .innerJoin('penalty_candidate as p', 'p.id', 'o.candidate_id')
    .innerJoin('penalty_run as r', 'r.id', 'p.run_id')
    .select('i.candidate_id as id')
    .where('i.candidate_id', 'in', idList(db, ids))
    .whereRef('o.candidate_id', '<>', 'i.candidate_id')
    .where('p.transaction_id', 'is not', null)
    .$if(since !== null, (q) => q.where('r.run_on', '>', since!))
    .execute();
  return new Set(rows.map((row) => row.id));
}

async function exempt({ db }: CommandContext, ids: readonly number[], reason: 'changed' | 'penalised'): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('penalty_candidate')
    .set((eb) => ({ status: 'exempt' as const, reason, version: eb('version', '+', 1) }))
    .where('id', 'in', idList(db, ids))
    .execute();
}

/** Those of a step that are still right; the others leave the run with the reason. */
export async function stillRight(ctx: CommandContext, run: StoredRun, due: readonly Due[], code: PenaltyCode) {
  const ids = due.map((one) => one.id);
  const paid = await changed(ctx.db, ids);
  const twice = await penalisedMeanwhile(ctx.db, ids, againFrom(code.terms, run.runOn));
  await exempt(ctx, [...paid], 'changed');
  await exempt(
    ctx,
    [...twice].filter((one) => !paid.has(one)),
    'penalised',
  );
  return due.filter((one) => !paid.has(one.id) && !twice.has(one.id));
}
