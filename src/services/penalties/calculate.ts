import { z } from 'zod';
import { insertRows } from '#db/bulk.ts';
import type { Db } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { exemptionText, judge, type Judged, type PenaltyFacts } from '#domain/penalty.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext, type Preparation } from '../operation.ts';
import { shortText, typedText } from '#domain/typed-text.ts';
import { penaltyFacts } from './facts.ts';
import { lateItems, type RunFilters } from './late-items.ts';
import { assertSeesEverybody, runNamed, runToChange, storedRuns, type StoredRun } from './run.ts';
import { penaltyCode } from './terms.ts';
import { assertPaymentsPosted } from './unposted.ts';

/** An account of a run before it is written. */
interface Candidate extends Judged {
  readonly accountId: number;
  readonly customerId: number;
}

/** What was calculated before the transaction. */
interface Calculated {
  readonly candidates: readonly Candidate[];
  readonly code: string;
  readonly runOn: CivilDate;
  readonly filters: RunFilters;
}

const codeList = z.array(shortText(40).min(1)).max(200, 'At most 200').optional();

const input = z.object({
  /** A run to be calculated anew, with its own code and filters. */
  runId: z.int().positive().optional(),
  code: shortText(40).optional(),
  runOn: z.iso.date('Enter a date as YYYY-MM-DD').max(10),
  cycles: codeList,
  routes: codeList,
  classes: codeList,
  /** Why it is calculated although balanced batches hold payments. */
  overrideReason: typedText(200).nullish(),
});
type Input = z.output<typeof input>;

const noFacts: PenaltyFacts = {
  graceOn: null,
  condition: null,
  disputed: null,
  arranged: false,
  bankrupt: false,
  holdUntil: null,
  badDebt: false,
  government: false,
  revenueClass: null,
};

/** Accounts whose facts are read in one go. */
const PIECE = 10_000;

/** Judges everybody who is late; reads only, so that nobody waits for it. */
async function calculate(asked: Input, { db, signal, progress }: Preparation): Promise<Calculated> {
  const old = asked.runId === undefined ? null : await runNamed(db, asked.runId);
  const filters: RunFilters = old
    ? (JSON.parse(old.filters) as RunFilters)
    : { cycles: asked.cycles ?? [], routes: asked.routes ?? [], classes: asked.classes ?? [] };
  const { code, terms } = await penaltyCode(db, old?.code ?? asked.code ?? '');
  await assertKnown(db, filters);
  const { runOn } = asked;
  const candidates: Candidate[] = [];
  for await (const page of lateItems(db, { terms, filters, runOn })) {
    const accounts = [...Map.groupBy(page, ({ accountId }) => accountId)];
    for (let from = 0; from < accounts.length; from += PIECE) {
      signal?.throwIfAborted();
      const piece = accounts.slice(from, from + PIECE);
      const ids = piece.map(([id]) => id);
      const facts = await penaltyFacts(db, ids, runOn);
      for (const [accountId, items] of piece) {
        const judged = judge(terms, facts.get(accountId) ?? noFacts, items, runOn);
        candidates.push({ ...judged, accountId, customerId: items[0]!.customerId });
      }
      progress('accounts judged', candidates.length, null);
    }
  }
  return { candidates, code, runOn, filters };
}

/** A mistyped code would make an empty run that looks like good news. @throws Failure `invalid` */
async function assertKnown(db: Db, filters: RunFilters): Promise<void> {
  const tables = { cycles: 'cycle', routes: 'route', classes: 'revenue_class' } as const;
  for (const [name, table] of Object.entries(tables) as [keyof RunFilters, 'cycle'][]) {
    const wanted = filters[name];
    if (wanted.length === 0) continue;
    const rows = await db
      .selectFrom(table)
      .select('code')
      .where('code', 'in', [...wanted])
      .execute();
    const known = new Set(rows.map(({ code }) => code));
    const wrong = wanted.find((code) => !known.has(code));
    if (wrong === undefined) continue;
    const message = `There is no ${table.replace('_', ' ')} ${wrong}.`;
    throw new Failure('invalid', message, { [name]: message });
  }
}

export interface CalculatedRun {
  readonly runId: number;
  readonly number: string;
  readonly version: number;
  readonly charged: number;
  readonly exempt: number;
  readonly baseCents: Cents;
  readonly penaltyCents: Cents;
}

/** The run that this one replaces: the one named, or an unposted one of the same code and filters. */
async function replaced(ctx: CommandContext, asked: Input, { code, filters }: Calculated): Promise<StoredRun | null> {
  if (asked.runId !== undefined) return runToChange(ctx, asked.runId);
  const same = await storedRuns(ctx.db)
    .where('r.status', '=', 'calculated')
    .where('r.code', '=', code)
    .where('r.filters', '=', JSON.stringify(filters))
    .where('r.batch_id', 'is', null)
    .orderBy('r.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return same ?? null;
}

/** Takes away what a run had calculated. */
export async function emptyRun({ db }: Pick<CommandContext, 'db'>, runId: number): Promise<void> {
  const candidates = db.selectFrom('penalty_candidate').select('id').where('run_id', '=', runId);
  await db.deleteFrom('penalty_item').where('candidate_id', 'in', candidates).execute();
  await db.deleteFrom('penalty_candidate').where('run_id', '=', runId).execute();
}

/** Rows written in one go. */
const WRITTEN = 20_000;

async function writeCandidates(ctx: CommandContext, runId: number, candidates: readonly Candidate[]): Promise<void> {
  for (let from = 0; from < candidates.length; from += WRITTEN) {
    const some = candidates.slice(from, from + WRITTEN).map((one) => ({ ...one, id: ctx.newId() }));
    await insertRows(
      ctx.db,
      'penalty_candidate',
      some.map((one) => ({
        id: one.id,
        run_id: runId,
        account_id: one.accountId,
        customer_id: one.customerId,
        base_cents: one.baseCents,
        penalty_cents: one.penaltyCents,
        status: one.exemption === null ? 'charge' : 'exempt',
        reason: one.exemption === null ? null : exemptionText(one.exemption, one.because),
        transaction_id: null,
        version: 1,
      })),
    );
    await insertRows(
      ctx.db,
      'penalty_item',
      some.flatMap((one) =>
        one.items.map(({ lineId, openCents }) => ({
          id: ctx.newId(),
          candidate_id: one.id,
          customer_id: one.customerId,
          debit_line_id: lineId,
          open_cents: openCents,
        })),
      ),
    );
    ctx.progress('accounts written', Math.min(from + WRITTEN, candidates.length), candidates.length);
  }
}

async function writeRun(ctx: CommandContext, old: StoredRun | null, calculated: Calculated): Promise<StoredRun> {
  const { code, runOn, filters } = calculated;
  if (old) {
    await emptyRun(ctx, old.id);
    await ctx.db
      .updateTable('penalty_run')
      .set({ run_on: runOn, created_at: ctx.now, created_by: ctx.actor.username, version: old.version + 1 })
      .where('id', '=', old.id)
      .execute();
    return { ...old, runOn, version: old.version + 1 };
  }
  const number = `P${String(await ctx.nextNumber('penalty_run')).padStart(6, '0')}`;
  const run = { id: ctx.newId(), number, code, filters: JSON.stringify(filters), status: 'calculated' } as const;
  await ctx.db
    .insertInto('penalty_run')
    .values({ ...run, run_on: runOn, created_at: ctx.now, created_by: ctx.actor.username, version: 1 })
    .execute();
  return { ...run, runOn, batchId: null, version: 1 };
}

export const calculatePenalties = command<Input, CalculatedRun, Calculated>({
  name: 'penalty.calculate',
  summary: 'Calculate penalties on what is late, for review; an unposted run of the same kind is replaced',
  permission: 'penalties.run',
  input,
  prepare: calculate,
  run: async (ctx, asked, calculated): Promise<CalculatedRun> => {
    assertSeesEverybody(ctx);
    if (asked.runOn > ctx.today) {
      throw new Failure('invalid', 'A run cannot be ahead of its day.', { runOn: 'In the future.' });
    }
    const old = await replaced(ctx, asked, calculated);
    const run = await writeRun(ctx, old, calculated);
    await writeCandidates(ctx, run.id, calculated.candidates);
    const override = asked.overrideReason;
    await assertPaymentsPosted(ctx.db, { runId: run.id, runOn: run.runOn, override });
    const charged = calculated.candidates.filter(({ exemption }) => exemption === null);
    const sum = (of: 'baseCents' | 'penaltyCents'): Cents => charged.reduce((total, one) => total + one[of], 0);
    const penaltyCents = sum('penaltyCents');
    ctx.audit({
      entity: 'PenaltyRun',
      entityId: run.id,
      changes: { run: [null, run.number], accounts: [null, charged.length], penaltyCents: [null, penaltyCents] },
      ...(override ? { reason: override } : {}),
    });
    const { number, version } = run;
    const exempt = calculated.candidates.length - charged.length;
    return {
      runId: run.id,
      number,
      version,
      charged: charged.length,
      exempt,
      baseCents: sum('baseCents'),
      penaltyCents,
    };
  },
});
