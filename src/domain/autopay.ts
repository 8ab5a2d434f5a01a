import type { CivilDate } from './civil-date.ts';
import type { Cents } from './money.ts';
import { type PayingRules, refusalOf } from './payment-methods.ts';

/** What is drawn from; each is also the core payment method that the money comes by. */
export const AUTOPAY_METHODS = { draft: 'Bank draft', card: 'Credit card' } as const;
export type AutopayMethod = keyof typeof AUTOPAY_METHODS;

export const ACCOUNT_TYPES = { checking: 'Checking account', savings: 'Savings account' } as const;
export type BankAccountType = keyof typeof ACCOUNT_TYPES;

/** Special options: how much is drawn (guide: domain §6.1). */
export const AUTOPAY_OPTIONS = {
  balance: 'Pay Account Balance',
  maximum: 'Maximum Amount',
  fixed: 'Fixed Amount',
  required: 'Required Amount (Statement Balance)',
} as const;
export type AutopayOption = keyof typeof AUTOPAY_OPTIONS;

/** Options that say an amount of their own. */
export const takesAmount = (option: string): boolean => option === 'maximum' || option === 'fixed';

export const DRAW_DAYS = {
  due: 'On the due date',
  after_bill: 'Days after the bill',
  day: 'Day of the month',
} as const;
export type DrawOn = keyof typeof DRAW_DAYS;

/** Ways that need a number of days, or a day. */
export const takesDays = (drawOn: string): boolean => drawOn !== 'due';

export const MOST_AMOUNT: Cents = 10_000_000;
const MOST_DAYS_AFTER = 60;
/** Every month has it. */
const LAST_DAY = 28;

/** What is agreed about an instrument, of a draft and of a card. */
export interface AutopayTerms {
  readonly option: AutopayOption;
  readonly amountCents: Cents | null;
  readonly drawOn: DrawOn;
  readonly drawDays: number | null;
}

/** What is wrong with the terms, by field; empty when nothing is. */
export function termsProblems({ option, amountCents, drawOn, drawDays }: AutopayTerms): Record<string, string> {
  const problems: Record<string, string> = {};
  if (takesAmount(option) && (amountCents === null || amountCents <= 0)) {
    problems.amountCents = option === 'fixed' ? 'Enter the fixed amount.' : 'Enter the maximum amount.';
  } else if (amountCents !== null && amountCents > MOST_AMOUNT) problems.amountCents = 'At most 100,000.00.';
  if (!takesDays(drawOn)) return problems;
  const most = drawOn === 'day' ? LAST_DAY : MOST_DAYS_AFTER;
  const least = drawOn === 'day' ? 1 : 0;
  if (drawDays === null || drawDays < least || drawDays > most) {
    problems.drawDays = `${drawOn === 'day' ? 'A day of the month' : 'Days after the bill'}: ${least} to ${most}.`;
  }
  return problems;
}

/** The terms as they are kept: without what their option and day do not ask for. */
export const plainTerms = <T extends AutopayTerms>(terms: T): T => ({
  ...terms,
  amountCents: takesAmount(terms.option) ? terms.amountCents : null,
  drawDays: takesDays(terms.drawOn) ? terms.drawDays : null,
});

/** What an account owes, as the options look at it. */
export interface Owed {
  /** Posted debits less credits, and what is not posted yet. */
  readonly balanceCents: Cents;
  readonly unpostedCents: Cents;
  /** The account's budget amount; null when there is none, or account-level budgets are not used. */
  readonly budgetCents: Cents | null;
  /** The latest statement: what it came to, and what was paid or credited since. */
  readonly statement: { readonly balanceCents: Cents; readonly creditsSinceCents: Cents } | null;
}

/** How much is to be drawn, and what it follows from. */
export interface AmountToDraw {
  readonly cents: Cents;
  readonly basis: 'balance' | 'maximum' | 'fixed' | 'budget' | 'statement' | 'no_statement';
}

/**
 * What is drawn by an option (guide: domain §6.1). Money that waits to be posted counts as paid, so
 * that nobody pays twice; charges that wait are not drawn yet. Of the statement balance that is what
 * is left of the latest statement: charges not linked to it, such as those made after it, are left out.
 */
export function amountToDraw({ option, amountCents }: AutopayTerms, owed: Owed): AmountToDraw {
  const due = Math.max(0, owed.balanceCents + Math.min(0, owed.unpostedCents));
  switch (option) {
    case 'balance':
      return { cents: due, basis: 'balance' };
    case 'maximum': {
      const most = amountCents ?? 0;
      return due > most ? { cents: most, basis: 'maximum' } : { cents: due, basis: 'balance' };
    }
    case 'fixed':
      return { cents: amountCents ?? 0, basis: 'fixed' };
    case 'required': {
      if (owed.budgetCents !== null && owed.budgetCents > 0) return { cents: owed.budgetCents, basis: 'budget' };
      if (owed.statement === null) return { cents: 0, basis: 'no_statement' };
      const { balanceCents, creditsSinceCents } = owed.statement;
      return { cents: Math.max(0, balanceCents - creditsSinceCents), basis: 'statement' };
    }
  }
}

/** Why a customer may not pay automatically by a method, or null: a draft is refused like a check. */
export function autopayRefusal(method: AutopayMethod, rules: PayingRules): string | null {
  const words = refusalOf({ code: method, name: AUTOPAY_METHODS[method], core: method }, rules);
  if (words !== null) return words;
  return method === 'draft' && rules.noChecks
    ? 'The customer’s record says: accept no checks. Nothing is drafted from a bank account either.'
    : null;
}

/** The month after which a card is no good: `YYYY-MM`, its last day included. */
export const isExpired = (expiresIn: string, day: CivilDate): boolean => day.slice(0, 7) > expiresIn;
