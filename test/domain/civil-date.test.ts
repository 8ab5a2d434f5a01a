import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMonths, ageOn, daysBetween, isCivilDate } from '#domain/civil-date.ts';

const anyDate = fc.integer({ min: -20_000, max: 60_000 }).map((n) => addDays('1970-01-01', n));

describe('civil dates', () => {
  test.each(['2026-02-30', '2026-13-01', '2026-00-10', '26-01-01', '2026-1-1', '', '2025-02-29'])(
    '%s does not exist',
    (text) => {
      expect(isCivilDate(text)).toBe(false);
    },
  );

  test('a month after the last of January is the last of February', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(addMonths('2026-01-15', -13)).toBe('2024-12-15');
  });

  test('days go there and back again, and every date made exists', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
        const later = addDays(date, days);
        expect(isCivilDate(later)).toBe(true);
        expect(daysBetween(date, later)).toBe(days);
        expect(addDays(later, -days)).toBe(date);
      }),
    );
  });

  test('months keep the day or fall on the last of the month', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -60, max: 60 }), (date, months) => {
        const later = addMonths(date, months);
        expect(isCivilDate(later)).toBe(true);
        const kept = later.slice(8) === date.slice(8);
        expect(kept || addDays(later, 1).slice(8) === '01').toBe(true);
      }),
    );
  });
});

test('somebody is a year older on the birthday', () => {
  expect(ageOn('1961-04-07', '2026-04-06')).toBe(64);
  expect(ageOn('1961-04-07', '2026-04-07')).toBe(65);
  expect(ageOn('2004-02-29', '2025-02-28')).toBe(20);
});
