import { addDays, type CivilDate, daysInMonth, toEpochDay } from './civil-date.ts';

/** 0 is Sunday; the first of January 1970 was a Thursday. */
export const weekdayOf = (day: CivilDate): number => (((toEpochDay(day) + 4) % 7) + 7) % 7;

const dayOf = (year: number, month: number, day: number): CivilDate =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** The n-th of a weekday in a month; of `last` the last one. */
function nth(year: number, month: number, weekday: number, n: number | 'last'): CivilDate {
  if (n === 'last') {
    const end = dayOf(year, month, daysInMonth(year, month));
    return addDays(end, -((weekdayOf(end) - weekday + 7) % 7));
  }
  const first = dayOf(year, month, 1);
  return addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1));
}

const MONDAY = 1;
const THURSDAY = 4;

/**
 * Holidays of the Federal Reserve Banks (5 U.S.C. 6103). One that falls on a Sunday is kept on the
 * Monday; on the Friday before one that falls on a Saturday the banks are open.
 */
function holidaysOf(year: number): ReadonlySet<CivilDate> {
  const fixed = [dayOf(year, 1, 1), dayOf(year, 7, 4), dayOf(year, 11, 11), dayOf(year, 12, 25)];
  if (year >= 2021) fixed.push(dayOf(year, 6, 19));
  return new Set([
    ...fixed.map((day) => (weekdayOf(day) === 0 ? addDays(day, 1) : day)),
    nth(year, 1, MONDAY, 3),
    nth(year, 2, MONDAY, 3),
    nth(year, 5, MONDAY, 'last'),
    nth(year, 9, MONDAY, 1),
    nth(year, 10, MONDAY, 2),
    nth(year, 11, THURSDAY, 4),
  ]);
}

const holidays = new Map<number, ReadonlySet<CivilDate>>();

/** Whether banks settle on that day: no weekend, no holiday of the Federal Reserve. */
export function isBankingDay(day: CivilDate): boolean {
  const weekday = weekdayOf(day);
  if (weekday === 0 || weekday === 6) return false;
  const year = Number(day.slice(0, 4));
  const known = holidays.get(year) ?? holidaysOf(year);
  holidays.set(year, known);
  return !known.has(day);
}

/** The day itself when banks settle on it, else the next on which they do. */
export function bankingDayFrom(day: CivilDate): CivilDate {
  let next = day;
  while (!isBankingDay(next)) next = addDays(next, 1);
  return next;
}
