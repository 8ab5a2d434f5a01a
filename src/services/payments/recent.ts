import { z } from 'zod';
import { idList } from '#db/bulk-add.ts';
import type { Schema } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { lowestIdAt } from '#domain/ids.ts';
import type { Cents } from '#domain/money.ts';
import { ownBatch } from '../batches/find.ts';
import { batchTotals, NOTHING } from '../batches/totals.ts';
import { Failure } from '../failure.ts';
import { query, type QueryContext } from '../operation.ts';
import { visible } from '../sight.ts';
import { paymentMethods } from './methods.ts';

/** A payment as the list below the entry shows it. */
export interface RecentPayment {
  readonly paymentId: number;
  readonly version: number;
  readonly receipt: string;
  readonly paidOn: CivilDate;
  readonly createdAt: number;
  readonly totalCents: Cents;
  /** Of the source. */
  readonly accountNumber: string;
  readonly name: string;
  /** Accounts that it is for. */
  readonly accounts: number;
  /** Names, in the order entered. */
  readonly methods: readonly string[];
  readonly posted: boolean;
}

/** The payments taken last, and how many and how much of them there are so far. */
export interface RecentPayments {
  /** Where the next payment goes; null before the day's first, and where payments count at once. */
  readonly batch: { readonly id: number; readonly number: string; readonly status: Schema['batch']['status'] } | null;
  readonly count: number;
  readonly cents: Cents;
  /** The last first. */
  readonly payments: readonly RecentPayment[];
}

/** A day of work: without a batch only these are looked through. */
const SHIFT_MS = 24 * 60 * 60 * 1000;

export const recentPayments = query({
  name: 'payment.recent',
  summary: 'The payments taken last in a batch, or by oneself today, with count and sum',
  permission: 'payments.enter',
  input: z.object({
    /** Left out: the user's own batch of the day. */
    batchId: z.number().int().positive().optional(),
    limit: z.number().int().min(1).max(100).default(10),
  }),
  run: async (ctx, { batchId, limit }): Promise<RecentPayments> => {
    const id = batchId ?? (await ownBatch(ctx, 'payments'));
    if (id === null) return { batch: null, ...(await sumToday(ctx)), payments: await paymentsOf(ctx, null, limit) };
    const batch = await ctx.db
      .selectFrom('batch')
      .select(['id', 'number', 'status'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!batch) throw new Failure('not_found', 'There is no such batch.');
    const { count, cents } = (await batchTotals(ctx.db, [id])).get(id) ?? NOTHING;
    return { batch, count, cents, payments: await paymentsOf(ctx, id, limit) };
  },
});

/** Taken by oneself lately without a batch: they count at once. */
const alone = ({ db, actor, now }: QueryContext) =>
  db
    .selectFrom('payment as p')
    .where('p.id', '>=', lowestIdAt(now - SHIFT_MS))
    .where('p.batch_id', 'is', null)
    .where('p.created_by', '=', actor.username);

async function sumToday(ctx: QueryContext): Promise<{ count: number; cents: Cents }> {
  const row = await alone(ctx)
    .where('p.paid_on', '=', ctx.today)
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.sum<number>('p.total_cents').as('cents')])
    .executeTakeFirstOrThrow();
  return { count: Number(row.count), cents: Number(row.cents ?? 0) };
}

async function paymentsOf(ctx: QueryContext, batchId: number | null, limit: number): Promise<RecentPayment[]> {
  const { db, sight } = ctx;
  const rows = await (batchId === null ? alone(ctx) : db.selectFrom('payment as p').where('p.batch_id', '=', batchId))
    .innerJoin('account as a', 'a.id', 'p.source_account_id')
    .innerJoin('customer as c', 'c.id', 'a.customer_id')
    .select([
      'p.id as paymentId',
      'p.version',
      'p.number as receipt',
      'p.paid_on as paidOn',
      'p.created_at as createdAt',
      'p.total_cents as totalCents',
      'a.number as accountNumber',
      'c.display_name as name',
    ])
    .where((eb) => visible(sight, { public: eb.ref('c.public'), group: eb.ref('c.customer_group') }))
    .orderBy('p.id', 'desc')
    .limit(limit)
    .execute();
  const ids = rows.map(({ paymentId }) => paymentId);
  const parts = await partsOf(ctx, ids);
  const names = new Map((await paymentMethods(db)).map(({ code, name }) => [code, name]));
  const tenders = await db
    .selectFrom('tender')
    .select(['payment_id as paymentId', 'method'])
    .where('payment_id', 'in', idList(db, ids))
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    ...row,
    accounts: parts.get(row.paymentId)?.accounts ?? 1,
    posted: (parts.get(row.paymentId)?.posted ?? 0) > 0,
    methods: tenders
      .filter(({ paymentId }) => paymentId === row.paymentId)
      .map(({ method }) => names.get(method) ?? method),
  }));
}

async function partsOf({ db }: QueryContext, ids: readonly number[]) {
  const rows = await db
    .selectFrom('ledger_transaction')
    .select('payment_id as paymentId')
    .select((eb) => [
      eb.fn.count<number>('account_id').distinct().as('accounts'),
      eb.fn.sum<number>(eb.case().when('status', '=', 'posted').then(1).else(0).end()).as('posted'),
    ])
    .where('payment_id', 'in', idList(db, ids))
    .groupBy('payment_id')
    .execute();
  return new Map(rows.map((row) => [row.paymentId!, { accounts: Number(row.accounts), posted: Number(row.posted) }]));
}
