import type { Cents } from './money.ts';

const MILLION = 1_000_000n;

/**
 * A share of an amount in millionths, rounded half up once (guide: L1). Half a cent of a credit goes
 * away from zero too, so that a charge and its reversal cancel out.
 */
export function shareOf(cents: Cents, millionths: number): Cents {
  const product = BigInt(Math.abs(cents)) * BigInt(Math.abs(millionths));
  const rounded = Number((product * 2n + MILLION) / (MILLION * 2n));
  const negative = cents < 0 !== millionths < 0;
  return negative && rounded !== 0 ? -rounded : rounded;
}
