import { z } from 'zod';
import { command } from '../operation.ts';
import { emptyRun } from './calculate.ts';
import { runToChange } from './run.ts';

const id = z.int().positive();

export const cancelPenalties = command({
  name: 'penalty.cancel',
  summary: 'Cancel a penalty run that is not posted',
  permission: 'penalties.run',
  input: z.object({ runId: id, version: id.optional() }),
  run: async (ctx, { runId, version }): Promise<{ runId: number; number: string }> => {
    const run = await runToChange(ctx, runId, version);
    await emptyRun(ctx, runId);
    await ctx.db
      .updateTable('penalty_run')
      .set({ status: 'cancelled', version: run.version + 1 })
      .where('id', '=', runId)
      .execute();
    ctx.audit({ entity: 'PenaltyRun', entityId: runId, changes: { status: ['calculated', 'cancelled'] } });
    return { runId, number: run.number };
  },
});
