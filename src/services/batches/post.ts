import { z } from 'zod';
import { recoverBadDebt } from '../corrections/recovery.ts';
import { Failure } from '../failure.ts';
import { post } from '../ledger/post.ts';
import { type Call, type CallOptions, command, type CommandContext } from '../operation.ts';

/** How far a posting run is. */
export interface PostingState {
  readonly batchId: number;
  readonly number: string;
  /** Posted by this call. */
  readonly posted: number;
  /** Still to be posted; 0: the batch is posted. */
  readonly remaining: number;
}

/** Transactions of one step: some tens of ms of the write lock, so that others post in between. */
export const STEP = 500;

/**
 * One step of a posting run: posts some transactions of a balanced batch, in a transaction of its
 * own. A run that was cut short goes on where it was; called again when all is posted it changes nothing.
 */
export const postBatchStep = command({
  name: 'batch.post',
  summary: 'Post a balanced batch, a number of transactions at a time; call again while some remain',
  permission: 'batches.post',
  input: z.object({
    batchId: z.number().int().positive(),
    most: z.number().int().min(1).max(20_000).default(STEP),
  }),
  run: async (ctx, { batchId, most }): Promise<PostingState> => {
    const batch = await postable(ctx, batchId);
    if (batch.status === 'posted') return { batchId, number: batch.number, posted: 0, remaining: 0 };
    const rows = await waitingOf(ctx, batchId)
      .select(['id', 'payment_id as paymentId'])
      .orderBy('id')
      .limit(most)
      .execute();
    const ids = [...rows.map(({ id }) => id), ...(await restOf(ctx, batchId, rows.at(-1)))];
    await recoverBadDebt(ctx, ids);
    await post(ctx, ids);
    const remaining = rows.length < most ? 0 : await unpostedOf(ctx, batchId);
    await moveOn(ctx, batch, remaining);
    return { batchId, number: batch.number, posted: ids.length, remaining };
  },
});

type Batch = { readonly id: number; readonly number: string; readonly status: string; readonly version: number };

async function postable({ db }: CommandContext, batchId: number): Promise<Batch> {
  const batch = await db
    .selectFrom('batch')
    .select(['id', 'number', 'status', 'version'])
    .where('id', '=', batchId)
    .executeTakeFirst();
  if (!batch) throw new Failure('not_found', 'There is no such batch.');
  if (batch.status === 'open') throw new Failure('refused', `Batch ${batch.number} is open: balance it first.`);
  return batch;
}

const waitingOf = ({ db }: CommandContext, batchId: number) =>
  db.selectFrom('ledger_transaction').where('batch_id', '=', batchId).where('status', '=', 'unposted');

/** The parts of the last payment that a step would leave: what follows a payment is decided of it as a whole. */
async function restOf(
  ctx: CommandContext,
  batchId: number,
  last: { readonly id: number; readonly paymentId: number | null } | undefined,
): Promise<number[]> {
  if (!last || last.paymentId === null) return [];
  const rows = await waitingOf(ctx, batchId)
    .select('id')
    .where('id', '>', last.id)
    .where('payment_id', '=', last.paymentId)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

async function unpostedOf(ctx: CommandContext, batchId: number): Promise<number> {
  const row = await waitingOf(ctx, batchId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** `posting` holds entry back between the steps; the last step closes the batch for good. */
async function moveOn(ctx: CommandContext, batch: Batch, remaining: number): Promise<void> {
  const status = remaining > 0 ? 'posting' : 'posted';
  if (status === batch.status) return;
  const done = { posted_on: ctx.today, posted_at: ctx.now, posted_by: ctx.actor.username };
  await ctx.db
    .updateTable('batch')
    .set({ status, version: batch.version + 1, ...(status === 'posted' ? done : {}) })
    .where('id', '=', batch.id)
    .execute();
  ctx.audit({ entity: 'Batch', entityId: batch.id, changes: { status: [batch.status, status] } });
}

/**
 * Posts a whole batch step by step. Cancelled or killed it stays `posting`: called again it goes on.
 * @param call the caller's way to run operations
 */
export async function postWholeBatch(call: Call, batchId: number, options: CallOptions = {}): Promise<PostingState> {
  let posted = 0;
  for (;;) {
    options.signal?.throwIfAborted();
    const state = await call(postBatchStep, { batchId, most: STEP }, options);
    posted += state.posted;
    options.progress?.('posted', posted, posted + state.remaining);
    if (state.remaining === 0) return { ...state, posted };
    // Keys and the screen get their turn: on SQLite nothing else of a step waits for anything.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
