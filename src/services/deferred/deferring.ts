import type { CivilDate } from '#domain/civil-date.ts';
import { chargedAfter, type DeferredTerms, participates } from '#domain/deferred.ts';
import type { Cents } from '#domain/money.ts';
import { NO_SERVICE_RANK } from '#domain/payoff.ts';
import type { AccountBook } from '../ledger/account-book.ts';
import { classRankOf } from '../ledger/open-items.ts';
import type { LedgerSettings } from '../ledger/settings.ts';
import type { DeferredCharge } from './charges.ts';
import {
  chargedKey,
  decisionKey,
  type DeferredFacts,
  type HeldService,
  type PaidCredit,
  type PaidPart,
} from './facts.ts';

/** A charge that a payment brought about, not written yet. */
export interface Deferred {
  readonly id: number;
  readonly charge: DeferredCharge;
  readonly part: PaidPart;
  readonly statementId: number | null;
  readonly statementCents: Cents;
  readonly cents: Cents;
  readonly lines: readonly { readonly id: number; readonly serviceTypeId: number | null; readonly cents: Cents }[];
}

interface Aids {
  readonly settings: LedgerSettings;
  readonly newId: () => number;
  readonly now: number;
}

/**
 * Which deferred charges follow payments (guide: domain §4.8). Each is asked when all of a payment
 * has met the debts of an account; the charges have their turns in their order, and each sees what those before it left.
 */
export class Deferring {
  readonly made: Deferred[] = [];
  readonly #facts: DeferredFacts;
  readonly #aids: Aids;
  readonly #charged: Set<string>;

  constructor(facts: DeferredFacts, aids: Aids) {
    this.#facts = facts;
    this.#aids = aids;
    this.#charged = new Set(facts.charged);
  }

  /** Charges what follows a payment, and pays it from what the payment has left. */
  after(part: PaidPart, book: AccountBook): void {
    const { charges, decided, statements } = this.#facts;
    const mine = charges.filter(({ code, terms }) =>
      participates(terms, decided.get(decisionKey(part.customerId, code))),
    );
    if (mine.length === 0) return;
    const statement = statements.get(part.triggerId) ?? null;
    const due = statement === null ? 0 : toBePaid(book, part, statement.billedOn);
    const statementCents = statement !== null && due > 0 ? statement.balanceCents : 0;
    for (const charge of mine) {
      const guard = chargedKey(part.accountId, statement?.id ?? null, charge.code);
      if (charge.terms.oncePerStatement === 1 && this.#charged.has(guard)) continue;
      const order = turnsOf(charge.terms, this.#facts.services.get(part.accountId) ?? []);
      const rests = inTurn(part.credits, order);
      const paymentCents = rests.reduce((sum, { creditId }) => sum + book.open(creditId), 0);
      const cents = chargedAfter(charge.terms, statementCents, { paymentCents, owedCents: book.owed() });
      if (cents <= 0) continue;
      this.#charged.add(guard);
      const lines = this.#split(book, cents, rests, order[0]?.id ?? null);
      const made = { id: this.#aids.newId(), charge, part, cents, lines, statementCents };
      this.made.push({ ...made, statementId: statement?.id ?? null });
      enterInto(book, made, order, this.#aids);
      for (const line of lines) {
        const payers = rests.filter(({ serviceTypeId: bound }) => bound === null || bound === line.serviceTypeId);
        for (const { creditId } of payers) book.tie(creditId, line.id, line.cents);
      }
      if (this.#aids.settings.creditToBills) book.useCredit(lines.map(({ id }) => id));
    }
  }

  /** A line for each service: money that is bound to one pays its own, all else is of the service whose turn is first. */
  #split(book: AccountBook, cents: Cents, rests: readonly PaidCredit[], first: number | null): Deferred['lines'] {
    const parts = new Map<number | null, Cents>();
    const add = (service: number | null, more: Cents): void =>
      void (more > 0 && parts.set(service, (parts.get(service) ?? 0) + more));
    let left = cents;
    for (const { creditId, serviceTypeId } of rests) {
      const part = Math.min(left, book.open(creditId));
      add(serviceTypeId ?? first, part);
      left -= part;
    }
    add(first, left);
    return [...parts].map(([serviceTypeId, amount]) => ({ id: this.#aids.newId(), serviceTypeId, cents: amount }));
  }
}

/** The charge's lines are debts of the account from here on. */
function enterInto(
  book: AccountBook,
  { id, part, lines }: Pick<Deferred, 'id' | 'part' | 'lines'>,
  order: readonly HeldService[],
  { settings, now }: Aids,
): void {
  const { accountId, customerId, effectiveOn } = part;
  for (const line of lines) {
    book.add({
      id: line.id,
      accountId,
      customerId,
      effectiveOn,
      openCents: line.cents,
      dueOn: null,
      effect: 1,
      kind: 'deferred_charge',
      serviceTypeId: line.serviceTypeId,
      payoffRank: order.find((service) => service.id === line.serviceTypeId)?.rank ?? NO_SERVICE_RANK,
      classRank: classRankOf('deferred_charge', settings.payoffClasses),
      transactionId: id,
      invoice: null,
      createdAt: now,
    });
  }
}

/** What was to be paid of a statement when the payment came: what is still open, and what it has just paid. */
const toBePaid = (book: AccountBook, { credits }: PaidPart, billedOn: CivilDate): Cents =>
  book.owed(billedOn) + book.paidBy(new Set(credits.map(({ creditId }) => creditId)), billedOn);

/** The account's services in the order in which they have their turn: the company's, or the charge's own. */
function turnsOf(terms: DeferredTerms, services: readonly HeldService[]): readonly HeldService[] {
  if (terms.useCompanyOrder === 1) return services;
  const byCode = new Map(services.map((service) => [service.code, service]));
  return terms.services.flatMap((code) => byCode.get(code) ?? []);
}

/** Money for any service first, then what is bound to a service, in the order of those that have a turn. */
function inTurn(credits: readonly PaidCredit[], order: readonly HeldService[]): PaidCredit[] {
  const bound = order.flatMap(({ id }) => credits.filter(({ serviceTypeId }) => serviceTypeId === id));
  return [...credits.filter(({ serviceTypeId }) => serviceTypeId === null), ...bound];
}
