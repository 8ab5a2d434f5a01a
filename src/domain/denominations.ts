import type { Cents } from './money.ts';

/** Notes and coins of the dollar in cents, the largest first. */
export const DENOMINATIONS = [10_000, 5000, 2000, 1000, 500, 200, 100, 50, 25, 10, 5, 1] as const;

/** How many of a note or coin were counted. */
export interface Counted {
  readonly cents: Cents;
  readonly count: number;
}

/** What counted notes and coins are worth. */
export const worthOf = (counted: readonly Counted[]): Cents =>
  counted.reduce((sum, { cents, count }) => sum + cents * count, 0);
