import { z } from 'zod';
import { setInRows } from '#db/bulk-add.ts';
import type { Db } from '#db/schema.ts';
import { addDays } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { createBatch } from '../batches/find.ts';
import { Failure } from '../failure.ts';
import { enterAll } from '../ledger/enter.ts';
import { GL } from '../ledger/gl.ts';
import { post } from '../ledger/post.ts';
import type { NewTransaction } from '../ledger/rows.ts';
import { type Call, type CallOptions, command, type CommandContext } from '../operation.ts';
import { typedText } from '#domain/typed-text.ts';
import { type Due, stillRight } from './recheck.ts';
import { assertSeesEverybody, runNamed, runToChange, type StoredRun } from './run.ts';
import { type PenaltyCode, penaltyCode } from './terms.ts';
import { assertPaymentsPosted } from './unposted.ts';

const id = z.int().positive();

/** Accounts of one step: some tens of ms of the write lock, so that others work in between. */
export const STEP = 500;

/** How far the posting of a run is. */
export interface PenaltyPosting {
  readonly runId: number;
  readonly batch: string;
  /** Accounts charged by this call, and what they are charged. */
  readonly posted: number;
  readonly penaltyCents: Cents;
  /** Not charged: paid or penalised since the calculation. */
  readonly dropped: number;
  /** Still to be charged; 0: the run is posted. */
  readonly remaining: number;
  /** Where the next step may begin, so that it need not look over what is posted; null: at the beginning. */
  readonly next: number | null;
}

const waiting = (db: Db, runId: number) =>
  db
    .selectFrom('penalty_candidate as p')
    .where('p.run_id', '=', runId)
    .where('p.status', '=', 'charge')
    .where('p.transaction_id', 'is', null);

async function charge(
  ctx: CommandContext,
  run: StoredRun & { batchId: number },
  due: readonly Due[],
  code: PenaltyCode,
) {
  const { terms, name } = code;
  const entered = await enterAll(
    ctx,
    due.map(({ accountId, customerId, penaltyCents }): NewTransaction => ({
      account: { id: accountId, customerId },
      kind: 'penalty',
      effectiveOn: run.runOn,
      dueOn: addDays(run.runOn, terms.dueDays),
      reference: run.number,
      memo: name,
      batchId: run.batchId,
      lines: [
        {
          code: 'late',
          description: name,
          debitGl: GL.receivable,
          creditGl: terms.gl,
          amountCents: penaltyCents,
          effect: 1,
        },
      ],
    })),
  );
  await post(
    ctx,
    entered.map((one) => one.id),
  );
  const transactions = new Map(due.map((one, index) => [one.id, entered[index]!.id]));
  await setInRows(ctx.db, 'penalty_candidate', 'id', 'transaction_id', transactions);
}

/** The first step opens the batch, which holds the run fast from then on. */
async function begun(ctx: CommandContext, run: StoredRun, override: string | null | undefined) {
  if (run.status === 'cancelled') throw new Failure('refused', `Run ${run.number} is cancelled.`);
  if (run.batchId !== null) {
    const batch = await ctx.db.selectFrom('batch').select('number').where('id', '=', run.batchId).executeTakeFirst();
    return { id: run.batchId, number: batch!.number };
  }
  await assertPaymentsPosted(ctx.db, { runId: run.id, runOn: run.runOn, override });
  const any = await waiting(ctx.db, run.id).select('p.id').limit(1).executeTakeFirst();
  if (!any) throw new Failure('refused', `Nobody is charged by run ${run.number}: there is nothing to post.`);
  const batch = await createBatch(ctx, { kind: 'penalties', description: `Penalty run ${run.number}` });
  await ctx.db.updateTable('batch').set({ status: 'posting' }).where('id', '=', batch.id).execute();
  await ctx.db
    .updateTable('penalty_run')
    .set({ batch_id: batch.id, version: run.version + 1 })
    .where('id', '=', run.id)
    .execute();
  return batch;
}

/** What is still to be charged: charged in the order of their ids, all of it comes after the last one. */
async function rest(db: Db, runId: number, last: number | undefined) {
  if (last !== undefined) {
    const behind = await db
      .selectFrom('penalty_candidate')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('run_id', '=', runId)
      .where('status', '=', 'charge')
      .where('id', '>', last)
      .executeTakeFirstOrThrow();
    if (Number(behind.n) > 0) return { remaining: Number(behind.n), next: last };
  }
  // Nothing behind it: whether all before it was charged is looked over once, at the end.
  const left = await waiting(db, runId)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return { remaining: Number(left.n), next: null };
}

async function finish(ctx: CommandContext, run: StoredRun, batchId: number): Promise<void> {
  const posted = { posted_at: ctx.now, posted_by: ctx.actor.username };
  await ctx.db
    .updateTable('batch')
    .set((eb) => ({ ...posted, status: 'posted', posted_on: ctx.today, version: eb('version', '+', 1) }))
    .where('id', '=', batchId)
    .execute();
  await ctx.db
    .updateTable('penalty_run')
    .set((eb) => ({ ...posted, status: 'posted', version: eb('version', '+', 1) }))
    .where('id', '=', run.id)
    .execute();
}

/**
 * One step of posting a run, in a transaction of its own: cut short it goes on where it was, called
 * again when all is posted it changes nothing.
 */
export const postPenalties = command({
  name: 'penalty.post',
  summary: 'Post a penalty run, a number of accounts at a time; call again while some remain',
  permission: 'penalties.run',
  input: z.object({
    runId: id,
    /** Of the run that was reviewed; only its first step asks. */
    version: id.optional(),
    most: z.int().min(1).max(20_000, 'At most 20,000').optional(),
    /** The answer’s `next` of the step before. */
    after: z.int().nonnegative().nullish(),
    /** Why it is posted although balanced batches hold payments. */
    overrideReason: typedText(200).nullish(),
  }),
  run: async (ctx, { runId, version, most = STEP, after, overrideReason }): Promise<PenaltyPosting> => {
    assertSeesEverybody(ctx);
    const run = await runNamed(ctx.db, runId);
    if (version !== undefined && run.batchId === null) await runToChange(ctx, runId, version);
    const batch = await begun(ctx, run, overrideReason);
    const none = { runId, batch: batch.number, posted: 0, penaltyCents: 0, dropped: 0, remaining: 0, next: null };
    if (run.status === 'posted') return none;
    const due: Due[] = await waiting(ctx.db, runId)
      .select(['p.id', 'p.account_id as accountId', 'p.customer_id as customerId', 'p.penalty_cents as penaltyCents'])
      .where('p.id', '>', after ?? 0)
      .orderBy('p.id')
      .limit(most)
      .execute();
    const code = await penaltyCode(ctx.db, run.code);
    const right = await stillRight(ctx, run, due, code);
    await charge(ctx, { ...run, batchId: batch.id }, right, code);
    const { remaining, next } = await rest(ctx.db, runId, due.at(-1)?.id);
    if (remaining === 0) await finish(ctx, run, batch.id);
    const penaltyCents = right.reduce((sum, one) => sum + one.penaltyCents, 0);
    ctx.audit({
      entity: 'PenaltyRun',
      entityId: runId,
      changes: { posted: [null, `${right.length} accounts`], penaltyCents: [null, penaltyCents] },
      ...(overrideReason ? { reason: overrideReason } : {}),
    });
    return { ...none, posted: right.length, penaltyCents, dropped: due.length - right.length, remaining, next };
  },
});

/** Posts a whole run step by step. Cancelled or killed it stays in posting: called again it goes on. */
export async function postWholeRun(
  call: Call,
  input: { readonly runId: number; readonly version?: number; readonly overrideReason?: string | null },
  options: CallOptions = {},
): Promise<PenaltyPosting> {
  let [posted, penaltyCents, dropped] = [0, 0, 0];
  let after: number | null = null;
  for (;;) {
    options.signal?.throwIfAborted();
    const step: PenaltyPosting = await call(postPenalties, { ...input, after }, options);
    after = step.next;
    posted += step.posted;
    penaltyCents += step.penaltyCents;
    dropped += step.dropped;
    options.progress?.('accounts charged', posted, posted + step.remaining);
    if (step.remaining === 0) return { ...step, posted, penaltyCents, dropped };
  }
}
