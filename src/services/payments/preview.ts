import { z } from 'zod';
import type { CivilDate } from '#domain/civil-date.ts';
import { type Cents, formatCents } from '#domain/money.ts';
import type { AccountBook } from '../ledger/account-book.ts';
import type { OpenItem } from '../ledger/open-items.ts';
import { query, type QueryContext } from '../operation.ts';
import { penaltiesSince } from '../penalties/suggest.ts';
import { assertVisible } from '../subject.ts';
import { paymentFacts, type PaymentFacts } from './input.ts';
import { planPayment, type PaymentPlan } from './plan.ts';
import { deferredSum, type Settled, settledAccounts } from './settled.ts';

/** A debt and what the payment would pay of it. */
export interface PreviewDebt {
  readonly debitLineId: number;
  readonly transactionId: number;
  readonly invoice: string | null;
  readonly serviceTypeId: number | null;
  readonly dueOn: CivilDate | null;
  readonly openCents: Cents;
  readonly paidCents: Cents;
}

/** What a payment would do to one account. */
export interface PreviewAccount {
  readonly accountId: number;
  readonly number: string;
  readonly name: string;
  readonly cents: Cents;
  readonly beforeCents: Cents;
  readonly afterCents: Cents;
  readonly debts: readonly PreviewDebt[];
  /** Deferred charges that it would bring about, when it is posted. */
  readonly deferred: readonly { readonly code: string; readonly name: string; readonly cents: Cents }[];
  /** Left as open credit. */
  readonly creditCents: Cents;
}

export interface PaymentPreview {
  readonly totalCents: Cents;
  readonly accounts: readonly PreviewAccount[];
  /** Things to think of before it is taken. */
  readonly warnings: readonly string[];
  /** The same was taken already, as far as anybody can see: ask before it is taken again. */
  readonly duplicate: string | null;
}

export const previewPayment = query({
  name: 'payment.preview',
  summary: 'What a payment would pay, without taking it',
  permission: 'payments.enter',
  input: paymentFacts.extend({
    /** The unposted payment that this one takes the place of. */
    insteadOf: z.number().int().positive().optional(),
  }),
  subject: ({ accounts }) => ({ accountId: accounts[0]!.accountId }),
  viewed: () => null,
  run: async (ctx, { insteadOf, ...facts }): Promise<PaymentPreview> => {
    for (const { accountId } of facts.accounts.slice(1)) await assertVisible(ctx, { accountId });
    const plan = await planPayment(ctx, facts);
    const settled = await settledAccounts(ctx, facts, plan);
    const accounts = [...settled].map(([accountId, one]) => previewOf(plan, accountId, one));
    return {
      totalCents: plan.totalCents,
      accounts,
      warnings: [
        ...(insteadOf === undefined ? warningsOf(plan) : []),
        ...(await penaltyWarnings(ctx, facts, plan)),
        ...accounts.flatMap(deferredWords),
      ],
      duplicate: await duplicateOf(ctx, facts, plan, insteadOf ?? 0),
    };
  },
});

function previewOf(plan: PaymentPlan, accountId: number, settled: Settled): PreviewAccount {
  const { number, name, balanceCents, unpostedCents } = plan.accounts.get(accountId)!;
  const cents = plan.shares.get(accountId)!;
  const { book, creditCents, deferred } = settled;
  const before = balanceCents + unpostedCents;
  return {
    accountId,
    number,
    name,
    cents,
    beforeCents: before,
    afterCents: before - cents + deferredSum(deferred),
    debts: plan.items
      .get(accountId)!
      .filter(({ effect }) => effect > 0)
      .map((debt) => debtOf(debt, book)),
    deferred: deferred.map(({ charge, cents: charged }) => ({ code: charge.code, name: charge.name, cents: charged })),
    creditCents,
  };
}

const debtOf = (debt: OpenItem, book: AccountBook): PreviewDebt => ({
  debitLineId: debt.id,
  transactionId: debt.transactionId,
  invoice: debt.invoice,
  serviceTypeId: debt.serviceTypeId,
  dueOn: debt.dueOn,
  openCents: debt.openCents,
  paidCents: debt.openCents - book.open(debt.id),
});

const deferredWords = ({ number, deferred }: PreviewAccount): string[] =>
  deferred.map(({ name, cents }) => `Account ${number} is charged ${formatCents(cents)} with it: ${name}.`);

const warningsOf = ({ accounts }: PaymentPlan): string[] =>
  [...accounts.values()]
    .filter(({ unpostedCents }) => unpostedCents < 0)
    .map(({ number }) => `Account ${number} has a payment that is not posted yet.`);

/** Money that was there in time but is entered late: penalties since then are suggested for reversal (guide: §4.1). */
async function penaltyWarnings(ctx: QueryContext, facts: PaymentFacts, plan: PaymentPlan): Promise<string[]> {
  const { paidOn } = facts;
  if (paidOn === undefined || paidOn >= ctx.today) return [];
  const all = [...plan.accounts.values()].map(async ({ id, number }): Promise<string | null> => {
    const penalties = await penaltiesSince(ctx, id, paidOn);
    if (penalties.length === 0) return null;
    const sum = formatCents(penalties.reduce((total, { amountCents }) => total + amountCents, 0));
    return `Account ${number} has penalties of ${sum} since ${paidOn}: reverse them if this was paid in time.`;
  });
  return (await Promise.all(all)).filter((warning) => warning !== null);
}

async function duplicateOf(
  { db, today }: QueryContext,
  facts: PaymentFacts,
  plan: PaymentPlan,
  insteadOf: number,
): Promise<string | null> {
  const day = facts.paidOn ?? today;
  const same = await db
    .selectFrom('payment')
    .select(['number', 'created_by as by'])
    .where('source_account_id', '=', plan.source.id)
    .where('paid_on', '=', day)
    .where('total_cents', '=', plan.totalCents)
    .where('id', '<>', insteadOf)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return same ? `The same amount was taken for ${day} already: receipt ${same.number} by ${same.by}.` : null;
}
