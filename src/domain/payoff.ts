import type { CivilDate } from './civil-date.ts';
import type { Cents } from './money.ts';

/** What decides first: the age of a debt, or the company's order of services (guide: domain §4.1). */
export const PAYOFF_RULES = ['age', 'service_order'] as const;
export type PayoffRule = (typeof PAYOFF_RULES)[number];

/** Sorts of debts that may go before others of the same age or service. */
export const DEBT_CLASSES = ['nsf_fee', 'penalty', 'deposit', 'charge'] as const;
export type DebtClass = (typeof DEBT_CLASSES)[number];

/** An open debt as the payoff order sees it. */
export interface OpenDebt {
  /** The debit line. */
  readonly id: number;
  readonly openCents: Cents;
  /** Null: not due by itself; its own date stands in. */
  readonly dueOn: CivilDate | null;
  readonly effectiveOn: CivilDate;
  /** Place of its service in the company's payoff order; what is of no service comes last. */
  readonly payoffRank: number;
  /** Place of its class; 0 where classes do not matter. */
  readonly classRank: number;
  readonly serviceTypeId: number | null;
  /** The invoice that it is on. */
  readonly transactionId: number;
  readonly invoice: string | null;
}

/** Cents that go to a debt. */
export interface Paid {
  readonly id: number;
  readonly cents: Cents;
}

/** Rank of debts of no service. */
export const NO_SERVICE_RANK = 1_000_000;

const order = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
const due = (debt: OpenDebt): CivilDate => debt.dueOn ?? debt.effectiveOn;

type Comparison = (a: OpenDebt, b: OpenDebt) => number;
const byDue: Comparison = (a, b) => order(due(a), due(b));
const byRank: Comparison = (a, b) => a.payoffRank - b.payoffRank || a.classRank - b.classRank;
const byEntry: Comparison = (a, b) => order(a.effectiveOn, b.effectiveOn) || a.id - b.id;
/** Invoice numbers in their natural order: 9 before 10. */
const byInvoice: Comparison = (a, b) => {
  const [x, y] = [a.invoice ?? '', b.invoice ?? ''];
  return x.length - y.length || order(x, y) || a.transactionId - b.transactionId;
};

/** Debts in the order in which money pays them; the same for the same debts, however they come. */
export function inPayoffOrder(debts: readonly OpenDebt[], rule: PayoffRule): OpenDebt[] {
  return rule === 'age'
    ? debts.toSorted((a, b) => byDue(a, b) || byRank(a, b) || byEntry(a, b))
    : debts.toSorted((a, b) => byRank(a, b) || byDue(a, b) || byEntry(a, b));
}

/** First in, first out: the oldest due date, then the invoice's number, each invoice whole before the next (guide: §3.11). */
export const inInvoiceOrder = (debts: readonly OpenDebt[]): OpenDebt[] =>
  debts.toSorted((a, b) => byDue(a, b) || byInvoice(a, b) || byRank(a, b) || byEntry(a, b));

/** Pays debts in the order given until the money is used up. Cents in are cents out: paid and left sum to `cents`. */
export function payOff(ordered: readonly OpenDebt[], cents: Cents): { paid: Paid[]; leftCents: Cents } {
  let left = cents;
  const paid: Paid[] = [];
  for (const { id, openCents } of ordered) {
    if (left === 0) break;
    const part = Math.min(left, openCents);
    if (part <= 0) continue;
    paid.push({ id, cents: part });
    left -= part;
  }
  return { paid, leftCents: left };
}

/** An account that a payment may go to, and what it would take. */
export interface Payable {
  readonly accountId: number;
  readonly owedCents: Cents;
  /** What the operator wants it to get; null: its share in turn. */
  readonly wantedCents: Cents | null;
}

/**
 * How much of a payment each account gets: those with an amount of their own first, then each in
 * turn what it owes; the source account is first in the list and keeps what is left (guide: §4.1).
 * What the operator wants beyond the payment is answered as `overCents`.
 */
export function shareOut(accounts: readonly Payable[], cents: Cents): { shares: Map<number, Cents>; overCents: Cents } {
  const shares = new Map<number, Cents>();
  const wanted = accounts.reduce((sum, account) => sum + (account.wantedCents ?? 0), 0);
  let left = Math.max(0, cents - wanted);
  for (const { accountId, owedCents, wantedCents } of accounts) {
    const share = wantedCents ?? Math.min(left, Math.max(0, owedCents));
    if (wantedCents === null) left -= share;
    shares.set(accountId, share);
  }
  const keeper = accounts.find((account) => account.wantedCents === null);
  if (keeper && left > 0) shares.set(keeper.accountId, shares.get(keeper.accountId)! + left);
  const given = [...shares.values()].reduce((sum, share) => sum + share, 0);
  return { shares, overCents: given - cents };
}

/** A part of a payment: one account, one tender. */
export interface Part {
  readonly accountId: number;
  /** Place of the tender in the payment. */
  readonly tender: number;
  readonly cents: Cents;
}

/** Fills the accounts' shares from the tenders, both in their order. */
export function partsOf(shares: ReadonlyMap<number, Cents>, tenders: readonly Cents[]): Part[] {
  const parts: Part[] = [];
  let tender = 0;
  let left = tenders[0] ?? 0;
  for (const [accountId, share] of shares) {
    let open = share;
    while (open > 0 && tender < tenders.length) {
      const cents = Math.min(open, left);
      if (cents > 0) parts.push({ accountId, tender, cents });
      open -= cents;
      left -= cents;
      if (left === 0) left = tenders[(tender += 1)] ?? 0;
    }
  }
  return parts;
}
