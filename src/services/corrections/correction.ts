import type { z } from 'zod';
import type { Permission } from '#domain/permissions.ts';
import { command, type CommandContext, type CommandOperation, type Subject } from '../operation.ts';
import { Trial } from '../trial.ts';
import type { CorrectionContext } from './context.ts';
import { type Effect, effectOf } from './effect.ts';
import type { CorrectionReceipt } from './receipt.ts';

interface Definition<I> {
  readonly name: string;
  readonly summary: string;
  readonly permission: Permission;
  readonly input: z.ZodType<I>;
  readonly subject?: (input: I) => Subject | null;
  readonly run: (ctx: CorrectionContext, input: I) => Promise<CorrectionReceipt>;
}

/** A correction of the ledger: the command that does it, and its preview. */
export interface Correction<I> extends Definition<I> {
  readonly command: CommandOperation<I, CorrectionReceipt>;
  readonly preview: CommandOperation<I, Effect>;
}

const done = (ctx: CommandContext): CorrectionContext => ({ ...ctx, trial: false, approved: false, warn: () => {} });

/**
 * Declares a correction. Its preview `…Preview` runs the very same code in a transaction that is
 * rolled back, and answers what that did to balances, ageing and open debts.
 */
export function correction<I>(definition: Definition<I>): Correction<I> {
  const { name, summary, permission, input, subject, run } = definition;
  const shared = { permission, input, ...(subject ? { subject } : {}) };
  return {
    ...definition,
    command: command({ ...shared, name, summary, run: (ctx, asked) => run(done(ctx), asked) }),
    preview: command({
      ...shared,
      name: `${name}Preview`,
      summary: `What it would do: ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`,
      unaudited: true,
      run: async (ctx, asked): Promise<Effect> => {
        throw new Trial(await effectOf(ctx, (watched) => run(watched, asked)));
      },
    }),
  };
}
