import type { z } from 'zod';
import { addDays } from '#domain/civil-date.ts';
import { accountRefs } from '../ledger/account-ref.ts';
import { openDayFrom } from '../ledger/periods.ts';
import { post } from '../ledger/post.ts';
import { command, type CommandContext, type CommandOperation, type Subject } from '../operation.ts';
import { Trial } from '../trial.ts';
import { billSpecialCharges, waitingCents } from './bill-special-charges.ts';
import type { CorrectionReceipt } from './receipt.ts';
import { type Effect, positionOf } from './effect.ts';

/** Days until a bill is due, where it is only supposed. */
const DUE_AFTER = 20;

interface Definition<I, R extends CorrectionReceipt> {
  readonly name: string;
  readonly summary: string;
  readonly input: z.ZodType<I>;
  readonly subject?: (input: I) => Subject | null;
  /** The account on whose next bill it goes. */
  readonly accountOf: (ctx: CommandContext, input: I) => Promise<number>;
  readonly run: (ctx: CommandContext, input: I) => Promise<R>;
}

/** A change of what waits for the next bill: the command that makes it, and its preview. */
export interface WaitingCorrection<I, R extends CorrectionReceipt> {
  readonly command: CommandOperation<I, R>;
  readonly preview: CommandOperation<I, Effect>;
}

/**
 * Declares a change of special charges that wait. It touches no balance before the next bill, so
 * that its preview `…Preview` tells what that bill would carry, and how the account would stand if
 * everything that waits were billed today. Nothing of it is kept.
 */
export function waitingCorrection<I, R extends CorrectionReceipt>(
  definition: Definition<I, R>,
): WaitingCorrection<I, R> {
  const { name, summary, input, subject, accountOf, run } = definition;
  const shared = { permission: 'charges.special' as const, input, ...(subject ? { subject } : {}) };
  return {
    command: command({ ...shared, name, summary, run }),
    preview: command({
      ...shared,
      name: `${name}Preview`,
      summary: `What it would do: ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`,
      unaudited: true,
      run: async (ctx, asked): Promise<Effect> => {
        throw new Trial(await waitingEffect(ctx, await accountOf(ctx, asked), () => run(ctx, asked)));
      },
    }),
  };
}

/** Does it in the transaction at hand and bills what waits then; the caller rolls it back. */
async function waitingEffect(ctx: CommandContext, accountId: number, run: () => Promise<unknown>): Promise<Effect> {
  const account = (await accountRefs(ctx.db, [accountId])).get(accountId)!;
  const { number } = await ctx.db
    .selectFrom('account')
    .select('number')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  const now = await positionOf(ctx, account);
  const beforeCents = await waitingCents(ctx, account);
  await run();
  const afterCents = await waitingCents(ctx, account);
  // No bill goes into a closed period: the next one is of an open day.
  const effectiveOn = await openDayFrom(ctx.db, ctx.today);
  const bill = { effectiveOn, dueOn: addDays(effectiveOn, DUE_AFTER) };
  const billed = await billSpecialCharges(ctx, account, bill);
  if (billed !== null) await post(ctx, [billed]);
  return {
    accounts: [{ accountId, number, before: now, after: now }],
    made: [],
    changes: [],
    warnings: [],
    waiting: {
      accountNumber: number,
      beforeCents,
      afterCents,
      balanceWithBeforeCents: now.balanceCents + beforeCents,
      billed: await positionOf(ctx, account),
    },
  };
}
