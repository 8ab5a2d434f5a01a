import type { Cents } from '#domain/money.ts';
import { type Deferred, Deferring } from '../deferred/deferring.ts';
import { deferredFacts, type PaidPart } from '../deferred/facts.ts';
import { AccountBook } from '../ledger/account-book.ts';
import type { OpenItem } from '../ledger/open-items.ts';
import type { QueryContext } from '../operation.ts';
import type { PaymentFacts } from './input.ts';
import type { PaymentPlan } from './plan.ts';

/** An account as a payment would leave it. */
export interface Settled {
  readonly book: AccountBook;
  /** Of the payment, left as open credit. */
  readonly creditCents: Cents;
  /** Charges that it would bring about. */
  readonly deferred: readonly Deferred[];
}

/** Lets a payment meet the debts of its accounts as posting would, changing nothing; by account. */
export async function settledAccounts(
  { db, today, now }: Pick<QueryContext, 'db' | 'today' | 'now'>,
  facts: PaymentFacts,
  plan: PaymentPlan,
): Promise<Map<number, Settled>> {
  const spread = [...plan.shares].map(([accountId, cents]) => spreadOn(facts, plan, accountId, cents));
  const parts = spread.map(({ money }): PaidPart => {
    const { accountId, customerId } = money[0]!;
    const credits = money.map(({ id, serviceTypeId }) => ({ creditId: id, serviceTypeId }));
    // Nothing is written yet: each account stands for its transaction.
    return { accountId, customerId, effectiveOn: facts.paidOn ?? today, triggerId: accountId, number: null, credits };
  });
  const known = await deferredFacts(
    db,
    parts.filter((_, at) => spread[at]!.money.some(({ openCents }) => openCents > 0)),
  );
  let last = -1_000;
  const newId = (): number => (last -= 1);
  return new Map(
    spread.map(({ book, money }, at) => {
      const part = parts[at]!;
      const deferring = known && new Deferring(known, { settings: plan.settings, newId, now });
      if ((plan.shares.get(part.accountId) ?? 0) > 0) deferring?.after(part, book);
      const creditCents = money.reduce((sum, { id }) => sum + book.open(id), 0);
      return [part.accountId, { book, creditCents, deferred: deferring?.made ?? [] }];
    }),
  );
}

/** What the charges come to. */
export const deferredSum = (deferred: readonly Deferred[]): Cents =>
  deferred.reduce((sum, { cents }) => sum + cents, 0);

function spreadOn(
  facts: PaymentFacts,
  plan: PaymentPlan,
  accountId: number,
  cents: Cents,
): { readonly book: AccountBook; readonly money: readonly OpenItem[] } {
  const { free, directed } = moneyOf(plan, accountId, cents);
  const money = [free, ...directed];
  const book = new AccountBook([...plan.items.get(accountId)!, ...money], plan.settings.payoffRule);
  for (const { debitLineId, cents: part } of plan.targets.get(accountId)!) {
    if (debitLineId !== null) book.tie(free.id, debitLineId, part);
  }
  const byHand = facts.mode === 'manual' || facts.mode === 'spec';
  for (const { id } of byHand ? directed : [...directed, free]) {
    book.pay(id, facts.mode === 'fifo' ? 'invoices' : 'payoff');
  }
  return { book, money };
}

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
