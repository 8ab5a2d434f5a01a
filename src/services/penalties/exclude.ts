import { z } from 'zod';
import { idList } from '#db/bulk-add.ts';
import type { Cents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext } from '../operation.ts';
import { typedText } from '#domain/typed-text.ts';
import { runToChange } from './run.ts';

const id = z.int().positive();

const some = z
  .array(z.object({ candidateId: id, version: id.optional() }))
  .min(1, 'Name the accounts')
  .max(1000, 'At most 1,000 at a time');

export interface ReviewReceipt {
  readonly accounts: number;
  readonly penaltyCents: Cents;
}

/** Moves accounts of a run between charged and excluded. */
async function move(
  ctx: CommandContext,
  { runId, candidates }: { runId: number; candidates: z.output<typeof some> },
  to: { readonly from: 'charge' | 'excluded'; readonly status: 'charge' | 'excluded'; readonly reason: string | null },
): Promise<ReviewReceipt> {
  const run = await runToChange(ctx, runId);
  const versions = new Map(candidates.map(({ candidateId, version }) => [candidateId, version]));
  const ids = idList(ctx.db, [...versions.keys()]);
  const rows = await ctx.db
    .selectFrom('penalty_candidate')
    .select(['id', 'status', 'penalty_cents as cents', 'version'])
    .where('run_id', '=', runId)
    .where('id', 'in', ids)
    .execute();
  const stale = rows.some((row) => row.status !== to.from || (versions.get(row.id) ?? row.version) !== row.version);
  if (rows.length < versions.size || stale) {
    throw new Failure(
      'conflict',
      `Run ${run.number} is not as you saw it any more. Look at it again; nothing was saved.`,
    );
  }
  await ctx.db
    .updateTable('penalty_candidate')
    .set((eb) => ({ status: to.status, reason: to.reason, version: eb('version', '+', 1) }))
    .where('id', 'in', ids)
    .execute();
  const penaltyCents = rows.reduce((sum, { cents }) => sum + cents, 0);
  ctx.audit({
    entity: 'PenaltyRun',
    entityId: runId,
    changes: { [to.status === 'charge' ? 'included' : 'excluded']: [null, `${rows.length} accounts`] },
    ...(to.reason === null ? {} : { reason: to.reason }),
  });
  return { accounts: rows.length, penaltyCents };
}

export const excludePenalties = command({
  name: 'penalty.exclude',
  summary: 'Take accounts out of a penalty run that is not posted, with the reason',
  permission: 'penalties.run',
  input: z.object({ runId: id, candidates: some, reason: typedText(200).trim().min(3, 'Say why, in a few words') }),
  run: (ctx, { reason, ...which }) => move(ctx, which, { from: 'charge', status: 'excluded', reason }),
});

export const includePenalties = command({
  name: 'penalty.include',
  summary: 'Bring accounts back that were taken out of a penalty run',
  permission: 'penalties.run',
  input: z.object({ runId: id, candidates: some }),
  run: (ctx, which) => move(ctx, which, { from: 'excluded', status: 'charge', reason: null }),
});
