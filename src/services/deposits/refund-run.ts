import { z } from 'zod';
import { idList } from '#db/bulk-add.ts';
import type { Db } from '#db/schema.ts';
import { addMonths, type CivilDate } from '#domain/civil-date.ts';
import { type DepositTerms, type RefundFacts, refundObstacles } from '#domain/deposit.ts';
import type { Cents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { GL } from '../ledger/gl.ts';
import { command, type CommandContext, query, type QueryContext } from '../operation.ts';
import { shownCustomer } from '../shown.ts';
import { shortText } from '#domain/typed-text.ts';
import { book, interestCredited, releaseLines, releasing } from './book.ts';
import { id, receipt, reference } from './input.ts';
import { refund } from './refund.ts';
import { depositCodesBy, termsAmong } from './terms.ts';

/** A deposit that is or is not to be given back by itself. */
export interface RefundCandidate {
  readonly depositId: number;
  readonly version: number;
  readonly number: string | null;
  readonly code: string;
  readonly customer: string;
  readonly accountId: number | null;
  readonly heldCents: Cents;
  readonly chargedOn: CivilDate;
  /** Why not; none: it is to be given back. */
  readonly obstacles: readonly string[];
}

/** Whole months between two days. */
export function monthsBetween(from: CivilDate, to: CivilDate): number {
  const months =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
  return addMonths(from, months) > to ? months - 1 : months;
}

interface Held {
  readonly id: number;
  readonly version: number;
  readonly number: string | null;
  readonly code: string;
  readonly status: RefundFacts['status'];
  readonly heldCents: Cents;
  readonly chargedOn: CivilDate;
  readonly customerId: number;
  readonly customer: string;
  readonly accountId: number | null;
}

const heldDeposits = ({ db, sight }: QueryContext, codes: readonly string[], after: number, limit: number) =>
  db
    .selectFrom('deposit as d')
    .innerJoin('customer as c', 'c.id', 'd.customer_id')
    .select(['d.id', 'd.version', 'd.number', 'd.code', 'd.status', 'd.held_cents as heldCents'])
    .select(['d.charged_on as chargedOn', 'c.id as customerId', 'c.display_name as customer'])
    .select('d.account_id as accountId')
    .where('d.held_cents', '>', 0)
    .where('d.code', 'in', codes)
    .where('d.id', '>', after)
    .where((eb) => eb.exists(shownCustomer(db, eb.ref('d.customer_id'), sight)))
    .orderBy('d.id')
    .limit(limit)
    .execute() as Promise<Held[]>;

/** Counts by customer since a day; a returned item once, whatever accounts it paid. */
async function countsOf(db: Db, customers: readonly number[], kind: 'penalty' | 'nsf', since: CivilDate) {
  const rows = await db
    .selectFrom('ledger_transaction')
    .select('customer_id as id')
    .select((eb) => {
      const untied = eb.case().when('tender_id', 'is', null).then(1).end();
      return eb(eb.fn.count<number>('tender_id').distinct(), '+', eb.fn.count<number>(untied)).as('n');
    })
    .where('customer_id', 'in', idList(db, customers))
    .where('kind', '=', kind)
    .where('status', '=', 'posted')
    .where('effective_on', '>', since)
    .groupBy('customer_id')
    .execute();
  return new Map(rows.map((row) => [row.id, Number(row.n)]));
}

async function pastDueBy(db: Db, customers: readonly number[], today: CivilDate) {
  const rows = await db
    .selectFrom('ledger_line as l')
    .innerJoin('ledger_transaction as t', 't.id', 'l.transaction_id')
    .select('l.customer_id as id')
    .select((eb) => eb.fn.sum<number>('l.open_cents').as('n'))
    .where('l.customer_id', 'in', idList(db, customers))
    .where((eb) => eb('l.open_cents', '<>', eb.lit(0)))
    .where('l.effect', '=', 1)
    .where('l.due_on', '<', today)
    .where('t.status', '=', 'posted')
    .groupBy('l.customer_id')
    .execute();
  return new Map(rows.map((row) => [row.id, Number(row.n)]));
}

/** Customers with a service that is shut off for non-payment. */
async function disconnected(db: Db, customers: readonly number[]): Promise<Set<number>> {
  const rows = await db
    .selectFrom('account_service')
    .select('customer_id as id')
    .distinct()
    .where('customer_id', 'in', idList(db, customers))
    .where('status', '=', 'shutoff')
    .execute();
  return new Set(rows.map((row) => row.id));
}

async function judged({ db, today }: QueryContext, held: readonly Held[], termsBy: (code: string) => DepositTerms) {
  const candidates: RefundCandidate[] = [];
  for (const [code, deposits] of Map.groupBy(held, (one) => one.code)) {
    const terms = termsBy(code);
    const customers = [...new Set(deposits.map(({ customerId }) => customerId))];
    const since = addMonths(today, -terms.refundMonths);
    const late = await countsOf(db, customers, 'penalty', since);
    const returned = await countsOf(db, customers, 'nsf', since);
    const pastDue = await pastDueBy(db, customers, today);
    const off = await disconnected(db, customers);
    for (const { id: depositId, status, customerId, ...one } of deposits) {
      const obstacles = refundObstacles(terms, {
        status,
        months: monthsBetween(one.chargedOn, today),
        lateCharges: late.get(customerId) ?? 0,
        returnedItems: returned.get(customerId) ?? 0,
        disconnected: off.has(customerId),
        pastDueCents: pastDue.get(customerId) ?? 0,
      });
      candidates.push({ depositId, ...one, obstacles });
    }
  }
  return candidates.toSorted((a, b) => a.depositId - b.depositId);
}

const PAGE = 500;

export const listRefundable = query({
  name: 'deposit.refundable',
  summary: 'Deposits that are to be given back by the criteria of their codes, and why others are not',
  permission: 'deposits.read',
  input: z.object({
    code: shortText(40).nullish(),
    /** Also those that are not given back yet, with the reasons. */
    all: z.boolean().optional(),
    /** Deposits after this one: the answer’s `next`. */
    after: z.int().nonnegative().optional(),
  }),
  run: async (ctx, { code, all, after = 0 }): Promise<{ rows: RefundCandidate[]; next: number | null }> => {
    const codes = await depositCodesBy(ctx.db);
    const some = [...codes.values()].filter(
      ({ terms, code: one }) => terms.refundable === 1 && terms.refundMonths > 0 && (!code || code === one),
    );
    const names = some.map((one) => one.code);
    const rows: RefundCandidate[] = [];
    let from: number | null = after;
    while (from !== null && rows.length < PAGE && names.length > 0) {
      ctx.signal?.throwIfAborted();
      const held: Held[] = await heldDeposits(ctx, names, from, PAGE * 4);
      from = held.length < PAGE * 4 ? null : held.at(-1)!.id;
      const candidates = await judged(ctx, held, (one) => termsAmong(codes, one));
      rows.push(...(all ? candidates : candidates.filter(({ obstacles }) => obstacles.length === 0)));
    }
    return { rows, next: names.length === 0 ? null : from };
  },
});

/** To the account: it pays debts, the rest is open credit. */
async function giveAsCredit(ctx: CommandContext, depositId: number, version: number): Promise<Cents> {
  const about = await releasing(ctx, { depositId, version });
  const amounts = { principal: about.deposit.heldCents, interest: about.interestCents };
  const lines = releaseLines(about, amounts, { gl: GL.receivable, effect: -1, what: 'given back' });
  await book(ctx, about, { kind: 'deposit_apply', memo: 'Deposit given back to the account', lines });
  await interestCredited(ctx, about, about.interestCents);
  await receipt(ctx, about.deposit, { givenBack: [null, amounts.principal + amounts.interest] });
  return amounts.principal + amounts.interest;
}

export const refundRun = command({
  name: 'deposit.refund-run',
  summary: 'Give back deposits of the list that meet their criteria, by check or as credit of the account',
  permission: 'deposits.manage',
  input: z.object({
    depositIds: z.array(id).min(1, 'Name the deposits').max(1000, 'At most 1,000 at a time'),
    as: z.enum(['check', 'credit'], 'Choose check or credit').optional(),
    reference,
  }),
  run: async (ctx, { depositIds, as = 'check', reference }): Promise<{ deposits: number; refundedCents: Cents }> => {
    const codes = await depositCodesBy(ctx.db);
    const wanted = new Set(depositIds);
    const all = [...codes.keys()];
    let refundedCents = 0;
    for (const depositId of wanted) {
      const [held] = await heldDeposits(ctx, all, depositId - 1, 1);
      if (held?.id !== depositId) throw new Failure('conflict', 'One of these deposits is not held any more.');
      const [candidate] = await judged(ctx, [held], (code) => termsAmong(codes, code));
      if (candidate!.obstacles.length > 0) {
        const name = held.number ?? held.code;
        throw new Failure('refused', `Deposit ${name} is not to be given back: ${candidate!.obstacles.join(', ')}.`);
      }
      if (as === 'credit') refundedCents += await giveAsCredit(ctx, depositId, held.version);
      else {
        const about = await releasing(ctx, { depositId, version: held.version });
        const how = { method: 'check', reference, memo: 'Deposit given back in good standing' };
        const done = await refund(ctx, about, how);
        await receipt(ctx, about.deposit, { refunded: [null, done.refundedCents] });
        refundedCents += done.refundedCents;
      }
    }
    return { deposits: wanted.size, refundedCents };
  },
});
