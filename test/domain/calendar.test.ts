import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weekdayOf } from '#domain/banking-days.ts';
import {
  EARLIEST,
  jumpFor,
  LATEST,
  monthEnd,
  monthStart,
  monthWeeks,
  stepDays,
  stepMonths,
  withinReach,
} from '#domain/calendar.ts';
import { addDays, daysBetween, fromEpochDay, isCivilDate, toEpochDay } from '#domain/civil-date.ts';

const anyDate = fc.integer({ min: toEpochDay(EARLIEST), max: toEpochDay(LATEST) }).map(fromEpochDay);
const TODAY = '2026-11-21';

describe('a month as weeks', () => {
  test('November 2026 begins on a Sunday and has five weeks', () => {
    const weeks = monthWeeks('2026-11-21');
    expect(weeks).toHaveLength(5);
    expect(weeks[0]!.map((day) => day?.slice(8))).toEqual(['01', '02', '03', '04', '05', '06', '07']);
    expect(weeks[4]).toEqual(['2026-11-29', '2026-11-30', null, null, null, null, null]);
  });

  test('has every day of the month once, in order, each in the column of its weekday', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const weeks = monthWeeks(date);
        const days = weeks.flat().filter((day) => day !== null);
        expect(days[0]).toBe(monthStart(date));
        expect(days.at(-1)).toBe(monthEnd(date));
        expect(days).toContain(date);
        for (const [at, day] of days.entries()) expect(daysBetween(days[0]!, day)).toBe(at);
        for (const week of weeks) {
          expect(week).toHaveLength(7);
          for (const [weekday, day] of week.entries()) if (day !== null) expect(weekdayOf(day)).toBe(weekday);
        }
      }),
    );
  });
});

describe('moving over the days', () => {
  test('days go there and back again, within reach', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -800, max: 800 }), (date, days) => {
        const there = stepDays(date, days);
        expect(isCivilDate(there)).toBe(true);
        expect(there).toBe(withinReach(there));
        if (there !== EARLIEST && there !== LATEST) expect(stepDays(there, -days)).toBe(date);
      }),
    );
  });

  test('months keep the day or fall on the last of the month, within reach', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -1500, max: 1500 }), (date, months) => {
        const there = stepMonths(date, months);
        expect(isCivilDate(there)).toBe(true);
        expect(there >= EARLIEST && there <= LATEST).toBe(true);
        if (there === EARLIEST || there === LATEST) return;
        expect(there.slice(8) === date.slice(8) || there === monthEnd(there)).toBe(true);
        const apart = (to: string) => Number(to.slice(0, 4)) * 12 + Number(to.slice(5, 7));
        expect(apart(there) - apart(date)).toBe(months);
      }),
    );
  });

  test('stops at the ends of what people write with four digits', () => {
    expect(stepDays(LATEST, 1)).toBe(LATEST);
    expect(stepMonths('9999-12-01', 1)).toBe(LATEST);
    expect(stepMonths('1000-01-15', -12)).toBe(EARLIEST);
    expect(withinReach('0061-04-07')).toBe(EARLIEST);
  });

  test('a year on from a leap day is the last of February', () => {
    expect(stepMonths('2024-02-29', 12)).toBe('2025-02-28');
  });
});

describe('what is typed over a calendar', () => {
  test.each([
    ['1961', '1961-11-30', false],
    ['4/1961', '1961-04-30', false],
    ['2/1961', '1961-02-28', false],
    ['1961-04', '1961-04-30', false],
    ['4/7/1961', '1961-04-07', true],
    ['1961-04-07', '1961-04-07', true],
    ['0407', '2027-04-07', true],
    ['12/1', '2026-12-01', true],
    ['+30', '2026-12-21', true],
  ])('%s leads to %s', (typed, date, named) => {
    expect(jumpFor(typed, '2026-11-30', TODAY)).toEqual({ date, named });
  });

  test.each(['', '19', '196', '13/1961', '1961-13', '0999', '2/30/1961', 'x', '4/7/'])('%s leads nowhere', (typed) => {
    expect(jumpFor(typed, '2026-11-30', TODAY)).toBeNull();
  });

  test('every year of people alive is reached by its four digits, and every date by itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1880, max: 2100 }), anyDate, (year, from) => {
        const jump = jumpFor(String(year), from, TODAY)!;
        expect(jump.named).toBe(false);
        expect(isCivilDate(jump.date)).toBe(true);
        expect(jump.date.slice(0, 7)).toBe(`${year}${from.slice(4, 7)}`);
        expect(jumpFor(addDays(from, 0), TODAY, TODAY)).toEqual({ date: from, named: true });
      }),
    );
  });
});
