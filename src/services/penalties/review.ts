import { z } from 'zod';
import { idList } from '#db/bulk-add.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { reasonInWords } from '#domain/penalty.ts';
import { Failure } from '../failure.ts';
import { query, type QueryContext } from '../operation.ts';
import { visible } from '../sight.ts';
import { type RunFilters } from './late-items.ts';

const id = z.int().positive();

/** Counts and sums of a run. */
export interface RunTotals {
  readonly charged: number;
  readonly exempt: number;
  readonly excluded: number;
  readonly posted: number;
  readonly baseCents: Cents;
  readonly penaltyCents: Cents;
}

export interface PenaltyRunRow extends RunTotals {
  readonly id: number;
  readonly number: string;
  readonly code: string;
  readonly runOn: CivilDate;
  readonly filters: RunFilters;
  readonly status: 'calculated' | 'posting' | 'posted' | 'cancelled';
  readonly batch: string | null;
  readonly createdBy: string;
  readonly version: number;
}

async function runRows({ db }: Pick<QueryContext, 'db'>, runId: number | undefined, limit: number) {
  const rows = await db
    .selectFrom('penalty_run as r')
    .leftJoin('batch as b', 'b.id', 'r.batch_id')
    .select(['r.id', 'r.number', 'r.code', 'r.run_on as runOn', 'r.filters', 'r.status', 'b.number as batch'])
    .select(['r.created_by as createdBy', 'r.version'])
    .$if(runId !== undefined, (q) => q.where('r.id', '=', runId!))
    .orderBy('r.id', 'desc')
    .limit(limit)
    .execute();
  const sums = await db
    .selectFrom('penalty_candidate')
    .select(['run_id as runId', 'status'])
    .select((eb) => [
      eb.fn.countAll<number>().as('n'),
      eb.fn.count<number>('transaction_id').as('posted'),
      eb.fn.sum<number>('base_cents').as('base'),
      eb.fn.sum<number>('penalty_cents').as('penalty'),
    ])
    .where(
      'run_id',
      'in',
      idList(
        db,
        rows.map((row) => row.id),
      ),
    )
    .groupBy(['run_id', 'status'])
    .execute();
  return rows.map(({ filters, status, ...row }): PenaltyRunRow => {
    const of = (wanted: string) => sums.find((sum) => sum.runId === row.id && sum.status === wanted);
    const charged = of('charge');
    return {
      ...row,
      filters: JSON.parse(filters) as RunFilters,
      status: status === 'calculated' && row.batch !== null ? 'posting' : status,
      charged: Number(charged?.n ?? 0),
      exempt: Number(of('exempt')?.n ?? 0),
      excluded: Number(of('excluded')?.n ?? 0),
      posted: Number(charged?.posted ?? 0),
      baseCents: Number(charged?.base ?? 0),
      penaltyCents: Number(charged?.penalty ?? 0),
    };
  });
}

export const listPenaltyRuns = query({
  name: 'penalty.runs',
  summary: 'Penalty runs, the newest first, with counts and sums',
  permission: 'penalties.run',
  input: z.object({ limit: z.int().min(1).max(200, 'At most 200').optional() }),
  run: (ctx, { limit = 50 }) => runRows(ctx, undefined, limit),
});

/** An account of a run. */
export interface PenaltyCandidateRow {
  readonly id: number;
  readonly accountId: number;
  readonly account: string;
  readonly customer: string;
  readonly address: string;
  readonly debts: number;
  readonly baseCents: Cents;
  readonly penaltyCents: Cents;
  readonly status: 'charge' | 'exempt' | 'excluded';
  readonly reason: string | null;
  readonly posted: boolean;
  readonly version: number;
}

export interface PenaltyReview {
  readonly run: PenaltyRunRow;
  readonly rows: readonly PenaltyCandidateRow[];
  /** Ask for rows after this one; null at the end. */
  readonly next: number | null;
}

const PAGE = 500;

export const listPenalties = query({
  name: 'penalty.list',
  summary: 'The review list of a penalty run: who is charged how much, who is not and why',
  permission: 'penalties.run',
  input: z.object({
    runId: id,
    status: z.enum(['charge', 'exempt', 'excluded'], 'Choose charge, exempt or excluded').nullish(),
    after: z.int().nonnegative().optional(),
    limit: z.int().min(1).max(2000, 'At most 2,000').optional(),
  }),
  run: async (ctx, { runId, status, after = 0, limit = PAGE }): Promise<PenaltyReview> => {
    const { db, sight } = ctx;
    const [run] = await runRows(ctx, runId, 1);
    if (!run) throw new Failure('not_found', 'There is no such penalty run.');
    const rows = await db
      .selectFrom('penalty_candidate as p')
      .innerJoin('account as a', 'a.id', 'p.account_id')
      .innerJoin('customer as c', 'c.id', 'p.customer_id')
      .innerJoin('location as o', 'o.id', 'a.location_id')
      .select(['p.id', 'p.account_id as accountId', 'a.number as account', 'c.display_name as customer'])
      .select(['o.line1 as address', 'p.base_cents as baseCents', 'p.penalty_cents as penaltyCents', 'p.status'])
      .select(['p.reason', 'p.transaction_id as transactionId', 'p.version'])
      .select((eb) =>
        eb
          .selectFrom('penalty_item as i')
          .select((s) => s.fn.countAll<number>().as('n'))
          .whereRef('i.candidate_id', '=', 'p.id')
          .as('debts'),
      )
      .where('p.run_id', '=', runId)
      .where('p.id', '>', after)
      .$if(!!status, (q) => q.where('p.status', '=', status!))
      .where((eb) => visible(sight, { public: eb.ref('c.public'), group: eb.ref('c.customer_group') }))
      .orderBy('p.id')
      .limit(limit + 1)
      .execute();
    const shown = rows.slice(0, limit).map(({ transactionId, debts, ...row }): PenaltyCandidateRow => ({
      ...row,
      debts: Number(debts),
      posted: transactionId !== null,
      reason: row.reason !== null && row.status === 'exempt' ? reasonInWords(row.reason) : row.reason,
    }));
    return { run, rows: shown, next: rows.length > limit ? shown.at(-1)!.id : null };
  },
});

/** A debt that a penalty is calculated on. */
export interface PenalisedDebt {
  readonly lineId: number;
  readonly transactionId: number;
  readonly number: string | null;
  readonly kind: string;
  readonly service: string | null;
  readonly description: string | null;
  readonly dueOn: CivilDate | null;
  /** Open when it was calculated, and now. */
  readonly openCents: Cents;
  readonly nowCents: Cents;
}

export const penaltyItems = query({
  name: 'penalty.items',
  summary: 'The debts that an account of a penalty run is charged for',
  permission: 'penalties.run',
  input: z.object({ candidateId: id }),
  run: ({ db, sight }, { candidateId }): Promise<PenalisedDebt[]> =>
    db
      .selectFrom('penalty_item as i')
      .innerJoin('ledger_line as l', 'l.id', 'i.debit_line_id')
      .innerJoin('ledger_transaction as t', 't.id', 'l.transaction_id')
      .innerJoin('customer as c', 'c.id', 'i.customer_id')
      .leftJoin('service_type as s', 's.id', 'l.service_type_id')
      .select(['l.id as lineId', 't.id as transactionId', 't.number', 't.kind', 's.name as service', 'l.description'])
      .select(['l.due_on as dueOn', 'i.open_cents as openCents', 'l.open_cents as nowCents'])
      .where('i.candidate_id', '=', candidateId)
      .where((eb) => visible(sight, { public: eb.ref('c.public'), group: eb.ref('c.customer_group') }))
      .orderBy('l.due_on')
      .orderBy('l.id')
      .execute(),
});
