import { z } from 'zod';
import type { CivilDate } from './civil-date.ts';
import { amount, day, glCode, yesNo } from './code-attributes.ts';
import type { Cents } from './money.ts';

/** Who or what a deposit is held for (guide: domain §4.5). */
export const DEPOSIT_HOLDERS = ['account', 'customer', 'location'] as const;
export type DepositHolder = (typeof DEPOSIT_HOLDERS)[number];

/** What becomes of a deposit, in the order in which it happens. */
export const DEPOSIT_STATUSES = [
  'charged',
  'partial',
  'held',
  'applied',
  'refunded',
  'transferred',
  'forfeited',
  'cancelled',
] as const;
export type DepositStatus = (typeof DEPOSIT_STATUSES)[number];

/** A yearly rate from a day on, in millionths: 20,000 is 2 %. */
export const interestRate = z.object({ from: day, millionths: z.int().min(0).max(1_000_000) });
export type InterestRate = z.output<typeof interestRate>;

/** What a deposit code says (code table `deposit_code`). */
export const DEPOSIT_TERMS = z.object({
  /** Charged unless the operator says otherwise; 0: nothing is proposed. */
  amountCents: amount(0),
  /** The liability that the money is held on. */
  gl: glCode('2100'),
  refundable: yesNo(1),
  interest: z.enum(['none', 'simple', 'compound']).default('none'),
  rates: z.array(interestRate).max(200).default([]),
  /** Interest is credited by the yearly run, or only when the deposit is released. */
  payInterest: z.enum(['yearly', 'release']).default('yearly'),
  /** Months of good standing before it is given back by itself; 0: never by itself. */
  refundMonths: z.int().min(0).max(600).default(0),
  /** Late charges and returned items in those months that are overlooked. */
  maxLate: z.int().min(0).max(100).default(0),
  maxReturned: z.int().min(0).max(100).default(0),
  /** Pays only debts of the service that it was charged for. */
  onlyService: yesNo(0),
});
export type DepositTerms = z.output<typeof DEPOSIT_TERMS>;

/** How money left a deposit, as its state is called afterwards. */
export type Release = 'applied' | 'refunded' | 'transferred' | 'forfeited';

/** What the ledger says of a deposit. */
export interface DepositSums {
  /** Charged or transferred in, less what was taken back of the charge. */
  readonly chargedCents: Cents;
  /** Paid on the charge, or transferred in. */
  readonly collectedCents: Cents;
  /** Applied, refunded, transferred or forfeited. */
  readonly releasedCents: Cents;
  readonly lastRelease: Release | null;
  readonly lastReleaseOn: CivilDate | null;
}

/** The state that follows from the ledger. */
export interface DepositState {
  readonly status: DepositStatus;
  /** Never below zero, even where a payment came back after the deposit was used. */
  readonly heldCents: Cents;
  /** Null while something is held or still to be collected. */
  readonly releasedOn: CivilDate | null;
}

/** Charged → partially collected → held → applied, refunded, transferred or forfeited (guide: §4.5). */
export function depositState(sums: DepositSums): DepositState {
  const { chargedCents, collectedCents, releasedCents, lastRelease, lastReleaseOn } = sums;
  const heldCents = Math.max(0, collectedCents - releasedCents);
  const owed = chargedCents - collectedCents;
  if (heldCents > 0) return { status: owed > 0 ? 'partial' : 'held', heldCents, releasedOn: null };
  if (owed > 0) return { status: collectedCents > 0 ? 'partial' : 'charged', heldCents, releasedOn: null };
  return { status: lastRelease ?? 'cancelled', heldCents, releasedOn: lastReleaseOn };
}

/** Amounts of instalments: equal, the last one absorbs the rounding, none is zero. */
export function instalmentsOf(cents: Cents, count: number): Cents[] {
  const each = Math.floor(cents / count);
  if (each === 0) return [cents];
  return Array.from({ length: count }, (_, index) => (index === count - 1 ? cents - each * (count - 1) : each));
}

/** How the recommended amount follows from bills. */
export interface DepositPolicy {
  readonly basis: 'highest' | 'average';
  /** So many bills. */
  readonly bills: number;
  /** Null: any amount. */
  readonly mostCents: Cents | null;
}

/** The deposit to ask for: so many times the highest or the average bill, capped; null without bills. */
export function recommendedDeposit(bills: readonly Cents[], policy: DepositPolicy): Cents | null {
  const real = bills.filter((cents) => cents > 0);
  if (real.length === 0) return null;
  const total = real.reduce((sum, cents) => sum + cents, 0);
  const wanted =
    policy.basis === 'highest'
      ? Math.max(...real) * policy.bills
      : Math.floor((2 * total * policy.bills + real.length) / (2 * real.length));
  return policy.mostCents === null ? wanted : Math.min(wanted, policy.mostCents);
}

/** What decides whether a deposit is given back by itself. */
export interface RefundFacts {
  readonly status: DepositStatus;
  /** Whole months since it was collected. */
  readonly months: number;
  readonly lateCharges: number;
  readonly returnedItems: number;
  readonly disconnected: boolean;
  readonly pastDueCents: Cents;
}

/** Reasons why a deposit is not given back by itself yet; none: it is (guide: §4.5, refund criteria). */
export function refundObstacles(terms: DepositTerms, facts: RefundFacts): string[] {
  if (terms.refundable === 0 || terms.refundMonths === 0) return ['never refunded by itself'];
  const obstacles: string[] = [];
  if (facts.status !== 'held') obstacles.push('not wholly collected');
  if (facts.months < terms.refundMonths) obstacles.push(`${facts.months} of ${terms.refundMonths} months`);
  if (facts.lateCharges > terms.maxLate) obstacles.push(`${facts.lateCharges} late charges`);
  if (facts.returnedItems > terms.maxReturned) obstacles.push(`${facts.returnedItems} returned items`);
  if (facts.disconnected) obstacles.push('disconnected');
  if (facts.pastDueCents > 0) obstacles.push('past due');
  return obstacles;
}
