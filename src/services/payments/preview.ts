import { z } from 'zod';
import type { CivilDate } from '#domain/civil-date.ts';
import { type Cents, formatCents } from '#domain/money.ts';
import { AccountBook } from '../ledger/account-book.ts';
import type { OpenItem } from '../ledger/open-items.ts';
import { query, type QueryContext } from '../operation.ts';
import { penaltiesSince } from '../penalties/suggest.ts';
import { assertVisible } from '../subject.ts';
import { paymentFacts, type PaymentFacts } from './input.ts';
import { planPayment, type PaymentPlan } from './plan.ts';

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
    return {
      totalCents: plan.totalCents,
      accounts: [...plan.shares].map(([accountId, cents]) => previewOf(facts, plan, accountId, cents)),
      warnings: [...(insteadOf === undefined ? warningsOf(plan) : []), ...(await penaltyWarnings(ctx, facts, plan))],
      duplicate: await duplicateOf(ctx, facts, plan, insteadOf ?? 0),
    };
  },
});

function previewOf(facts: PaymentFacts, plan: PaymentPlan, accountId: number, cents: Cents): PreviewAccount {
  const { number, name, balanceCents, unpostedCents } = plan.accounts.get(accountId)!;
  const items = plan.items.get(accountId)!;
  const targets = plan.targets.get(accountId)!;
  const { free, directed } = moneyOf(plan, accountId, cents);
  const book = new AccountBook([...items, free, ...directed], plan.settings.payoffRule);
  for (const { debitLineId, cents: part } of targets) if (debitLineId !== null) book.tie(free.id, debitLineId, part);
  const byHand = facts.mode === 'manual' || facts.mode === 'spec';
  for (const { id } of byHand ? directed : [...directed, free])
    book.pay(id, facts.mode === 'fifo' ? 'invoices' : 'payoff');
  const before = balanceCents + unpostedCents;
  const debts = items.filter(({ effect }) => effect > 0);
  const paid = debts.reduce((sum, debt) => sum + debt.openCents - book.open(debt.id), 0);
  return {
    accountId,
    number,
    name,
    cents,
    beforeCents: before,
    afterCents: before - cents,
    debts: debts.map((debt) => debtOf(debt, book)),
    creditCents: cents - paid,
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

/** Lines that stand for the payment while it meets the debts: one for each service that it names, and the rest. */
function moneyOf(plan: PaymentPlan, accountId: number, cents: Cents): { free: OpenItem; directed: OpenItem[] } {
  const { customerId } = plan.accounts.get(accountId)!;
  const line = (id: number, serviceTypeId: number | null, openCents: Cents): OpenItem => ({
    id,
    accountId,
    customerId,
    openCents,
    serviceTypeId,
    dueOn: null,
    effectiveOn: '',
    effect: -1,
    kind: 'payment',
    payoffRank: 0,
    classRank: 0,
    transactionId: id,
    invoice: null,
    createdAt: 0,
  });
  const services = plan.targets.get(accountId)!.filter(({ serviceTypeId }) => serviceTypeId !== null);
  const directed = services.map((target, at) => line(-2 - at, target.serviceTypeId, target.cents));
  const rest = directed.reduce((left, { openCents }) => left - openCents, cents);
  return { free: line(-1, null, rest), directed };
}

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
