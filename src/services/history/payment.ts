import { z } from 'zod';
import type { TransactionKind } from '#db/entities/ledger.ts';
import type { Schema } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { query, type QueryContext } from '../operation.ts';
import { seesAll, visible } from '../sight.ts';
import { assertVisible } from '../subject.ts';

/** One means of payment. */
export interface PaymentTender {
  readonly method: string | null;
  readonly methodName: string | null;
  /** Check number, approval of a card. */
  readonly reference: string | null;
  readonly amountCents: Cents;
}

/** What an account got of a payment, and what that paid. */
export interface PaymentAccount {
  readonly accountId: number;
  readonly accountNumber: string;
  readonly customerName: string;
  readonly previousCents: Cents;
  readonly paidCents: Cents;
  /** Owed after it. */
  readonly balanceCents: Cents;
  readonly paid: readonly PaidDebt[];
  /** What has paid nothing yet. */
  readonly openCents: Cents;
}

export interface PaidDebt {
  readonly transactionId: number;
  readonly accountId: number;
  readonly kind: TransactionKind;
  readonly number: string | null;
  readonly effectiveOn: CivilDate;
  readonly serviceCode: string | null;
  readonly cents: Cents;
}

/** A payment as a whole: one receipt, its means of payment, the accounts that it was for. */
export interface PaymentDetails {
  readonly paymentId: number | null;
  readonly receipt: string | null;
  readonly paidOn: CivilDate;
  /** Null while it is not posted. */
  readonly postedOn: CivilDate | null;
  readonly enteredBy: string;
  readonly channel: Schema['payment']['channel'] | null;
  readonly batchNumber: string | null;
  readonly tenders: readonly PaymentTender[];
  readonly accounts: readonly PaymentAccount[];
  readonly totalCents: Cents;
  /** Of the total, what went to accounts that the asker may not see. */
  readonly hiddenCents: Cents;
  /** Of the accounts shown together. */
  readonly previousCents: Cents;
  readonly balanceCents: Cents;
}

export const paymentDetails = query({
  name: 'history.payment',
  summary: 'A payment: its means of payment, its accounts with what was owed before and after, and what it paid',
  permission: 'history.read',
  input: z.object({ transactionId: z.number().int().positive() }),
  checksSubject: true,
  run: async (ctx, { transactionId }): Promise<PaymentDetails> => {
    const asked = await partsOf(ctx, { transactionId });
    const one = asked[0];
    if (!one) throw new Failure('not_found', 'No such record, or it is private.');
    await assertVisible(ctx, { customerId: one.customerId });
    if (one.kind !== 'payment') throw new Failure('refused', 'This transaction is not a payment.');
    const parts = one.paymentId === null ? asked : await partsOf(ctx, { paymentId: one.paymentId });
    const accounts = await accountsOf(ctx, parts);
    const sum = (cents: readonly Cents[]): Cents => cents.reduce((total, each) => total + each, 0);
    const totalCents = -sum(parts.map(({ cents }) => cents));
    const posted = parts.every(({ status }) => status === 'posted');
    return {
      paymentId: one.paymentId,
      receipt: one.receipt ?? one.number,
      paidOn: one.effectiveOn,
      postedOn: posted ? (one.postedOn ?? one.effectiveOn) : null,
      enteredBy: one.createdBy,
      channel: one.channel,
      batchNumber: one.batchNumber,
      tenders: await tendersOf(ctx, one),
      accounts,
      totalCents,
      hiddenCents: totalCents - sum(accounts.map(({ paidCents }) => paidCents)),
      previousCents: sum(accounts.map(({ previousCents }) => previousCents)),
      balanceCents: sum(accounts.map(({ balanceCents }) => balanceCents)),
    };
  },
});

type Part = Awaited<ReturnType<typeof partsOf>>[number];

/** The transactions of a payment, or one of them alone. */
function partsOf({ db }: QueryContext, of: { readonly transactionId: number } | { readonly paymentId: number }) {
  return db
    .selectFrom('ledger_transaction as t')
    .leftJoin('payment as p', 'p.id', 't.payment_id')
    .leftJoin('batch as b', 'b.id', 't.batch_id')
    .select(['t.id', 't.account_id as accountId', 't.customer_id as customerId', 't.kind', 't.status', 't.number'])
    .select(['t.effective_on as effectiveOn', 't.posted_on as postedOn', 't.created_by as createdBy'])
    .select(['t.amount_cents as cents', 't.method', 't.reference', 't.payment_id as paymentId'])
    .select(['p.number as receipt', 'p.channel', 'b.number as batchNumber'])
    .$if('transactionId' in of, (q) => q.where('t.id', '=', (of as { transactionId: number }).transactionId))
    .$if('paymentId' in of, (q) =>
      q.where('t.payment_id', '=', (of as { paymentId: number }).paymentId).where('t.kind', '=', 'payment'),
    )
    .orderBy('t.id')
    .execute();
}

/** A payment without a receipt of its own is of one tender, which its transaction tells. */
async function tendersOf({ db }: QueryContext, part: Part): Promise<PaymentTender[]> {
  const names = await db
    .selectFrom('code_value')
    .select(['code', 'name'])
    .where('table_name', '=', 'payment_method')
    .execute();
  const nameOf = (method: string | null): string | null => names.find(({ code }) => code === method)?.name ?? null;
  const rows =
    part.paymentId === null
      ? [{ method: part.method, reference: part.reference, amountCents: -part.cents }]
      : await db
          .selectFrom('tender')
          .select(['method', 'reference', 'amount_cents as amountCents'])
          .where('payment_id', '=', part.paymentId)
          .orderBy('id')
          .execute();
  return rows.map((row) => ({ ...row, methodName: nameOf(row.method) }));
}

async function accountsOf(ctx: QueryContext, parts: readonly Part[]): Promise<PaymentAccount[]> {
  const { db, sight } = ctx;
  const groups = Map.groupBy(parts, ({ accountId }) => accountId);
  const seen = await db
    .selectFrom('account as a')
    .innerJoin('customer as c', 'c.id', 'a.customer_id')
    .select(['a.id', 'a.number', 'c.display_name as name'])
    .where('a.id', 'in', [...groups.keys()])
    .$if(!seesAll(sight), (q) =>
      q.where((eb) => visible(sight, { public: eb.ref('c.public'), group: eb.ref('c.customer_group') })),
    )
    .execute();
  const accounts: PaymentAccount[] = [];
  for (const [accountId, own] of groups) {
    const account = seen.find(({ id }) => id === accountId);
    if (account === undefined) continue;
    const paidCents = -own.reduce((total, { cents }) => total + cents, 0);
    const paid = await paidBy(ctx, own);
    const previousCents = await before(ctx, own[0]!);
    accounts.push({
      accountId,
      accountNumber: account.number,
      customerName: account.name,
      previousCents,
      paidCents,
      balanceCents: previousCents - paidCents,
      paid,
      openCents: paidCents - paid.reduce((total, { cents }) => total + cents, 0),
    });
  }
  return accounts;
}

/** What the account owed before the first of its parts. */
async function before({ db }: QueryContext, { id, accountId, effectiveOn }: Part): Promise<Cents> {
  const { cents } = await db
    .selectFrom('ledger_transaction as t')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('t.amount_cents'), eb.lit(0)).as('cents'))
    .where('t.account_id', '=', accountId)
    .where('t.status', '=', 'posted')
    .where('t.effective_on', '<=', effectiveOn)
    .where((eb) => eb.or([eb('t.effective_on', '<', effectiveOn), eb('t.id', '<', id)]))
    .executeTakeFirstOrThrow();
  return Number(cents);
}

/** What is paid with it now: what was taken back is gone. */
async function paidBy({ db }: QueryContext, parts: readonly Part[]): Promise<PaidDebt[]> {
  const rows = await db
    .selectFrom('ledger_line as c')
    .innerJoin('allocation as x', 'x.credit_line_id', 'c.id')
    .innerJoin('ledger_line as d', 'd.id', 'x.debit_line_id')
    .innerJoin('ledger_transaction as t', 't.id', 'd.transaction_id')
    .leftJoin('service_type as s', 's.id', 'd.service_type_id')
    .select(['t.id as transactionId', 't.account_id as accountId', 't.kind', 't.number'])
    .select(['t.effective_on as effectiveOn', 's.code as serviceCode'])
    .select((eb) => eb.fn.sum<number>('x.amount_cents').as('cents'))
    .where(
      'c.transaction_id',
      'in',
      parts.map(({ id }) => id),
    )
    .groupBy(['t.id', 't.account_id', 't.kind', 't.number', 't.effective_on', 's.code', 's.payoff_rank'])
    .orderBy('t.effective_on')
    .orderBy('t.id')
    .orderBy('s.payoff_rank')
    .execute();
  return rows.map((row) => ({ ...row, cents: Number(row.cents) })).filter(({ cents }) => cents !== 0);
}
