import { weekdayOf } from './banking-days.ts';
import { addMonths, type CivilDate, daysInMonth, fromEpochDay, toEpochDay } from './civil-date.ts';
import { parseTypedDate } from './typed-date.ts';

/** The days that a calendar can reach: those with four digits for the year, as people write it. */
export const EARLIEST: CivilDate = '1000-01-01';
export const LATEST: CivilDate = '9999-12-31';

const DAYS_IN_WEEK = 7;

/** The date, or the nearest that a calendar reaches. */
export function withinReach(date: CivilDate): CivilDate {
  if (date < EARLIEST) return EARLIEST;
  return date > LATEST ? LATEST : date;
}

/** So many days later (earlier, when negative), within reach. */
export function stepDays(date: CivilDate, days: number): CivilDate {
  const day = toEpochDay(date) + days;
  return fromEpochDay(Math.max(toEpochDay(EARLIEST), Math.min(toEpochDay(LATEST), day)));
}

/** So many months later (earlier, when negative), held to the month's last day, within reach. */
export function stepMonths(date: CivilDate, months: number): CivilDate {
  const total = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  if (total < Number(EARLIEST.slice(0, 4)) * 12) return EARLIEST;
  return total > Number(LATEST.slice(0, 4)) * 12 + 11 ? LATEST : addMonths(date, months);
}

/** The first of the date's month. */
export const monthStart = (date: CivilDate): CivilDate => `${date.slice(0, 8)}01`;

/** The last of the date's month. */
export const monthEnd = (date: CivilDate): CivilDate =>
  `${date.slice(0, 8)}${daysInMonth(Number(date.slice(0, 4)), Number(date.slice(5, 7)))}`;

/** The weeks of the date's month, each from Sunday to Saturday; null where a day is another month's. */
export function monthWeeks(date: CivilDate): (CivilDate | null)[][] {
  const first = monthStart(date);
  const days = Number(monthEnd(date).slice(8));
  const before = weekdayOf(first);
  const weeks = Math.ceil((before + days) / DAYS_IN_WEEK);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: DAYS_IN_WEEK }, (_, weekday) => {
      const day = week * DAYS_IN_WEEK + weekday - before + 1;
      return day < 1 || day > days ? null : `${date.slice(0, 8)}${String(day).padStart(2, '0')}`;
    }),
  );
}

/** Where something typed over a calendar leads. */
export interface Jump {
  readonly date: CivilDate;
  /** The day was named too; else it is the one that the calendar was at, in another year or month. */
  readonly named: boolean;
}

/**
 * Where a text typed over a calendar at `from` leads: a year (`1961`), a month (`4/1961`, `1961-04`),
 * or a date in any way that a field takes it; null when it is none of them. Four digits that are a
 * day (`0407`) are one: no year that people type begins like a month.
 */
export function jumpFor(typed: string, from: CivilDate, today: CivilDate): Jump | null {
  const text = typed.trim();
  const whole = parseTypedDate(text, today);
  if (whole !== null) return whole === withinReach(whole) ? { date: whole, named: true } : null;
  const found =
    /^(?<year>\d{4})(?:[/.-](?<month>\d{1,2}))?$/.exec(text) ?? /^(?<month>\d{1,2})[/.-](?<year>\d{4})$/.exec(text);
  const { year = '', month = from.slice(5, 7) } = found?.groups ?? {};
  if (year < EARLIEST.slice(0, 4) || Number(month) < 1 || Number(month) > 12) return null;
  const day = Math.min(Number(from.slice(8)), daysInMonth(Number(year), Number(month)));
  return { date: `${year}-${month.padStart(2, '0')}-${String(day).padStart(2, '0')}`, named: false };
}
