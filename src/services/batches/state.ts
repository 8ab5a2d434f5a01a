import { z } from 'zod';
import { formatCents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext } from '../operation.ts';
import { MOST_CENTS } from '../payments/input.ts';
import { typedText } from '#domain/typed-text.ts';
import { createBatch } from './find.ts';
import { BATCH_KINDS_LIST } from './kinds.ts';
import { batchTotals, type BatchTotals, NOTHING } from './totals.ts';

const control = {
  description: typedText(120).nullable().default(null),
  controlCents: z.number().int().min(0).max(MOST_CENTS).nullable().default(null),
  controlCount: z.number().int().min(0).max(1_000_000).nullable().default(null),
};
const which = { batchId: z.number().int().positive(), version: z.number().int().positive() };

/** What a command on a batch answers with. */
export interface BatchReceipt {
  readonly batchId: number;
  readonly number: string;
  readonly status: 'open' | 'balanced' | 'posting' | 'posted';
  readonly version: number;
}

export const openBatch = command({
  name: 'batch.open',
  summary: 'Open a batch, with the control total and count of the tape where there is one',
  permission: 'batches.manage',
  input: z.object({ kind: z.enum(BATCH_KINDS_LIST).default('payments'), ...control }),
  run: async (ctx, facts): Promise<BatchReceipt> => {
    const { id, number } = await createBatch(ctx, facts);
    ctx.audit({
      entity: 'Batch',
      entityId: id,
      changes: {
        number: [null, number],
        kind: [null, facts.kind],
        controlCents: [null, facts.controlCents],
        controlCount: [null, facts.controlCount],
      },
    });
    return { batchId: id, number, status: 'open', version: 1 };
  },
});

type Stored = Awaited<ReturnType<typeof stored>>;

/** @throws Failure `not_found`, `conflict` */
async function stored({ db }: CommandContext, batchId: number, version: number) {
  const batch = await db.selectFrom('batch').selectAll().where('id', '=', batchId).executeTakeFirst();
  if (!batch) throw new Failure('not_found', 'There is no such batch.');
  if (batch.version !== version) {
    throw new Failure('conflict', `Somebody has changed batch ${batch.number} meanwhile. Nothing was saved.`);
  }
  return batch;
}

const expect = (batch: Stored, status: Stored['status'], what: string): void => {
  if (batch.status !== status) throw new Failure('refused', `Batch ${batch.number} is ${batch.status}: ${what}`);
};

async function change(ctx: CommandContext, batch: Stored, to: Partial<Stored>): Promise<BatchReceipt> {
  const version = batch.version + 1;
  await ctx.db
    .updateTable('batch')
    .set({ ...to, version })
    .where('id', '=', batch.id)
    .execute();
  const fields = Object.entries(to).filter(([field, value]) => batch[field as keyof Stored] !== value);
  ctx.audit({
    entity: 'Batch',
    entityId: batch.id,
    changes: Object.fromEntries(fields.map(([field, value]) => [field, [batch[field as keyof Stored], value]])),
  });
  return { batchId: batch.id, number: batch.number, status: to.status ?? batch.status, version };
}

export const editBatch = command({
  name: 'batch.edit',
  summary: 'Change description and control figures of an open batch',
  permission: 'batches.manage',
  input: z.object({ ...which, ...control }),
  run: async (ctx, { batchId, version, description, controlCents, controlCount }): Promise<BatchReceipt> => {
    const batch = await stored(ctx, batchId, version);
    expect(batch, 'open', 'reopen it first.');
    return change(ctx, batch, { description, control_cents: controlCents, control_count: controlCount });
  },
});

/** Why what was entered is not what the tape says; by field. */
export function differences(
  { count, cents }: BatchTotals,
  { controlCents, controlCount }: { readonly controlCents: number | null; readonly controlCount: number | null },
): Record<string, string> {
  const fields: Record<string, string> = {};
  if (controlCents !== null && controlCents !== cents) {
    const by = formatCents(Math.abs(controlCents - cents));
    fields.controlCents = `Entered ${formatCents(cents)} of ${formatCents(controlCents)}: ${by} too ${cents < controlCents ? 'little' : 'much'}.`;
  }
  if (controlCount !== null && controlCount !== count) {
    fields.controlCount = `Entered ${count} items of ${controlCount}.`;
  }
  return fields;
}

export const balanceBatch = command({
  name: 'batch.balance',
  summary: 'Close a batch for entry, once what was entered equals the control figures',
  permission: 'batches.manage',
  input: z.object(which),
  run: async (ctx, { batchId, version }): Promise<BatchReceipt> => {
    const batch = await stored(ctx, batchId, version);
    expect(batch, 'open', 'only an open one is balanced.');
    const totals = (await batchTotals(ctx.db, [batchId])).get(batchId) ?? NOTHING;
    if (totals.count === 0) throw new Failure('refused', `Batch ${batch.number} is empty.`);
    const fields = differences(totals, {
      controlCents: batch.control_cents ?? null,
      controlCount: batch.control_count ?? null,
    });
    const [first] = Object.values(fields);
    if (first) throw new Failure('refused', `Batch ${batch.number} does not balance. ${first}`, fields);
    return change(ctx, batch, { status: 'balanced' });
  },
});

export const reopenBatch = command({
  name: 'batch.reopen',
  summary: 'Open a balanced batch again for entry',
  permission: 'batches.manage',
  input: z.object(which),
  run: async (ctx, { batchId, version }): Promise<BatchReceipt> => {
    const batch = await stored(ctx, batchId, version);
    expect(batch, 'balanced', 'only a balanced one is reopened.');
    return change(ctx, batch, { status: 'open' });
  },
});

export const deleteBatch = command({
  name: 'batch.delete',
  summary: 'Delete an empty batch',
  permission: 'batches.manage',
  input: z.object(which),
  run: async (ctx, { batchId, version }): Promise<{ number: string }> => {
    const batch = await stored(ctx, batchId, version);
    const totals = (await batchTotals(ctx.db, [batchId])).get(batchId) ?? NOTHING;
    if (totals.count > 0) throw new Failure('refused', `Batch ${batch.number} holds ${totals.count} items.`);
    expect(batch, 'open', 'it stays.');
    await ctx.db.deleteFrom('batch').where('id', '=', batchId).execute();
    ctx.audit({ entity: 'Batch', entityId: batchId, changes: { number: [batch.number, null] } });
    return { number: batch.number };
  },
});
