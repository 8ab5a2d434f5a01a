import type { BatchKind } from '#db/entities/payment.ts';
import { Failure } from '../failure.ts';
import type { CommandContext } from '../operation.ts';

type Ctx = Pick<CommandContext, 'db' | 'newId' | 'now' | 'today' | 'actor' | 'nextNumber'>;

/** Batch numbers as people read them out: B000123. */
const batchNumber = (n: number): string => `B${String(n).padStart(6, '0')}`;

/** What a new batch is given besides its number. */
export interface NewBatch {
  readonly kind: BatchKind;
  readonly description?: string | null;
  readonly controlCents?: number | null;
  readonly controlCount?: number | null;
  readonly drawerId?: number | null;
  readonly automatic?: 0 | 1;
}

/** Opens a batch; answers its id and number. */
export async function createBatch(ctx: Ctx, batch: NewBatch): Promise<{ id: number; number: string }> {
  const id = ctx.newId();
  const number = batchNumber(await ctx.nextNumber('batch'));
  await ctx.db
    .insertInto('batch')
    .values({
      id,
      number,
      kind: batch.kind,
      status: 'open',
      description: batch.description ?? null,
      opened_on: ctx.today,
      control_cents: batch.controlCents ?? null,
      control_count: batch.controlCount ?? null,
      drawer_id: batch.drawerId ?? null,
      automatic: batch.automatic ?? 0,
      created_at: ctx.now,
      created_by: ctx.actor.username,
      version: 1,
    })
    .execute();
  return { id, number };
}

/**
 * The batch that something is entered into: the one named, or the user's own of the day and kind,
 * which is opened at the first entry.
 * @throws Failure `not_found`; `refused` when it takes no more
 */
export async function batchFor(ctx: Ctx, kind: BatchKind, batchId?: number): Promise<number> {
  if (batchId !== undefined) {
    await assertOpenBatch(ctx, batchId, kind);
    return batchId;
  }
  return (await ownBatch(ctx, kind)) ?? (await createBatch(ctx, { kind, automatic: 1 })).id;
}

/** The user's own open batch of the day and kind; null before the first entry. */
export async function ownBatch(
  { db, today, actor }: Pick<Ctx, 'db' | 'today' | 'actor'>,
  kind: BatchKind,
): Promise<number | null> {
  const own = await db
    .selectFrom('batch')
    .select('id')
    .where('status', '=', 'open')
    .where('kind', '=', kind)
    .where('opened_on', '=', today)
    .where('automatic', '=', 1)
    .where('created_by', '=', actor.username)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return own?.id ?? null;
}

const STATES = { balanced: 'balanced and takes no more', posting: 'being posted', posted: 'posted' } as const;

/** @throws Failure `not_found`; `refused` when the batch is of another kind or not open */
export async function assertOpenBatch({ db }: Pick<Ctx, 'db'>, batchId: number, kind?: BatchKind): Promise<void> {
  const batch = await db
    .selectFrom('batch')
    .select(['number', 'kind', 'status'])
    .where('id', '=', batchId)
    .executeTakeFirst();
  if (!batch) throw new Failure('not_found', 'There is no such batch.');
  if (batch.status !== 'open') {
    throw new Failure('refused', `Batch ${batch.number} is ${STATES[batch.status]}.`, {
      batchId: `It is ${STATES[batch.status]}.`,
    });
  }
  if (kind !== undefined && batch.kind !== kind) {
    throw new Failure('refused', `Batch ${batch.number} is for ${batch.kind}.`, {
      batchId: `It is for ${batch.kind}.`,
    });
  }
}
