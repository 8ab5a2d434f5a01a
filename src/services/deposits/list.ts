import { z } from 'zod';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { query, type QueryContext } from '../operation.ts';
import { shownCustomer } from '../shown.ts';
import { id } from './input.ts';
import { accruedInterest, chargedOn, depositToRead, type StoredDeposit, storedDeposits, termsOf } from './read.ts';
import { type DepositCode, depositCodesBy, termsAmong } from './terms.ts';

/** A deposit of a list. */
export interface DepositLine extends StoredDeposit {
  readonly codeName: string;
}

const OPEN = ['charged', 'partial', 'held'] as const;

/** Deposits that count for a place: its own, its customer's and its account's. */
export const listDeposits = query({
  name: 'deposit.list',
  summary: 'Deposits of an account: held for it, for its customer and for its location',
  permission: 'deposits.read',
  input: z.object({
    accountId: id,
    /** Also those that were applied, refunded, transferred, forfeited or taken back. */
    all: z.boolean().optional(),
  }),
  subject: ({ accountId }) => ({ accountId }),
  run: async ({ db, sight }, { accountId, all }): Promise<DepositLine[]> => {
    const account = await db
      .selectFrom('account')
      .select(['id', 'customer_id', 'location_id'])
      .where('id', '=', accountId)
      .executeTakeFirst();
    if (!account) throw new Failure('not_found', 'There is no such account.');
    const codes = await depositCodesBy(db);
    const rows = await storedDeposits(db)
      .where((eb) =>
        eb.or([
          eb.and([eb('d.holder', '=', 'location'), eb('d.location_id', '=', account.location_id)]),
          eb.and([eb('d.holder', '=', 'customer'), eb('d.customer_id', '=', account.customer_id)]),
          eb.and([
            eb('d.holder', '=', 'account'),
            eb('d.customer_id', '=', account.customer_id),
            eb('d.account_id', '=', account.id),
          ]),
        ]),
      )
      .where((eb) =>
        eb.or([eb('d.customer_id', 'is', null), eb.exists(shownCustomer(db, eb.ref('d.customer_id'), sight))]),
      )
      .$if(!all, (q) => q.where('d.status', 'in', [...OPEN]))
      .orderBy('d.charged_on')
      .orderBy('d.id')
      .execute();
    return rows.map((row) => ({ ...row, codeName: codes.get(row.code)?.name ?? row.code }));
  },
});

/** Something that happened to a deposit. */
export interface DepositEvent {
  readonly on: CivilDate;
  readonly what: string;
  /** What came, or with a minus went. */
  readonly cents: Cents;
  readonly transactionId: number;
  readonly by: string;
}

export interface DepositDetails extends DepositLine {
  readonly terms: DepositCode['terms'];
  /** Earned and not credited yet, as of today. */
  readonly accruedCents: Cents;
  /** The account that it was charged on or transferred to, and its number. */
  readonly bookedOn: { readonly accountId: number; readonly number: string } | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly events: readonly DepositEvent[];
}

const WORDS: Partial<Record<string, string>> = {
  deposit_charge: 'Charged',
  deposit_apply: 'Applied',
  deposit_refund: 'Refunded',
  interest_credit: 'Interest credited',
  transfer_out: 'Transferred',
  transfer_in: 'Transferred here',
  adjustment: 'Adjusted',
  reversal: 'Reversed',
};

/** What the ledger has about it: its own transactions, and the payments of its charge. */
async function eventsOf({ db }: QueryContext, depositId: number): Promise<DepositEvent[]> {
  const own = await db
    .selectFrom('ledger_transaction as t')
    .innerJoin('ledger_line as l', 'l.transaction_id', 't.id')
    .select((eb) => eb.fn.sum<number>('l.amount_cents').as('cents'))
    .select(['t.id', 't.kind', 't.effective_on as on', 't.memo', 't.created_by as by'])
    .where('t.deposit_id', '=', depositId)
    .where('t.status', '=', 'posted')
    .groupBy(['t.id', 't.kind', 't.effective_on', 't.memo', 't.created_by'])
    .execute();
  const paid = await db
    .selectFrom('ledger_transaction as t')
    .innerJoin('ledger_line as l', 'l.transaction_id', 't.id')
    .innerJoin('allocation as a', 'a.debit_line_id', 'l.id')
    .innerJoin('ledger_line as c', 'c.id', 'a.credit_line_id')
    .innerJoin('ledger_transaction as p', 'p.id', 'c.transaction_id')
    .select(['a.allocated_on as on', 'a.amount_cents as cents', 'p.id', 'p.created_by as by', 'p.number'])
    .where('t.deposit_id', '=', depositId)
    .where('t.kind', '=', 'deposit_charge')
    .where((eb) => eb.or([eb('p.deposit_id', 'is', null), eb('p.deposit_id', '<>', depositId)]))
    .execute();
  const events = [
    ...own.map(({ id: transactionId, kind, on, memo, by, cents }) => {
      const word = WORDS[kind] ?? kind;
      const sign = kind === 'deposit_charge' || kind === 'transfer_in' ? 1 : -1;
      const what = memo !== null && kind === 'adjustment' ? memo : word;
      return { on, what, cents: Number(cents) * sign, transactionId, by };
    }),
    ...paid.map(({ id: transactionId, on, cents, by, number }) => {
      const what = cents < 0 ? 'Payment came back' : `Collected${number === null ? '' : ` by ${number}`}`;
      return { on, what, cents, transactionId, by };
    }),
  ];
  return events.toSorted((a, b) => (a.on === b.on ? a.transactionId - b.transactionId : a.on < b.on ? -1 : 1));
}

const numberOf = async (ctx: QueryContext, column: 'id' | 'transferred_from_id', value: number | null) =>
  value === null
    ? null
    : ((await ctx.db.selectFrom('deposit').select('number').where(column, '=', value).executeTakeFirst())?.number ??
      null);

export const depositDetails = query({
  name: 'deposit.details',
  summary: 'One deposit: what was charged, collected and held, its interest, and all that happened to it',
  permission: 'deposits.read',
  input: z.object({ depositId: id }),
  checksSubject: true,
  viewed: (_, answer: DepositDetails) => (answer.customerId === null ? null : { customerId: answer.customerId }),
  run: async (ctx, { depositId }): Promise<DepositDetails> => {
    const { db, today } = ctx;
    const deposit = await depositToRead(ctx, depositId);
    const terms = await termsOf(db, deposit);
    const codes = await depositCodesBy(db);
    const accountId = deposit.accountId ?? (await chargedOn(db, depositId))?.accountId ?? null;
    const account =
      accountId === null
        ? undefined
        : await db.selectFrom('account').select(['id', 'number']).where('id', '=', accountId).executeTakeFirst();
    return {
      ...deposit,
      codeName: codes.get(deposit.code)?.name ?? deposit.code,
      terms: termsAmong(codes, deposit.code),
      accruedCents: await accruedInterest(db, deposit, terms, today),
      bookedOn: account ? { accountId: account.id, number: account.number } : null,
      from: await numberOf(ctx, 'id', deposit.transferredFromId),
      to: await numberOf(ctx, 'transferred_from_id', deposit.id),
      events: await eventsOf(ctx, depositId),
    };
  },
});
