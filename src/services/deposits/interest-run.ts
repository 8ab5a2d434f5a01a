import { z } from 'zod';
import { addToRows, idList } from '#db/bulk-add.ts';
import { depositChanges } from '#db/deposit-sums.ts';
import type { Db } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { depositInterest } from '#domain/deposit-interest.ts';
import type { Cents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { accountRefs } from '../ledger/account-ref.ts';
import { enterAll } from '../ledger/enter.ts';
import { GL } from '../ledger/gl.ts';
import { post } from '../ledger/post.ts';
import type { NewTransaction } from '../ledger/rows.ts';
import { command, query, type QueryContext } from '../operation.ts';
import { shownCustomer } from '../shown.ts';
import { shortText } from '#domain/typed-text.ts';
import { date } from './input.ts';
import { storedDeposits } from './read.ts';
import { depositCodesBy } from './terms.ts';

/** A deposit with what a yearly run would credit. */
export interface InterestDue {
  readonly depositId: number;
  readonly number: string | null;
  readonly code: string;
  readonly accountId: number;
  readonly heldCents: Cents;
  /** Credited already up to this day. */
  readonly throughOn: CivilDate | null;
  readonly interestCents: Cents;
}

const scope = {
  /** Interest up to this day; today when left out. */
  on: date.optional(),
  /** Only deposits of this code. */
  code: shortText(40).nullish(),
};

/** Deposits calculated in one go: their changes are read by some statements for any number. */
const PIECE = 20_000;

/** Accounts that deposits are booked on. */
async function bookedOn(db: Db, ids: readonly number[]): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('ledger_transaction')
    .select('deposit_id as id')
    .select((eb) => eb.fn.max('account_id').as('accountId'))
    .where('deposit_id', 'in', idList(db, ids))
    .where('kind', 'in', ['deposit_charge', 'transfer_in'])
    .groupBy('deposit_id')
    .execute();
  return new Map(rows.map(({ id, accountId }) => [id!, accountId]));
}

async function interestDue(
  { db, sight }: Pick<QueryContext, 'db' | 'sight'>,
  on: CivilDate,
  code: string | null | undefined,
): Promise<InterestDue[]> {
  const codes = await depositCodesBy(db);
  const yearly = [...codes.values()].filter(
    ({ terms, code: one }) => terms.interest !== 'none' && terms.payInterest === 'yearly' && (!code || one === code),
  );
  if (yearly.length === 0) return [];
  const deposits = await storedDeposits(db)
    .where('d.held_cents', '>', 0)
    .where(
      'd.code',
      'in',
      yearly.map((one) => one.code),
    )
    .where((eb) => eb.exists(shownCustomer(db, eb.ref('d.customer_id'), sight)))
    .where((eb) => eb.or([eb('d.interest_through_on', 'is', null), eb('d.interest_through_on', '<', on)]))
    .orderBy('d.id')
    .execute();
  const due: InterestDue[] = [];
  for (let from = 0; from < deposits.length; from += PIECE) {
    const piece = deposits.slice(from, from + PIECE);
    const ids = piece.map(({ id }) => id);
    const changes = Map.groupBy(await depositChanges(db, ids), ({ depositId }) => depositId);
    const accounts = await bookedOn(db, ids);
    for (const deposit of piece) {
      const accountId = deposit.accountId ?? accounts.get(deposit.id);
      if (accountId === undefined) continue;
      const { terms } = codes.get(deposit.code)!;
      const throughOn = deposit.interestThroughOn;
      const interestCents = depositInterest(terms, changes.get(deposit.id) ?? [], throughOn, on);
      if (interestCents <= 0) continue;
      const { id: depositId, number, code: one, heldCents } = deposit;
      due.push({ depositId, number, code: one, accountId, heldCents, throughOn, interestCents });
    }
  }
  return due;
}

export interface InterestRun {
  readonly deposits: number;
  readonly interestCents: Cents;
  /** The first hundreds of them. */
  readonly list: readonly InterestDue[];
}

const SHOWN = 500;

const runOf = (due: readonly InterestDue[]): InterestRun => ({
  deposits: due.length,
  interestCents: due.reduce((sum, { interestCents }) => sum + interestCents, 0),
  list: due.slice(0, SHOWN),
});

export const listInterest = query({
  name: 'deposit.interest',
  summary: 'Interest on deposits that the yearly run would credit up to a day',
  permission: 'deposits.manage',
  input: z.object(scope),
  run: async (ctx, { on, code }): Promise<InterestRun> => runOf(await interestDue(ctx, on ?? ctx.today, code)),
});

export const creditInterestRun = command({
  name: 'deposit.credit-interest',
  summary: 'Credit interest on all deposits held up to a day: it pays debts, the rest is open credit',
  permission: 'deposits.manage',
  input: z.object(scope),
  run: async (ctx, { on, code }): Promise<Omit<InterestRun, 'list'>> => {
    const { db, today } = ctx;
    const day = on ?? today;
    if (day > today)
      throw new Failure('refused', 'Interest is not credited ahead of its day.', { on: 'In the future.' });
    const due = await interestDue(ctx, day, code);
    const accounts = await accountRefs(db, [...new Set(due.map(({ accountId }) => accountId))]);
    const entered = await enterAll(
      ctx,
      due.map(({ depositId, number, accountId, interestCents, code: one }): NewTransaction => {
        const description = `Interest on deposit ${number ?? one}`;
        const line = { debitGl: GL.interest, creditGl: GL.receivable, amountCents: interestCents, description };
        return {
          account: accounts.get(accountId)!,
          kind: 'interest_credit',
          effectiveOn: day,
          depositId,
          memo: 'Interest on deposit',
          lines: [{ ...line, effect: -1 }],
        };
      }),
    );
    await post(
      ctx,
      entered.map(({ id }) => id),
    );
    await noteCredited(db, due, day);
    const { deposits, interestCents } = runOf(due);
    ctx.audit({ entity: 'Deposit', entityId: 0, changes: { interest: [null, interestCents], through: [null, day] } });
    return { deposits, interestCents };
  },
});

/** Raises what was credited of each deposit, and the day up to which it is. */
async function noteCredited(db: Db, due: readonly InterestDue[], day: CivilDate): Promise<void> {
  const added = new Map(due.map(({ depositId, interestCents }) => [depositId, interestCents]));
  await addToRows(db, 'deposit', 'id', 'interest_cents', added);
  await db
    .updateTable('deposit')
    .set((eb) => ({ interest_through_on: day, version: eb('version', '+', 1) }))
    .where('id', 'in', idList(db, [...added.keys()]))
    .execute();
}
