import { insertRows } from '#db/bulk.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { DepositTerms } from '#domain/deposit.ts';
import type { Cents } from '#domain/money.ts';
import { inPayoffOrder, type OpenDebt, type Paid } from '#domain/payoff.ts';
import { Failure } from '../failure.ts';
import { enter } from '../ledger/enter.ts';
import { GL } from '../ledger/gl.ts';
import { debtsOf, openItems } from '../ledger/open-items.ts';
import { post } from '../ledger/post.ts';
import type { AccountRef, NewLine, NewTransaction } from '../ledger/rows.ts';
import { ledgerSettings } from '../ledger/settings.ts';
import type { CommandContext } from '../operation.ts';
import { accountFor } from './account.ts';
import { accruedInterest, chargedOn, depositToChange, type StoredDeposit, termsOf, uncollected } from './read.ts';

/** A deposit out of which money is to go, and what goes with it. */
export interface Releasing {
  readonly deposit: StoredDeposit;
  readonly terms: DepositTerms;
  /** The liability that it stands on. */
  readonly gl: string;
  readonly account: AccountRef;
  readonly on: CivilDate;
  /** Earned and not credited yet. */
  readonly interestCents: Cents;
}

export interface WhichDeposit {
  readonly depositId: number;
  readonly version?: number | undefined;
  readonly accountId?: number | null | undefined;
  readonly on?: CivilDate | undefined;
}

/** @throws Failure `refused` when nothing is held, or for a day before the last credit of interest */
export async function releasing(ctx: CommandContext, which: WhichDeposit): Promise<Releasing> {
  const deposit = await depositToChange(ctx, which);
  const on = which.on ?? ctx.today;
  if (deposit.heldCents <= 0) throw new Failure('refused', 'Nothing is held of this deposit.');
  if (deposit.interestThroughOn !== null && on < deposit.interestThroughOn) {
    const message = `Interest is credited up to ${deposit.interestThroughOn} already.`;
    throw new Failure('refused', message, { on: message });
  }
  const account = await accountFor(ctx.db, deposit, which.accountId);
  const terms = await termsOf(ctx.db, deposit);
  const gl = (await chargedOn(ctx.db, deposit.id))?.gl ?? terms.gl;
  const interestCents = await accruedInterest(ctx.db, deposit, terms, on);
  return { deposit, terms, gl, account, on, interestCents };
}

type Posting = Omit<NewTransaction, 'depositId' | 'effectiveOn' | 'account'> & { readonly account?: AccountRef };

/** Enters and posts one transaction about a deposit; `planned` are the debts that it pays. */
export async function book(
  ctx: CommandContext,
  { deposit, account, on }: Pick<Releasing, 'deposit' | 'account' | 'on'>,
  posting: Posting,
  planned: readonly Paid[] = [],
): Promise<number> {
  const entry = { account, effectiveOn: on, depositId: deposit.id, ...posting };
  const { id } = await enter(ctx, entry);
  await insertRows(
    ctx.db,
    'planned_allocation',
    planned.map((part) => ({
      id: ctx.newId(),
      transaction_id: id,
      customer_id: entry.account.customerId,
      debit_line_id: part.id,
      amount_cents: part.cents,
    })),
  );
  await post(ctx, [id]);
  return id;
}

/** Debts of an account that a deposit pays, in payoff order: not what is asked for deposits themselves. */
export async function payableDebts(
  ctx: CommandContext,
  account: AccountRef,
  serviceTypeId: number | null,
): Promise<OpenDebt[]> {
  const settings = await ledgerSettings(ctx.db);
  const items = (await openItems(ctx.db, [account], settings.payoffClasses)).get(account.id)!;
  const debts = debtsOf(items).filter(
    (debt) => debt.kind !== 'deposit_charge' && (serviceTypeId === null || debt.serviceTypeId === serviceTypeId),
  );
  return inPayoffOrder(debts, settings.payoffRule);
}

/** Lines of money that leaves a deposit, with the interest on it; none of zero. */
export function releaseLines(
  { gl, deposit }: Pick<Releasing, 'gl' | 'deposit'>,
  amounts: { readonly principal: Cents; readonly interest: Cents },
  to: { readonly gl: string; readonly effect: -1 | 0; readonly what: string },
): NewLine[] {
  const name = deposit.number ?? deposit.code;
  const line = (debitGl: string, amountCents: Cents, description: string): NewLine => ({
    debitGl,
    creditGl: to.gl,
    amountCents,
    effect: to.effect,
    description,
  });
  return [
    line(GL.interest, amounts.interest, `Interest on deposit ${name}`),
    line(gl, amounts.principal, `Deposit ${name} ${to.what}`),
  ].filter(({ amountCents }) => amountCents > 0);
}

/** Takes back the part of the charge that nobody paid; answers how much. */
export async function takeBackCharge(
  ctx: CommandContext,
  about: Pick<Releasing, 'deposit' | 'gl' | 'on'>,
): Promise<Cents> {
  const cents = uncollected(about.deposit);
  if (cents === 0) return 0;
  const open = await ctx.db
    .selectFrom('ledger_line as l')
    .innerJoin('ledger_transaction as t', 't.id', 'l.transaction_id')
    .select(['l.id', 'l.open_cents as cents', 'l.account_id', 'l.customer_id', 't.id as transactionId'])
    .where('t.deposit_id', '=', about.deposit.id)
    .where('t.kind', '=', 'deposit_charge')
    .where('t.status', '=', 'posted')
    .where('l.effect', '=', 1)
    .where('l.open_cents', '>', 0)
    .orderBy('l.id')
    .execute();
  if (open.length === 0) return 0;
  const { account_id, customer_id, transactionId } = open[0]!;
  const sum = open.reduce((total, line) => total + line.cents, 0);
  const line: NewLine = {
    debitGl: about.gl,
    creditGl: GL.receivable,
    amountCents: sum,
    effect: -1,
    description: `Deposit ${about.deposit.number ?? about.deposit.code} taken back`,
  };
  const account = { id: account_id, customerId: customer_id };
  await book(
    ctx,
    { ...about, account },
    { kind: 'adjustment', reason: 'correction', correctsId: transactionId, memo: 'Not collected', lines: [line] },
    open,
  );
  return sum;
}

/** Notes down that all interest up to the day is credited. */
export async function interestCredited(
  { db }: CommandContext,
  { deposit, on, terms }: Pick<Releasing, 'deposit' | 'on' | 'terms'>,
  cents: Cents,
): Promise<void> {
  if (terms.interest === 'none') return;
  await db
    .updateTable('deposit')
    .set((eb) => ({
      interest_cents: eb('interest_cents', '+', cents),
      interest_through_on: on,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', deposit.id)
    .execute();
}
