import { type AmountToDraw, type AutopayTerms, isExpired } from './autopay.ts';
import { bankingDayFrom } from './banking-days.ts';
import { addDays, addMonths, type CivilDate } from './civil-date.ts';
import { type Cents, formatCents } from './money.ts';

/** The latest bill, as the day of a draw follows from it. */
export interface Bill {
  readonly billedOn: CivilDate;
  readonly dueOn: CivilDate;
}

/**
 * The next day, today or later, on which an instrument is drawn from: moved to the next banking day
 * when banks are closed. Null until the next bill, for what follows a bill whose day has passed.
 */
export function drawDay({ drawOn, drawDays }: AutopayTerms, bill: Bill | null, today: CivilDate): CivilDate | null {
  if (drawOn === 'day') return dayOfMonth(drawDays ?? 1, today);
  if (bill === null) return null;
  const day = bankingDayFrom(drawOn === 'due' ? bill.dueOn : addDays(bill.billedOn, drawDays ?? 0));
  return day < today ? null : day;
}

/** A day that was moved past the end of its month still belongs to that month. */
function dayOfMonth(day: number, today: CivilDate): CivilDate {
  const first = `${addMonths(today, -1).slice(0, 7)}-${String(day).padStart(2, '0')}`;
  for (let months = 0; ; months += 1) {
    const next = bankingDayFrom(addMonths(first, months));
    if (next >= today) return next;
  }
}

/** Regulation E, 12 CFR 1005.10(d): the amount is told so many days ahead when it differs from the last. */
const NOTICE_DAYS = 10;
export const noticeBy = (drawOn: CivilDate): CivilDate => addDays(drawOn, -NOTICE_DAYS);

/** Why nothing is drawn, in the order in which somebody would look for it. */
export const SKIP_REASONS = {
  suspended: 'Suspended',
  waiting: 'Another instrument is the automatic one',
  unauthorised: 'No signed authorisation yet',
  refused: 'The customer’s record refuses it',
  expired: 'The card has expired',
  incomplete: 'There is no account number or token',
  collections: 'With a collection agency',
  bankrupt: 'The customer is bankrupt',
  final: 'The account is final',
  waiting_account: 'The customer has not moved in yet',
  no_bill: 'After the next bill',
  drawn: 'Drawn for this bill already',
  nothing: 'Nothing is due',
  minimum: 'Below the least amount',
} as const;
export type SkipReason = keyof typeof SKIP_REASONS;

/** What decides besides the amount. */
export interface DrawFacts {
  readonly automatic: boolean;
  readonly suspendedOn: CivilDate | null;
  readonly suspendedReason: string | null;
  readonly authorisedOn: CivilDate | null;
  /** Why the customer's record refuses the method; null when it does not. */
  readonly refusal: string | null;
  /** Last month of a card. */
  readonly expiresIn: string | null;
  /** The sealed number or token is there. */
  readonly complete: boolean;
  readonly inCollections: boolean;
  readonly bankrupt: boolean;
  readonly activity: 'current' | 'waiting' | 'final';
  /** Accounts of former residents are drawn from, too (company option). */
  readonly drawFinal: boolean;
  /** A payment came by this method since the latest bill. */
  readonly drawnOn: CivilDate | null;
  /** The least amount that is drawn (company option). */
  readonly leastCents: Cents;
}

/** Why nothing is drawn, with what is known of it; null: it is drawn. */
export interface Skip {
  readonly reason: SkipReason;
  readonly words: string;
}

const skip = (reason: SkipReason, more = ''): Skip => ({
  reason,
  words: more === '' ? `${SKIP_REASONS[reason]}.` : `${SKIP_REASONS[reason]}: ${more}`,
});

/** The first reason why an instrument is not drawn from on its day; null when it is. */
export function skipOf(facts: DrawFacts, day: CivilDate | null, amount: AmountToDraw): Skip | null {
  const standing = standingSkip(facts, day);
  if (standing) return standing;
  if (facts.activity === 'final' && !facts.drawFinal) return skip('final');
  if (facts.activity === 'waiting') return skip('waiting_account');
  if (amount.basis === 'no_statement') return skip('nothing', 'there is no statement and no budget amount.');
  if (facts.drawnOn !== null) return skip('drawn', `on ${facts.drawnOn}.`);
  if (day === null) return skip('no_bill');
  if (amount.cents <= 0) return skip('nothing');
  if (amount.cents < facts.leastCents) return skip('minimum', formatCents(facts.leastCents));
  return null;
}

/** What holds for every account of the customer. */
function standingSkip(facts: DrawFacts, day: CivilDate | null): Skip | null {
  const { suspendedOn, suspendedReason, expiresIn } = facts;
  if (!facts.automatic) return skip('waiting');
  if (suspendedOn !== null) return skip('suspended', `since ${suspendedOn}, ${suspendedReason ?? 'nobody said why'}`);
  if (facts.authorisedOn === null) return skip('unauthorised');
  if (facts.refusal !== null) return { reason: 'refused', words: facts.refusal };
  if (expiresIn !== null && day !== null && isExpired(expiresIn, day)) return skip('expired', expiresIn);
  if (!facts.complete) return skip('incomplete');
  if (facts.inCollections) return skip('collections');
  return facts.bankrupt ? skip('bankrupt') : null;
}
