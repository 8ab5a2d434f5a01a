import { z } from 'zod';
import { amount, codes, glCode, yesNo } from './code-attributes.ts';
import type { Cents } from './money.ts';
import { shareOf } from './share.ts';

/** Who takes part without having said anything: nobody (opt-in), or everybody (opt-out). */
export const SIGN_UPS = { opt_in: 'Opt-in', opt_out: 'Opt-out' } as const;
export type SignUp = keyof typeof SIGN_UPS;

/** What brings the charge about: money beyond everything owed, or any payment. */
export const TRIGGERS = { overpayment: 'Overpayment', payment: 'Payment' } as const;
export type DeferredTrigger = keyof typeof TRIGGERS;

/** How the ticked amounts become one. */
export const CALCULATIONS = {
  maximum: 'Maximum of checked',
  minimum: 'Minimum of checked',
  sum: 'Sum of checked',
} as const;
export type Calculation = keyof typeof CALCULATIONS;

const keys = <T extends string>(of: Readonly<Record<T, string>>) => Object.keys(of) as [T, ...T[]];

/**
 * What a deferred charge says (code table `deferred_charge`; guide: domain §4.8): each amount counts
 * while it is ticked, and keeps its value when it is not.
 */
export const DEFERRED_TERMS = z.object({
  signUp: z.enum(keys(SIGN_UPS)).default('opt_in'),
  trigger: z.enum(keys(TRIGGERS)).default('overpayment'),
  fixed: yesNo(0),
  fixedCents: amount(0),
  percentage: yesNo(0),
  /** Of the statement: 20,000 is 2 %. */
  millionths: z.int().min(0, 'Not below zero').max(1_000_000, 'At most 100 %').default(0),
  roundUp: yesNo(0),
  /** The statement is rounded up to the next multiple of this; 0: not at all. */
  roundUpCents: amount(0),
  calculation: z.enum(keys(CALCULATIONS)).default('maximum'),
  /** Never more than `capCents`. */
  cap: yesNo(0),
  capCents: amount(0),
  gl: glCode('4900'),
  /** The services that it goes on are looked at in the order of the company, or in that of `services`. */
  useCompanyOrder: yesNo(1),
  /** Codes of services in the order of their turn. */
  services: codes(),
  /** Once for each statement; otherwise with each payment. */
  oncePerStatement: yesNo(1),
});
export type DeferredTerms = z.output<typeof DEFERRED_TERMS>;

/** From a statement up to the next multiple; nothing where it is one, or asks for nothing. */
function upToMultiple(statementCents: Cents, multiple: Cents): Cents {
  if (multiple === 0) return 0;
  const over = Math.max(0, statementCents) % multiple;
  return over === 0 ? 0 : multiple - over;
}

/** Each ticked amount by itself. */
function tickedAmounts(terms: DeferredTerms, statementCents: Cents): Cents[] {
  const { fixed, fixedCents, percentage, millionths, roundUp, roundUpCents } = terms;
  return [
    ...(fixed === 1 ? [fixedCents] : []),
    ...(percentage === 1 ? [shareOf(Math.max(0, statementCents), millionths)] : []),
    ...(roundUp === 1 ? [upToMultiple(statementCents, roundUpCents)] : []),
  ];
}

/**
 * What a charge asks for (guide: §4.8, examples D1 and D2): the largest, the smallest or the sum of
 * what is ticked, never more than its cap. Of a statement of nothing, or of a credit, only the fixed amount is left.
 * @param statementCents amount of the latest statement while something of it is to be paid, else 0
 */
export function deferredAmount(terms: DeferredTerms, statementCents: Cents): Cents {
  const amounts = tickedAmounts(terms, statementCents);
  if (amounts.length === 0) return 0;
  const asked =
    terms.calculation === 'maximum'
      ? Math.max(...amounts)
      : terms.calculation === 'minimum'
        ? Math.min(...amounts)
        : amounts.reduce((sum, cents) => sum + cents, 0);
  return terms.cap === 1 ? Math.min(asked, terms.capCents) : asked;
}

/** Money that a payment has left, and what else is still owed. */
export interface Left {
  readonly paymentCents: Cents;
  readonly owedCents: Cents;
}

/**
 * What is charged after a payment (examples D3 and D4): by an overpayment no more than it has left
 * beyond everything owed, so that the balance never rises above nothing; by any payment all of it.
 */
export function chargedAfter(terms: DeferredTerms, statementCents: Cents, { paymentCents, owedCents }: Left): Cents {
  const asked = deferredAmount(terms, statementCents);
  return terms.trigger === 'payment' ? asked : Math.max(0, Math.min(asked, paymentCents - owedCents));
}

/** Whether a customer takes part: by an own decision, else as the charge's sign-up has it. */
export const participates = ({ signUp }: Pick<DeferredTerms, 'signUp'>, decided: 0 | 1 | undefined): boolean =>
  decided === undefined ? signUp === 'opt_out' : decided === 1;

/** In words what it charges: `Maximum of checked: 1.00, 2 %, up to a multiple of 5.00; at most 2.00`. */
export function termsInWords(terms: DeferredTerms, money: (cents: Cents) => string): string {
  const { fixed, fixedCents, percentage, millionths, roundUp, roundUpCents, calculation, cap, capCents } = terms;
  const parts = [
    ...(fixed === 1 ? [money(fixedCents)] : []),
    ...(percentage === 1 ? [`${millionths / 10_000} %`] : []),
    ...(roundUp === 1 ? [`up to a multiple of ${money(roundUpCents)}`] : []),
  ];
  const how = parts.length > 1 ? `${CALCULATIONS[calculation]}: ` : '';
  return `${how}${parts.join(', ') || 'nothing'}${cap === 1 ? `; at most ${money(capCents)}` : ''}`;
}
