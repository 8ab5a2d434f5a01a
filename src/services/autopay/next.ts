import { z } from 'zod';
import { amountToDraw, type AmountToDraw, autopayRefusal, type Owed } from '#domain/autopay.ts';
import { type Bill, drawDay, type DrawFacts, noticeBy, type SkipReason, skipOf } from '#domain/autopay-draw.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { CompanyOptions } from '#domain/company-options.ts';
import type { Cents } from '#domain/money.ts';
import { refusedMethods } from '../accounts/refused-methods.ts';
import { Failure } from '../failure.ts';
import { query, type QueryContext } from '../operation.ts';
import { loadOptions } from '../options/operations.ts';
import { which } from './input.ts';
import { SEALED_KINDS } from './list.ts';
import { billsOf, type BilledAccount, latestBills } from './owed.ts';

/** What an instrument will draw for one account, and when; or why it will not. */
export interface NextDraw {
  readonly accountId: number;
  readonly accountNumber: string;
  /** Null: after the next bill. */
  readonly drawOn: CivilDate | null;
  readonly amountCents: Cents;
  /** What the amount follows from. */
  readonly basis: AmountToDraw['basis'];
  /** The customer is to be told by this day; null: no notice is agreed, or nothing is drawn. */
  readonly noticeBy: CivilDate | null;
  /** Why nothing is drawn; null: it is drawn. */
  readonly skip: { readonly reason: SkipReason; readonly words: string } | null;
}

const instrumentOf = ({ db }: QueryContext, customerId: number, autopayId: number) =>
  db
    .selectFrom('autopay_instruction as x')
    .innerJoin('customer as c', 'c.id', 'x.customer_id')
    .leftJoin('secret_value as s', (on) =>
      on.on('s.entity', '=', 'AutopayInstruction').onRef('s.entity_id', '=', 'x.id'),
    )
    .select(['x.method', 'x.option', 'x.amount_cents as amountCents', 'x.draw_on as drawOn'])
    .select(['x.draw_days as drawDays', 'x.automatic', 'x.authorised_on as authorisedOn', 'x.ended_on as endedOn'])
    .select(['x.suspended_on as suspendedOn', 'x.suspended_reason as suspendedReason', 'x.expires_in as expiresIn'])
    .select(['x.notify_in_advance as notifyInAdvance', 's.kind as sealedKind', 'c.bankrupt'])
    .select(['c.no_payments as noPayments', 'c.no_checks as noChecks', 'c.disallowed_methods as disallowed'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('collection_placement as p')
            .select('p.id')
            .whereRef('p.customer_id', '=', 'c.id')
            .where('p.recalled_on', 'is', null),
        )
        .as('inCollections'),
    )
    .where('x.id', '=', autopayId)
    .where('x.customer_id', '=', customerId)
    .executeTakeFirst();

type Instrument = NonNullable<Awaited<ReturnType<typeof instrumentOf>>>;

function factsOf(row: Instrument, account: BilledAccount, options: CompanyOptions): DrawFacts {
  const rules = {
    noPayments: row.noPayments === 1,
    noChecks: row.noChecks === 1,
    disallowed: refusedMethods(row.disallowed),
  };
  return {
    automatic: row.automatic === 1,
    suspendedOn: row.suspendedOn,
    suspendedReason: row.suspendedReason,
    authorisedOn: row.authorisedOn,
    refusal: autopayRefusal(row.method, rules),
    expiresIn: row.expiresIn,
    complete: row.sealedKind === SEALED_KINDS[row.method],
    inCollections: Boolean(row.inCollections),
    bankrupt: row.bankrupt === 1,
    activity: account.activity,
    drawFinal: options.autopayFinal,
    drawnOn: row.method === 'draft' ? (account.bill?.draftedOn ?? null) : null,
    leastCents: options.autopayLeastCents,
  };
}

/** Company-level rule: the budget amount counts only where account level budgets are used. */
function owedOf(account: BilledAccount, { accountBudgets }: CompanyOptions): Owed {
  const { balanceCents, unpostedCents, budgetCents, bill } = account;
  return {
    balanceCents,
    unpostedCents,
    budgetCents: accountBudgets ? budgetCents : null,
    statement: bill && { balanceCents: bill.balanceCents, creditsSinceCents: bill.creditsSinceCents },
  };
}

function nextDraw(row: Instrument, account: BilledAccount, options: CompanyOptions, today: CivilDate): NextDraw {
  const bill: Bill | null = account.bill;
  const day = drawDay(row, bill, today);
  const amount = amountToDraw(row, owedOf(account, options));
  const skip = skipOf(factsOf(row, account, options), day, amount);
  return {
    accountId: account.id,
    accountNumber: account.number,
    drawOn: day,
    amountCents: amount.cents,
    basis: amount.basis,
    noticeBy: row.notifyInAdvance === 1 && skip === null && day !== null ? noticeBy(day) : null,
    skip,
  };
}

export const nextAutopay = query({
  name: 'autopay.next',
  summary: 'What an automatic payment will draw next for the accounts of its customer, when, and why or why not',
  permission: 'customers.read',
  input: z.object({
    customerId: which.customerId,
    autopayId: which.autopayId,
    accountId: which.customerId.nullable().default(null).describe('this account alone'),
  }),
  subject: ({ customerId }) => ({ customerId }),
  run: async (ctx, { customerId, autopayId, accountId }): Promise<NextDraw[]> => {
    const row = await instrumentOf(ctx, customerId, autopayId);
    if (!row) throw new Failure('not_found', 'This customer has no such automatic payment.');
    if (row.endedOn !== null && row.endedOn <= ctx.today) return [];
    const options = await loadOptions(ctx.db);
    const accounts = await billsOf(ctx.db, customerId, accountId);
    const billed = await latestBills(ctx.db, accounts);
    return billed.map((account) => nextDraw(row, account, options, ctx.today));
  },
});
