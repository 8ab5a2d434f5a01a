import { addMonths, type CivilDate, daysInMonth, toEpochDay } from './civil-date.ts';

/** The consumption between two readings of one meter. */
export interface PeriodUse {
  /** Day of the reading before; null when it is not known. */
  readonly previousOn: CivilDate | null;
  readonly readOn: CivilDate;
  /** Thousandths of the unit; negative when an estimate is taken back. */
  readonly useMilli: number;
  readonly estimated: boolean;
}

/** The consumption of one calendar month, over all meters. */
export interface MonthUse {
  /** `YYYY-MM`. */
  readonly month: string;
  /** Thousandths of the unit; null when no reading covers any day of it. */
  readonly useMilli: number | null;
  /** Some of it was estimated. */
  readonly estimated: boolean;
  /** Not every day of it is covered: it began, or goes on, unread. */
  readonly partial: boolean;
}

/** A month and the same month one year before. */
export interface YearOnYear {
  readonly now: MonthUse;
  readonly before: MonthUse;
}

interface Sum {
  useMilli: number;
  estimated: boolean;
  readonly days: Set<number>;
}

/**
 * Consumption by calendar month. A read's use is spread evenly over the days after the reading
 * before up to and with its own day, because a bill period seldom is a month: counting it whole
 * in the month of the reading would show a two-monthly meter as every second month empty.
 * Without a reading before, the use stays in the month of the read. Nothing is lost to
 * rounding: the months of a read add up to its use.
 */
export function monthlyUse(reads: readonly PeriodUse[]): Map<string, MonthUse> {
  const sums = new Map<string, Sum>();
  for (const read of reads) spread(read, sums);
  return new Map(
    [...sums].map(([month, { useMilli, estimated, days }]) => [
      month,
      { month, useMilli, estimated, partial: days.size < daysInMonth(+month.slice(0, 4), +month.slice(5, 7)) },
    ]),
  );
}

function spread({ previousOn, readOn, useMilli, estimated }: PeriodUse, sums: Map<string, Sum>): void {
  const last = toEpochDay(readOn);
  const first = previousOn !== null && previousOn < readOn ? toEpochDay(previousOn) + 1 : last;
  const length = last - first + 1;
  let given = 0;
  let day = first;
  let month = previousOn !== null && previousOn < readOn ? monthOfNextDay(previousOn) : readOn.slice(0, 7);
  while (day <= last) {
    const monthEnd = toEpochDay(`${month}-01`) + daysInMonth(+month.slice(0, 4), +month.slice(5, 7)) - 1;
    const until = Math.min(monthEnd, last);
    const upTo = Math.round((useMilli * (until - first + 1)) / length);
    const sum = sums.get(month) ?? { useMilli: 0, estimated: false, days: new Set<number>() };
    sum.useMilli += upTo - given;
    sum.estimated ||= estimated;
    for (let covered = day; covered <= until; covered += 1) sum.days.add(covered);
    sums.set(month, sum);
    given = upTo;
    day = until + 1;
    month = addMonths(`${month}-01`, 1).slice(0, 7);
  }
}

const monthOfNextDay = (date: CivilDate): string =>
  +date.slice(8, 10) === daysInMonth(+date.slice(0, 4), +date.slice(5, 7))
    ? addMonths(date, 1).slice(0, 7)
    : date.slice(0, 7);

/** So many months up to and with the one of `until`, oldest first, each beside the same month a year earlier. */
export function yearOnYear(reads: readonly PeriodUse[], until: CivilDate, months = 12): YearOnYear[] {
  const uses = monthlyUse(reads);
  const at = (month: string): MonthUse => uses.get(month) ?? { month, useMilli: null, estimated: false, partial: true };
  return Array.from({ length: months }, (_, index) => {
    const first = `${until.slice(0, 7)}-01`;
    const back = index - months + 1;
    return { now: at(addMonths(first, back).slice(0, 7)), before: at(addMonths(first, back - 12).slice(0, 7)) };
  });
}
