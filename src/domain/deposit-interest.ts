import { addMonths, type CivilDate, daysBetween } from './civil-date.ts';
import type { DepositTerms, InterestRate } from './deposit.ts';
import type { Cents } from './money.ts';

/** Money that came to a deposit, or with a minus left it, on a day. */
export interface HeldChange {
  readonly on: CivilDate;
  readonly cents: Cents;
}

/** How a deposit earns interest. */
export interface InterestPlan {
  readonly interest: DepositTerms['interest'];
  readonly rates: readonly InterestRate[];
}

const MILLION = 1_000_000n;
const DAYS = 365n;
const MONTHS = 12n;

interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

const add = (a: Fraction, b: Fraction): Fraction => ({
  top: a.top * b.bottom + b.top * a.bottom,
  bottom: a.bottom * b.bottom,
});

/** Half-up, once, at the end (guide: L1). */
const rounded = ({ top, bottom }: Fraction): Cents => Number((2n * top + bottom) / (2n * bottom));

/** The rate in force on a day, millionths a year; none before the first one. */
function rateOn(rates: readonly InterestRate[], day: CivilDate): bigint {
  const past = rates.filter(({ from }) => from <= day);
  const latest = past.reduce<InterestRate | null>((a, b) => (a === null || b.from >= a.from ? b : a), null);
  return BigInt(latest?.millionths ?? 0);
}

/** A part of the money over the time for which it stayed. */
interface Stay {
  readonly cents: Cents;
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/**
 * What was held, as parts that stayed from one day to another within a span. What leaves is taken
 * from what came last: a payment that came back never was the older money.
 */
function staysOf(changes: readonly HeldChange[], from: CivilDate, to: CivilDate): Stay[] {
  const stays: Stay[] = [];
  const held: { cents: Cents; from: CivilDate }[] = [];
  const ordered = changes.toSorted((a, b) => (a.on === b.on ? b.cents - a.cents : a.on < b.on ? -1 : 1));
  for (const { on, cents } of ordered) {
    if (on > to) break;
    const start = on < from ? from : on;
    if (cents > 0) held.push({ cents, from: start });
    let leaves = -cents;
    while (leaves > 0 && held.length > 0) {
      const last = held.at(-1)!;
      const part = Math.min(leaves, last.cents);
      if (start > last.from) stays.push({ cents: part, from: last.from, to: start });
      last.cents -= part;
      leaves -= part;
      if (last.cents === 0) held.pop();
    }
  }
  return [...stays, ...held.filter((one) => one.from < to).map((one) => ({ ...one, to }))];
}

/** P × r × days ÷ 365, each day at the rate in force. */
function simple({ cents, from, to }: Stay, rates: readonly InterestRate[]): Fraction {
  const turns = rates.map((rate) => rate.from).filter((day) => from < day && day < to);
  const days = [from, ...turns.toSorted(), to];
  let top = 0n;
  for (const [index, day] of days.slice(0, -1).entries()) {
    top += BigInt(cents) * rateOn(rates, day) * BigInt(daysBetween(day, days[index + 1]!));
  }
  return { top, bottom: MILLION * DAYS };
}

/** P × ((1 + r ÷ 12)^m − 1), each month at the rate of its first day, a broken month by its days. */
function compound({ cents, from, to }: Stay, rates: readonly InterestRate[]): Fraction {
  let [top, bottom] = [1n, 1n];
  for (let month = 0; ; month += 1) {
    const [begin, end] = [addMonths(from, month), addMonths(from, month + 1)];
    if (begin >= to) break;
    const rate = rateOn(rates, begin);
    const length = BigInt(daysBetween(begin, end));
    const days = end <= to ? length : BigInt(daysBetween(begin, to));
    const whole = MONTHS * MILLION * length;
    top *= whole + rate * days;
    bottom *= whole;
  }
  return { top: BigInt(cents) * (top - bottom), bottom };
}

/**
 * Interest on what was really held, from the day of its collection on (guide: domain §4.5),
 * rounded half-up once.
 * @param changes all that came and left, of any day
 * @param from up to this day it was credited already; null: never
 * @param to the day of the calculation
 */
export function depositInterest(
  { interest, rates }: InterestPlan,
  changes: readonly HeldChange[],
  from: CivilDate | null,
  to: CivilDate,
): Cents {
  if (interest === 'none') return 0;
  const of = interest === 'simple' ? simple : compound;
  const sum = staysOf(changes, from ?? '0000-01-01', to)
    .map((stay) => of(stay, rates))
    .reduce(add, { top: 0n, bottom: 1n });
  return rounded(sum);
}
