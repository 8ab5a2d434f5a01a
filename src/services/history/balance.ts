import type { QueryContext } from '../operation.ts';
import { amountOf, downTo, inView, olderThan, type Place } from './rows.ts';
import { ledger } from './ledger.ts';
import type { HistoryQuestion, Scope } from './scope.ts';

/** What is owed, and what it would be once everything unposted is posted; cents. */
export interface Standing {
  readonly balanceCents: number;
  readonly unpostedCents: number;
}

/**
 * What a scope owes as of the question's day. The maintained balances are the start, so that a
 * long history costs no more than a short one; a day in the past takes off what came later.
 * For one service or one invoice there is no maintained balance: it is summed.
 */
export async function standing(ctx: QueryContext, scope: Scope, question: HistoryQuestion): Promise<Standing> {
  if (isPart(question)) return partStanding(ctx, scope, question);
  const stored = await ctx.db
    .selectFrom('account_balance as b')
    .select((eb) => [
      eb.fn.coalesce(eb.fn.sum<number>('b.balance_cents'), eb.lit(0)).as('balance'),
      eb.fn.coalesce(eb.fn.sum<number>('b.unposted_cents'), eb.lit(0)).as('unposted'),
    ])
    .$if('customerId' in scope, (q) => q.where('b.customer_id', '=', (scope as { customerId: number }).customerId))
    .$if('accountIds' in scope, (q) =>
      q.where('b.account_id', 'in', [-1, ...(scope as { accountIds: readonly number[] }).accountIds]),
    )
    .executeTakeFirstOrThrow();
  const later = question.asOf === undefined ? null : await sums(ctx, scope, question.asOf);
  return {
    balanceCents: stored.balance - (later?.posted ?? 0),
    unpostedCents: stored.unposted - (later?.unposted ?? 0),
  };
}

/** Sums of what lies after a day. */
async function sums({ db }: QueryContext, scope: Scope, after: string): Promise<{ posted: number; unposted: number }> {
  return ledger(db, scope, undefined)
    .where('t.effective_on', '>', after)
    .select((eb) => [
      eb.fn
        .coalesce(
          eb.fn.sum<number>(eb.case().when('t.status', '=', 'posted').then(eb.ref('t.amount_cents')).else(0).end()),
          eb.lit(0),
        )
        .as('posted'),
      eb.fn
        .coalesce(
          eb.fn.sum<number>(eb.case().when('t.status', '=', 'unposted').then(eb.ref('t.amount_cents')).else(0).end()),
          eb.lit(0),
        )
        .as('unposted'),
    ])
    .executeTakeFirstOrThrow();
}

/** Views whose rows add up to the debt that they are about; beside the rows of others stands the whole balance. */
const isPart = ({ view }: HistoryQuestion): boolean => view === 'service' || view === 'invoice';

async function partStanding(ctx: QueryContext, scope: Scope, question: HistoryQuestion): Promise<Standing> {
  const rows = await ledger(ctx.db, scope, question.asOf)
    .where(inView(question))
    .select('t.status')
    .select((eb) => amountOf(question)(eb).as('cents'))
    .execute();
  let balanceCents = 0;
  let unpostedCents = 0;
  for (const { status, cents } of rows) {
    if (status === 'posted') balanceCents += Number(cents);
    else unpostedCents += Number(cents);
  }
  return { balanceCents, unpostedCents };
}

interface Entry extends Place {
  readonly status: string;
  readonly amountCents: number;
}

/**
 * The balance after each row of a page, newest first, and the one before its last row.
 * `start` is the balance after the newest row that is not older than the page. Rows that the
 * view leaves out still count: they are read between the page's first and last row.
 */
export async function runningBalances<R extends Entry>(
  ctx: QueryContext,
  scope: Scope,
  question: HistoryQuestion,
  page: { readonly rows: readonly R[]; readonly start: number; readonly after: Place | null },
): Promise<{ readonly rows: readonly (R & { readonly balanceCents: number | null })[]; readonly before: number }> {
  const { rows, start, after } = page;
  const last = rows.at(-1);
  const whole = question.view === 'all' || isPart(question);
  const others: readonly Entry[] =
    last === undefined || whole ? [] : await postedBetween(ctx, scope, question, after, last);
  const shown = new Set(rows.map((row) => row.id));
  let balance = start;
  let next = 0;
  const withBalance = rows.map((row) => {
    for (; next < others.length && isNewer(others[next]!, row); next += 1) {
      if (!shown.has(others[next]!.id)) balance -= others[next]!.amountCents;
    }
    if (row.status !== 'posted') return { ...row, balanceCents: null };
    const balanceCents = balance;
    balance -= row.amountCents;
    return { ...row, balanceCents };
  });
  return { rows: withBalance, before: balance };
}

/** Whether the first stands above the second, newest first. */
export const isNewer = (a: Place, b: Place): boolean =>
  a.effectiveOn > b.effectiveOn || (a.effectiveOn === b.effectiveOn && a.id > b.id);

function postedBetween(
  { db }: QueryContext,
  scope: Scope,
  question: HistoryQuestion,
  after: Place | null,
  last: Place,
): Promise<Entry[]> {
  return ledger(db, scope, question.asOf)
    .where('t.status', '=', 'posted')
    .where(downTo(last))
    .$if(after !== null, (q) => q.where(olderThan(after!)))
    .select(['t.id', 't.effective_on as effectiveOn', 't.status', 't.amount_cents as amountCents'])
    .orderBy('t.effective_on', 'desc')
    .orderBy('t.id', 'desc')
    .execute();
}
