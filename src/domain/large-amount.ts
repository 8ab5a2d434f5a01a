import type { Cents } from './money.ts';

/** From here on an amount far beyond what is owed is asked about: it may be an account number. */
const LARGE = { cents: 100_000, times: 10 } as const;

/** Whether a payment is so far beyond what is owed that somebody should look again. */
export const isOddlyLarge = (paidCents: Cents, owedCents: Cents): boolean =>
  paidCents >= LARGE.cents && paidCents > owedCents * LARGE.times;
