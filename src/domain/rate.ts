import type { Cents } from './money.ts';

/** One step of a rate: up to that much of the unit (thousandths; null: the rest), at so many cents a unit. */
export interface Tier {
  readonly upToMilli: number | null;
  readonly centsPerUnit: number;
}

/** What a rate asks: a fixed part of one month and the steps of one month’s use; none for a flat rate. */
export interface RatePrice {
  readonly minimumCents: Cents;
  readonly tiers: readonly Tier[];
}

/**
 * What a rate charges for a use over so many months (a part of one for first and final
 * bills): the fixed part and the steps are drawn out with the time. Rounded half up, once.
 */
export function chargeCents(rate: RatePrice, usageMilli: number, months: number): Cents {
  let cents = rate.minimumCents * months;
  let below = 0;
  for (const { upToMilli, centsPerUnit } of rate.tiers) {
    const top = upToMilli === null ? Infinity : upToMilli * months;
    if (usageMilli <= below) break;
    cents += ((Math.min(usageMilli, top) - below) / 1000) * centsPerUnit;
    below = top;
  }
  return Math.floor(cents + 0.5);
}

/** The rate that a line was billed by, and over how many months. */
export interface BilledBy {
  readonly rate: RatePrice;
  readonly months: number;
}

/** So far a line may be from what its rate asks and still be taken as billed by it: months are kept in thousandths. */
const NEAR = 0.005;

/** The first of several that asks what was billed; null when none does: the rate has changed since, or the amount by hand. */
export const billedBy = (
  candidates: readonly BilledBy[],
  { amountCents, quantityMilli }: { readonly amountCents: Cents; readonly quantityMilli: number },
): BilledBy | null =>
  candidates.find(
    ({ rate, months }) =>
      Math.abs(chargeCents(rate, quantityMilli, months) - amountCents) <= Math.max(1, amountCents * NEAR),
  ) ?? null;
