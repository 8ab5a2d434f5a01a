import { z } from 'zod';
import type { TransactionKind } from '#db/entities/ledger.ts';
import { type CoreMethod, coreMethod } from '#domain/payment-core.ts';
import { query, type QueryContext } from '../operation.ts';
import { isNewer, runningBalances, standing, type Standing } from './balance.ts';
import { amountOf, historyColumns, inView, olderThan, type Place } from './rows.ts';
import { ledger } from './ledger.ts';
import { checkQuestion, historyQuestion, type HistoryQuestion, questionSubject, type Scope, scopeOf } from './scope.ts';
import { shortText } from '#domain/typed-text.ts';

/** One line of a history. */
export interface HistoryRow {
  readonly id: number;
  readonly accountId: number;
  readonly accountNumber: string;
  readonly effectiveOn: string;
  readonly dueOn: string | null;
  readonly kind: TransactionKind;
  readonly status: 'unposted' | 'posted';
  readonly number: string | null;
  readonly method: string | null;
  readonly methodName: string | null;
  /** What the method is at the core, where that is known. */
  readonly core: CoreMethod | null;
  /** It was reversed or returned. */
  readonly takenBack: boolean;
  readonly reference: string | null;
  readonly memo: string | null;
  readonly statementId: number | null;
  readonly reversesId: number | null;
  /** Number of what it reverses or corrects. */
  readonly corrects: string | null;
  readonly createdBy: string;
  /** Codes of the services that its lines are for. */
  readonly services: readonly string[];
  /** What its lines say, where they all say the same. */
  readonly text: string | null;
  /** Effect on the debt: charges positive, payments negative. In the view of a service, that service's part. */
  readonly amountCents: number;
  /** Owed after it; null while it is not posted. */
  readonly balanceCents: number | null;
}

/** A page of a history, newest first. */
export interface HistoryPage {
  readonly rows: readonly HistoryRow[];
  /** Ask with it for what is older; null at the end. */
  readonly next: string | null;
  /** What is owed as of the day asked for; on the first page only, null on later ones. */
  readonly standing: Standing | null;
}

const CURSOR = /^(\d{4}-\d{2}-\d{2})_(\d+)_(-?\d+)$/;

const listInput = historyQuestion
  .extend({
    limit: z.number().int().min(1).max(2000).default(100),
    /** `next` of the page before. */
    cursor: shortText().regex(CURSOR, 'Not a place in a history.').optional(),
  })
  .superRefine(checkQuestion);

export const listHistory = query({
  name: 'history.list',
  summary: 'Ledger of an account, a customer or a location, newest first, with running balance',
  permission: 'history.read',
  input: listInput,
  subject: questionSubject,
  run: async (ctx, { cursor, limit, ...question }): Promise<HistoryPage> => {
    const scope = await scopeOf(ctx, question);
    const at = cursor === undefined ? null : readCursor(cursor);
    const now = at === null ? await standing(ctx, scope, question) : null;
    const found = await newest(ctx, scope, question, { after: at, count: limit + 1 });
    const rows = found.slice(0, limit);
    const start = at === null ? now!.balanceCents : at.balance;
    const balanced = await runningBalances(ctx, scope, question, { rows, start, after: at });
    const texts = await lineTexts(ctx, rows);
    const last = rows.at(-1);
    return {
      rows: balanced.rows.map((row) => ({ ...row, ...(texts.get(row.id) ?? { services: [], text: null }) })),
      next: found.length > limit && last ? `${last.effectiveOn}_${last.id}_${balanced.before}` : null,
      standing: now,
    };
  },
});

/** Accounts of one location that are read one by one. */
const FEW = 24;

/**
 * The newest rows after a place. Each of a few accounts is read along its own index and the
 * newest of all are taken: one statement over all of them would sort everything they have.
 */
async function newest(
  { db }: QueryContext,
  scope: Scope,
  question: HistoryQuestion,
  { after, count }: { readonly after: Place | null; readonly count: number },
) {
  const parts: Scope[] =
    'accountIds' in scope && scope.accountIds.length <= FEW
      ? scope.accountIds.map((accountId) => ({ accountIds: [accountId] }))
      : [scope];
  const pages = await Promise.all(
    parts.map((part) =>
      historyColumns(ledger(db, part, question.asOf), question)
        .where(inView(question))
        .$if(after !== null, (q) => q.where(olderThan(after!)))
        .orderBy('t.effective_on', 'desc')
        .orderBy('t.id', 'desc')
        .limit(count)
        .execute(),
    ),
  );
  const rows = pages.flat().map(({ methodAttributes, ...row }) => ({
    ...row,
    amountCents: Number(row.amountCents),
    core: coreMethod(row.method, methodAttributes),
    takenBack: Number(row.takenBack) === 1,
  }));
  return parts.length === 1 ? rows : rows.toSorted((a, b) => (isNewer(a, b) ? -1 : 1)).slice(0, count);
}

function readCursor(cursor: string): Place & { readonly balance: number } {
  const [, effectiveOn, id, balance] = CURSOR.exec(cursor)!;
  return { effectiveOn: effectiveOn!, id: Number(id), balance: Number(balance) };
}

interface LineTexts {
  readonly services: string[];
  readonly text: string | null;
}

async function lineTexts({ db }: QueryContext, rows: readonly { id: number }[]): Promise<Map<number, LineTexts>> {
  const texts = new Map<number, LineTexts>();
  if (rows.length === 0) return texts;
  const lines = await db
    .selectFrom('ledger_line as l')
    .leftJoin('service_type as s', 's.id', 'l.service_type_id')
    .select(['l.transaction_id as id', 'l.description', 's.code'])
    .where(
      'l.transaction_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('l.transaction_id')
    .orderBy('s.payoff_rank', (o) => o.asc().nullsLast())
    .orderBy('l.id')
    .execute();
  for (const { id, description, code } of lines) {
    const known = texts.get(id);
    const services = known?.services ?? [];
    if (code !== null && !services.includes(code)) services.push(code);
    texts.set(id, { services, text: known && known.text !== description ? null : description });
  }
  return texts;
}

/** What the rows of a view add up to; cents. */
export interface HistoryTotals {
  readonly count: number;
  readonly chargesCents: number;
  /** Payments and credits, as a positive number. */
  readonly creditsCents: number;
  readonly unpostedCount: number;
  readonly unpostedCents: number;
}

/** Apart from the list, because it reads every row of the view: asked for after the first page is shown. */
export const historyTotals = query({
  name: 'history.totals',
  summary: 'Count and sums of a view of a history',
  permission: 'history.read',
  input: historyQuestion.superRefine(checkQuestion),
  subject: questionSubject,
  run: async (ctx, question): Promise<HistoryTotals> => {
    const scope = await scopeOf(ctx, question);
    const rows = ledger(ctx.db, scope, question.asOf)
      .where(inView(question))
      .select('t.status')
      .select((eb) => amountOf(question)(eb).as('cents'));
    const groups = await ctx.db
      .selectFrom(rows.as('r'))
      .select((eb) => [
        'r.status',
        eb.fn.countAll<number>().as('count'),
        eb.fn.sum<number>(eb.case().when('r.cents', '>', 0).then(eb.ref('r.cents')).else(0).end()).as('charges'),
        eb.fn.sum<number>(eb.case().when('r.cents', '<', 0).then(eb.ref('r.cents')).else(0).end()).as('credits'),
      ])
      .groupBy('r.status')
      .execute();
    return totalsOf(groups);
  },
});

type Group = { status: string; count: number; charges: number | null; credits: number | null };

function totalsOf(groups: readonly Group[]): HistoryTotals {
  const posted = groups.find((group) => group.status === 'posted');
  const unposted = groups.find((group) => group.status === 'unposted');
  return {
    count: (posted?.count ?? 0) + (unposted?.count ?? 0),
    chargesCents: posted?.charges ?? 0,
    creditsCents: -(posted?.credits ?? 0) || 0,
    unpostedCount: unposted?.count ?? 0,
    unpostedCents: (unposted?.charges ?? 0) + (unposted?.credits ?? 0),
  };
}
