import { z } from 'zod';
import { addDays, addMonths, type CivilDate } from './civil-date.ts';
import { amount, codes, glCode, yesNo } from './code-attributes.ts';
import { underGrace } from './grace.ts';
import type { Cents } from './money.ts';

/** What a penalty code says (code table `penalty_code`; guide: domain §4.6). */
export const PENALTY_TERMS = z.object({
  /** All that is past due, the last bill alone, or only the services named. */
  basis: z.enum(['past_due', 'current_bill', 'services']).default('past_due'),
  /** Of the base: 100,000 is 10 %. */
  millionths: z.int().min(0).max(1_000_000).default(0),
  flatCents: amount(0),
  /** The least that is charged, and the most; null: any amount. */
  minimumCents: amount(0),
  maximumCents: z.int().min(0).max(1_000_000_000).nullable().default(null),
  /** Below this base nothing is charged. */
  leastBaseCents: amount(0),
  /** Days after the due date in which nothing happens. */
  graceDays: z.int().min(0).max(365).default(0),
  /** Each debt once for ever; otherwise once a month while it is open. */
  oncePerItem: yesNo(1),
  /** Penalties themselves are penalised. */
  onPenalties: yesNo(0),
  /** Codes of services that the basis `services` looks at, and of those that are never penalised. */
  services: codes(),
  exemptServices: codes(),
  /** Codes of revenue classes that are never penalised. */
  exemptClasses: codes(),
  /** Government pays no penalty (Texas: no fee to the state). */
  exemptGovernment: yesNo(1),
  gl: glCode('4910'),
  /** Days until a penalty is due. */
  dueDays: z.int().min(0).max(365).default(20),
});
export type PenaltyTerms = z.output<typeof PENALTY_TERMS>;

/** Why an account is not penalised, and how that is said. */
export const EXEMPTIONS = {
  grace: 'Grace date',
  condition: 'Special condition',
  disputed: 'Disputed',
  arrangement: 'Payment arrangement in good standing',
  bankrupt: 'Bankrupt',
  hold: 'On hold',
  bad_debt: 'Bad debt',
  government: 'Government',
  class: 'Exempt revenue class',
  service: 'Exempt service',
  minimum: 'Below the least balance',
  changed: 'Paid or changed since the calculation',
  penalised: 'Penalised meanwhile',
} as const;
export type Exemption = keyof typeof EXEMPTIONS;

/** An open debt that a penalty may be on. */
export interface PenaltyItem {
  readonly lineId: number;
  readonly openCents: Cents;
  readonly service: string | null;
}

/** What decides about an account besides its debts. */
export interface PenaltyFacts {
  /** The last day on which a note protects it. */
  readonly graceOn: CivilDate | null;
  /** Name of a special condition that exempts it, or marks its debt as disputed. */
  readonly condition: string | null;
  readonly disputed: string | null;
  readonly arranged: boolean;
  readonly bankrupt: boolean;
  /** Held back by its customer's dunning hold up to this day. */
  readonly holdUntil: CivilDate | null;
  readonly badDebt: boolean;
  readonly government: boolean;
  readonly revenueClass: string | null;
}

/** What becomes of an account in a run. */
export interface Judged {
  readonly baseCents: Cents;
  readonly penaltyCents: Cents;
  /** The debts that the base is the sum of. */
  readonly items: readonly PenaltyItem[];
  /** Null: it is charged. */
  readonly exemption: Exemption | null;
  /** A date or a name that goes with the exemption. */
  readonly because: string | null;
}

/** `base × pct` rounded half-up once, and the flat amount; at least the minimum, at most the cap (guide: §4.6). */
export function penaltyOn(terms: PenaltyTerms, baseCents: Cents): Cents {
  const share = Number((2n * BigInt(baseCents) * BigInt(terms.millionths) + 1_000_000n) / 2_000_000n);
  const wanted = Math.max(terms.minimumCents, share + terms.flatCents);
  return terms.maximumCents === null ? wanted : Math.min(wanted, terms.maximumCents);
}

/** Debts due before this day are late: due date + grace days < day of the run. */
export const lateBefore = (terms: PenaltyTerms, runOn: CivilDate): CivilDate => addDays(runOn, -terms.graceDays);

/** A debt is charged again only when its last penalty is of this day or before; null: never again. */
export const againFrom = (terms: PenaltyTerms, runOn: CivilDate): CivilDate | null =>
  terms.oncePerItem === 1 ? null : addMonths(runOn, -1);

const until = (day: CivilDate | null, runOn: CivilDate): boolean => day !== null && runOn <= day;

/** The first exemption that holds, in the order in which a reviewer would look for it. */
function exemptionOf(terms: PenaltyTerms, facts: PenaltyFacts, runOn: CivilDate): [Exemption, string | null] | null {
  if (facts.bankrupt) return ['bankrupt', null];
  if (facts.badDebt) return ['bad_debt', null];
  if (facts.government && terms.exemptGovernment === 1) return ['government', null];
  if (facts.revenueClass !== null && terms.exemptClasses.includes(facts.revenueClass)) {
    return ['class', facts.revenueClass];
  }
  if (facts.disputed !== null) return ['disputed', facts.disputed];
  if (facts.condition !== null) return ['condition', facts.condition];
  if (facts.arranged) return ['arrangement', null];
  if (underGrace(facts.graceOn, runOn)) return ['grace', facts.graceOn];
  if (until(facts.holdUntil, runOn)) return ['hold', facts.holdUntil];
  return null;
}

/** Whether, how much and why not: one account of a run, with its late debts. */
export function judge(
  terms: PenaltyTerms,
  facts: PenaltyFacts,
  late: readonly PenaltyItem[],
  runOn: CivilDate,
): Judged {
  const items = late.filter(({ service }) => service === null || !terms.exemptServices.includes(service));
  const counted = items.length === 0 ? late : items;
  const baseCents = counted.reduce((sum, { openCents }) => sum + openCents, 0);
  const none = { baseCents, penaltyCents: 0, items: counted };
  const exempt = exemptionOf(terms, facts, runOn);
  if (exempt) return { ...none, exemption: exempt[0], because: exempt[1] };
  if (items.length === 0) return { ...none, exemption: 'service', because: late[0]?.service ?? null };
  const penaltyCents = penaltyOn(terms, baseCents);
  if (baseCents < terms.leastBaseCents || penaltyCents === 0) return { ...none, exemption: 'minimum', because: null };
  return { baseCents, penaltyCents, items, exemption: null, because: null };
}

/** The reason as it is stored: the code, and what goes with it. */
export const exemptionText = (exemption: Exemption, because: string | null): string =>
  because === null ? exemption : `${exemption} ${because}`;

/** A stored reason in words; what a reviewer wrote stays as it is. */
export function reasonInWords(reason: string): string {
  const [code = '', ...rest] = reason.split(' ');
  const words = (EXEMPTIONS as Readonly<Record<string, string>>)[code];
  return words === undefined ? reason : [words, ...rest].join(' ');
}
