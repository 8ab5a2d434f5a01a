import type { Cents } from './money.ts';
import { type BilledBy, chargeCents } from './rate.ts';
import { shareOf } from './share.ts';

/** A line of a bill as it stands after what was corrected before. */
export interface BillLine {
  readonly id: number;
  readonly amountCents: Cents;
  /** Thousandths of the unit; null where nothing was measured. */
  readonly quantityMilli: number | null;
  /** The line that it is calculated from, and the share of it in millionths. */
  readonly baseLineId: number | null;
  readonly shareMillionths: number | null;
  /** What payments paid of it. */
  readonly paidCents: Cents;
  readonly reversed: boolean;
  /** What a new quantity is priced by; without it the price of a unit stays. */
  readonly rate?: BilledBy | null;
}

/** What an operator wants a line to be. */
export interface LineChange {
  readonly lineId: number;
  readonly amountCents?: Cents | undefined;
  readonly quantityMilli?: number | undefined;
}

/** What changes on a line; cents above zero raise what is owed. */
export interface LineDifference {
  readonly lineId: number;
  readonly cents: Cents;
  readonly quantityMilli: number | null;
}

/** Parts of a line that cannot be changed, and why; null: free. */
export interface LineLocks {
  readonly amount: string | null;
  readonly quantity: string | null;
  /** The least that its amount can be. */
  readonly leastCents: Cents;
}

/**
 * What is locked once a payment is posted on a line (the seed: most fields are). The quantity is
 * what the customer has paid for and seen on paper; the amount of a line that is paid in part goes
 * no lower than what was paid, and that of a paid line is fixed: it is reversed, or adjusted.
 */
export function locksOf({ amountCents, paidCents, quantityMilli, reversed }: BillLine): LineLocks {
  if (reversed) {
    const gone = 'This line was reversed.';
    return { amount: gone, quantity: gone, leastCents: amountCents };
  }
  const paid = paidCents > 0 && paidCents >= amountCents;
  const quantity =
    quantityMilli === null ? 'Nothing was measured.' : paidCents > 0 ? 'A payment is posted on this line.' : null;
  return {
    amount: paid ? 'This line is paid: reverse it, or enter an adjustment.' : null,
    quantity,
    leastCents: paidCents,
  };
}

/**
 * What follows from changing lines of a bill: the lines themselves, and those calculated from them
 * (taxes, linked charges), unless they are changed themselves. A new quantity alone is priced by the
 * tiers of the line’s rate; where it has none it keeps the price.
 * @returns differences, those of zero left out
 */
export function billDifferences(lines: readonly BillLine[], changes: readonly LineChange[]): LineDifference[] {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const wanted = new Map(changes.map((change) => [change.lineId, change]));
  const known = new Map<number, Cents>();
  const amountOf = (line: BillLine, trail: readonly number[] = []): Cents => {
    const seen = known.get(line.id);
    if (seen !== undefined) return seen;
    const amount = newAmount(line, wanted.get(line.id), () => {
      const base = line.baseLineId === null || trail.includes(line.baseLineId) ? undefined : byId.get(line.baseLineId);
      return base && { before: base.amountCents, after: amountOf(base, [...trail, line.id]) };
    });
    known.set(line.id, amount);
    return amount;
  };
  return lines.flatMap((line) => {
    const cents = amountOf(line) - line.amountCents;
    const quantity = wanted.get(line.id)?.quantityMilli;
    const quantityMilli = quantity === undefined ? null : quantity - (line.quantityMilli ?? 0);
    return cents === 0 && !quantityMilli ? [] : [{ lineId: line.id, cents, quantityMilli }];
  });
}

function newAmount(
  line: BillLine,
  change: LineChange | undefined,
  baseOf: () => { readonly before: Cents; readonly after: Cents } | undefined,
): Cents {
  if (change?.amountCents !== undefined) return change.amountCents;
  if (change?.quantityMilli !== undefined && line.quantityMilli !== null) {
    const priced = repriced(line, line.quantityMilli, change.quantityMilli);
    if (priced !== null) return priced;
  }
  const base = line.reversed ? undefined : baseOf();
  if (!base || base.after === base.before) return line.amountCents;
  if (line.shareMillionths !== null) return shareOf(base.after, line.shareMillionths);
  return base.before === 0 ? line.amountCents : Math.round((line.amountCents * base.after) / base.before);
}

/** What another quantity costs; null where nothing tells. */
function repriced({ amountCents, rate }: BillLine, before: number, after: number): Cents | null {
  if (rate) {
    // By the difference, so that a cent of rounding in the bill stays there.
    return amountCents + chargeCents(rate.rate, after, rate.months) - chargeCents(rate.rate, before, rate.months);
  }
  return before === 0 ? null : Math.round((amountCents * after) / before);
}

/** Lines with all those calculated from them, directly or not. */
export function withFollowers(
  lines: readonly Pick<BillLine, 'id' | 'baseLineId'>[],
  chosen: readonly number[],
): Set<number> {
  const all = new Set(chosen);
  for (let size = -1; size !== all.size;) {
    size = all.size;
    for (const line of lines) if (line.baseLineId !== null && all.has(line.baseLineId)) all.add(line.id);
  }
  return all;
}
