import { Failure } from '../failure.ts';
import type { Db } from '#db/schema.ts';
import type { CommandContext, QueryContext } from '../operation.ts';
import { isConfined } from '../sight.ts';

/** A run as it is stored. */
export interface StoredRun {
  readonly id: number;
  readonly number: string;
  readonly code: string;
  readonly runOn: string;
  /** JSON of its filters. */
  readonly filters: string;
  readonly status: 'calculated' | 'posted' | 'cancelled';
  /** Null until its posting begins. */
  readonly batchId: number | null;
  readonly version: number;
}

export const storedRuns = (db: Db) =>
  db
    .selectFrom('penalty_run as r')
    .select(['r.id', 'r.number', 'r.code', 'r.run_on as runOn', 'r.filters', 'r.status', 'r.batch_id as batchId'])
    .select('r.version');

/** @throws Failure `not_found` */
export async function runNamed(db: Db, runId: number): Promise<StoredRun> {
  const run = await storedRuns(db).where('r.id', '=', runId).executeTakeFirst();
  if (run) return run;
  throw new Failure('not_found', 'There is no such penalty run.');
}

/** @throws Failure `refused` when its posting has begun or it was cancelled; `conflict` for another version */
export async function runToChange(ctx: CommandContext, runId: number, version?: number): Promise<StoredRun> {
  const run = await runNamed(ctx.db, runId);
  if (version !== undefined && version !== run.version) {
    throw new Failure('conflict', `Somebody has changed run ${run.number} meanwhile. Look at it again.`);
  }
  if (run.status === 'cancelled') throw new Failure('refused', `Run ${run.number} is cancelled.`);
  if (run.status === 'posted') throw new Failure('refused', `Run ${run.number} is posted.`);
  if (run.batchId !== null) throw new Failure('refused', `Run ${run.number} is being posted.`);
  return run;
}

/** A run is about everybody: whoever sees some groups of customers only would judge half of it. */
export function assertSeesEverybody({ sight }: Pick<QueryContext, 'sight'>): void {
  if (isConfined(sight)) throw new Failure('forbidden', 'Penalty runs are for those who see customers of all groups.');
}
