import { z } from 'zod';
import { BATCH_KINDS_LIST } from './kinds.ts';
import type { Schema } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { Failure } from '../failure.ts';
import { query, type QueryContext } from '../operation.ts';
import { seesAll, visible } from '../sight.ts';
import { shortText } from '#domain/typed-text.ts';
import { batchTotals, type BatchTotals, NOTHING } from './totals.ts';

/** A batch with what it holds. */
export interface BatchRow extends BatchTotals {
  readonly id: number;
  readonly number: string;
  readonly kind: Schema['batch']['kind'];
  readonly status: Schema['batch']['status'];
  readonly description: string | null;
  readonly openedOn: CivilDate;
  readonly controlCents: number | null;
  readonly controlCount: number | null;
  readonly drawerId: number | null;
  readonly automatic: 0 | 1;
  readonly createdBy: string;
  readonly postedOn: CivilDate | null;
  readonly postedBy: string | null;
  readonly version: number;
}

const columns = [
  'id',
  'number',
  'kind',
  'status',
  'description',
  'opened_on as openedOn',
  'control_cents as controlCents',
  'control_count as controlCount',
  'drawer_id as drawerId',
  'automatic',
  'created_by as createdBy',
  'posted_on as postedOn',
  'posted_by as postedBy',
  'version',
] as const;

export const listBatches = query({
  name: 'batch.list',
  summary: 'Batches, the newest first, with count and sum of what they hold',
  permission: 'history.read',
  input: z.object({
    status: z.enum(['unposted', 'open', 'balanced', 'posting', 'posted', 'all']).default('unposted'),
    kind: z.enum(BATCH_KINDS_LIST).optional(),
    mine: z.boolean().default(false),
    /** Rows older than this batch. */
    before: z.number().int().positive().optional(),
    limit: z.number().int().min(1).max(500).default(100),
  }),
  run: async ({ db, actor }, { status, kind, mine, before, limit }): Promise<BatchRow[]> => {
    const rows = await db
      .selectFrom('batch')
      .select(columns)
      .$if(status === 'unposted', (q) => q.where('status', '<>', 'posted'))
      .$if(status !== 'unposted' && status !== 'all', (q) => q.where('status', '=', status as 'open'))
      .$if(kind !== undefined, (q) => q.where('kind', '=', kind!))
      .$if(mine, (q) => q.where('created_by', '=', actor.username))
      .$if(before !== undefined, (q) => q.where('id', '<', before!))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    const totals = await batchTotals(
      db,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => ({ ...row, ...(totals.get(row.id) ?? NOTHING) }) as BatchRow);
  },
});

/** A transaction of a batch. */
export interface BatchItem {
  readonly transactionId: number;
  readonly paymentId: number | null;
  readonly accountId: number;
  readonly accountNumber: string;
  readonly customerName: string;
  readonly kind: string;
  readonly status: 'unposted' | 'posted';
  readonly number: string | null;
  readonly effectiveOn: CivilDate;
  readonly method: string | null;
  readonly methodName: string | null;
  readonly reference: string | null;
  /** By its effect on the debt: what was paid is below zero. */
  readonly amountCents: number;
  readonly createdBy: string;
  readonly createdAt: number;
}

/** A batch and a page of what it holds, as it was entered. */
export interface BatchRecord {
  readonly batch: BatchRow;
  readonly items: readonly BatchItem[];
  /** Transactions of customers who may not be seen are counted in the sums and not listed. */
  readonly hidden: number;
  /** Ask for items after this one; null at the end. */
  readonly next: number | null;
}

export const getBatch = query({
  name: 'batch.get',
  summary: 'A batch with its transactions (edit list)',
  permission: 'history.read',
  input: z.object({
    batchId: z.number().int().positive().optional(),
    /** Its number, where nobody knows its id. */
    number: shortText(20).optional(),
    after: z.number().int().min(0).default(0),
    limit: z.number().int().min(1).max(1000).default(200),
  }),
  run: async (ctx, { batchId: id, number, after, limit }): Promise<BatchRecord> => {
    const batch = await ctx.db
      .selectFrom('batch')
      .select(columns)
      .where((eb) => (id === undefined ? eb('number', '=', number ?? '') : eb('id', '=', id)))
      .executeTakeFirst();
    if (!batch) throw new Failure('not_found', 'There is no such batch.');
    const batchId = batch.id;
    const totals = (await batchTotals(ctx.db, [batchId])).get(batchId) ?? NOTHING;
    const items = await itemsOf(ctx, batchId, { after, limit: limit + 1 });
    return {
      batch: { ...batch, ...totals } as BatchRow,
      items: items.slice(0, limit),
      hidden: await hiddenOf(ctx, batchId),
      next: items.length > limit ? items[limit - 1]!.transactionId : null,
    };
  },
});

function itemsOf({ db, sight }: QueryContext, batchId: number, page: { after: number; limit: number }) {
  return db
    .selectFrom('ledger_transaction as t')
    .innerJoin('account as a', 'a.id', 't.account_id')
    .innerJoin('customer as c', 'c.id', 't.customer_id')
    .leftJoin('code_value as m', (on) => on.on('m.table_name', '=', 'payment_method').onRef('m.code', '=', 't.method'))
    .select([
      't.id as transactionId',
      't.payment_id as paymentId',
      't.account_id as accountId',
      'a.number as accountNumber',
      'c.display_name as customerName',
      't.kind',
      't.status',
      't.number',
      't.effective_on as effectiveOn',
      't.method',
      'm.name as methodName',
      't.reference',
      't.amount_cents as amountCents',
      't.created_by as createdBy',
      't.created_at as createdAt',
    ])
    .where('t.batch_id', '=', batchId)
    .where('t.id', '>', page.after)
    .$if(!seesAll(sight), (q) =>
      q.where((eb) => visible(sight, { public: eb.ref('c.public'), group: eb.ref('c.customer_group') })),
    )
    .orderBy('t.id')
    .limit(page.limit)
    .execute();
}

async function hiddenOf({ db, sight }: QueryContext, batchId: number): Promise<number> {
  if (seesAll(sight)) return 0;
  const row = await db
    .selectFrom('ledger_transaction as t')
    .innerJoin('customer as c', 'c.id', 't.customer_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('t.batch_id', '=', batchId)
    .where((eb) => eb.not(visible(sight, { public: eb.ref('c.public'), group: eb.ref('c.customer_group') })))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
