import type { CivilDate } from './civil-date.ts';
import { underGrace } from './grace.ts';
import type { Cents } from './money.ts';

/** Why an account is not shut off on a day, as reviewers read it (guide: domain §7). */
export const SHUT_OFF_HOLDS = {
  nothing_late: 'Nothing is past due',
  paid: 'Payments that are not posted yet cover it',
  bankrupt: 'Bankrupt',
  condition: 'Special condition',
  arrangement: 'Arrangement in force',
  grace: 'Grace date',
  hold: 'On hold',
} as const;

export type ShutOffHold = keyof typeof SHUT_OFF_HOLDS;

/** What decides about an account on the day of its shut-off. */
export interface ShutOffFacts {
  readonly pastDueCents: Cents;
  /** Payments entered and not posted, positive: they keep the service on before they count. */
  readonly unpostedCents: Cents;
  readonly bankrupt: boolean;
  /** Name of a special condition that forbids it. */
  readonly condition: string | null;
  readonly arranged: boolean;
  /** Latest grace date of its notes. */
  readonly graceOn: CivilDate | null;
  /** Held back by its customer's dunning hold up to this day. */
  readonly holdUntil: CivilDate | null;
}

/** The first reason that holds, with the date or name that goes with it; null: it may be shut off. */
export function shutOffHold(facts: ShutOffFacts, on: CivilDate): readonly [ShutOffHold, string | null] | null {
  if (facts.pastDueCents <= 0) return ['nothing_late', null];
  if (facts.unpostedCents >= facts.pastDueCents) return ['paid', null];
  if (facts.bankrupt) return ['bankrupt', null];
  if (facts.condition !== null) return ['condition', facts.condition];
  if (facts.arranged) return ['arrangement', null];
  if (underGrace(facts.graceOn, on)) return ['grace', facts.graceOn];
  if (facts.holdUntil !== null && on <= facts.holdUntil) return ['hold', facts.holdUntil];
  return null;
}
