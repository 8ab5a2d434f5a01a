import { type CivilDate, daysBetween } from './civil-date.ts';
import type { Cents } from './money.ts';

/** What ageing needs to know of a ledger line. */
export interface AgeingLine {
  readonly id: number;
  readonly amountCents: Cents;
  /** +1 a debt, −1 a credit, 0 neither. */
  readonly effect: number;
  readonly effectiveOn: CivilDate;
  /** Null: never due by itself, so never late (as for the account's standing). */
  readonly dueOn: CivilDate | null;
}

/** What ageing needs to know of an allocation. */
export interface AgeingAllocation {
  readonly debitLineId: number;
  readonly creditLineId: number;
  readonly amountCents: Cents;
  readonly allocatedOn: CivilDate;
}

/** Number and sum of open debts. */
export interface AgeingBucket {
  readonly count: number;
  readonly cents: Cents;
}

/** Open debts by days past due; `credit` is open credit, which ages nothing. */
export interface Ageing {
  readonly current: AgeingBucket;
  readonly days30: AgeingBucket;
  readonly days60: AgeingBucket;
  readonly days90: AgeingBucket;
  readonly older: AgeingBucket;
  readonly open: AgeingBucket;
  readonly credit: Cents;
}

export type BucketName = 'current' | 'days30' | 'days60' | 'days90' | 'older';

/** From not yet due to the oldest, with what people call them. */
export const BUCKETS: readonly (readonly [name: BucketName, label: string])[] = [
  ['current', 'Current'],
  ['days30', '1–30 days'],
  ['days60', '31–60 days'],
  ['days90', '61–90 days'],
  ['older', 'Over 90 days'],
];

/** The bucket of a debt by whole days past its due date (0 = not past due). */
export function bucketOf(dueOn: CivilDate | null, asOf: CivilDate): BucketName {
  if (dueOn === null) return 'current';
  const late = daysBetween(dueOn, asOf);
  if (late <= 0) return 'current';
  if (late <= 30) return 'days30';
  if (late <= 60) return 'days60';
  return late <= 90 ? 'days90' : 'older';
}

/** What ageing needs to know of a line with something open. */
export interface OpenAmount {
  readonly effect: number;
  readonly dueOn: CivilDate | null;
  readonly openCents: Cents;
}

/** The ageing of what is open on a day. */
export function ageingOf(open: Iterable<OpenAmount>, asOf: CivilDate): Ageing {
  const none = (): { count: number; cents: Cents } => ({ count: 0, cents: 0 });
  const buckets = { current: none(), days30: none(), days60: none(), days90: none(), older: none(), open: none() };
  let credit = 0;
  for (const { effect, dueOn, openCents } of open) {
    if (effect === 0 || openCents === 0) continue;
    if (effect < 0) {
      credit += openCents;
      continue;
    }
    for (const bucket of [buckets[bucketOf(dueOn, asOf)], buckets.open]) {
      bucket.count += 1;
      bucket.cents += openCents;
    }
  }
  return { ...buckets, credit };
}

/**
 * The ageing of a ledger as it stood at the end of `asOf`: debts that had arisen, less what
 * had been allocated to them by then, by whole days past their due date (0 = not past due).
 */
export function ageingAsOf(
  lines: Iterable<AgeingLine>,
  allocations: Iterable<AgeingAllocation>,
  asOf: CivilDate,
): Ageing {
  const settled = new Map<number, Cents>();
  for (const { debitLineId, creditLineId, amountCents, allocatedOn } of allocations) {
    if (allocatedOn > asOf) continue;
    settled.set(debitLineId, (settled.get(debitLineId) ?? 0) + amountCents);
    settled.set(creditLineId, (settled.get(creditLineId) ?? 0) + amountCents);
  }
  const open: OpenAmount[] = [];
  for (const { id, effect, dueOn, effectiveOn, amountCents } of lines) {
    if (effectiveOn <= asOf) open.push({ effect, dueOn, openCents: amountCents - (settled.get(id) ?? 0) });
  }
  return ageingOf(open, asOf);
}
