import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, isCivilDate } from '#domain/civil-date.ts';
import { parseTypedDate } from '#domain/typed-date.ts';

const TODAY = '2026-11-21';

describe('a date as it is typed', () => {
  test.each([
    ['today', '2026-11-21'],
    ['.', '2026-11-21'],
    ['+30', '2026-12-21'],
    ['-21', '2026-10-31'],
    ['+2w', '2026-12-05'],
    ['+3m', '2027-02-21'],
    ['-1y', '2025-11-21'],
    ['12/1', '2026-12-01'],
    ['1/5', '2027-01-05'],
    ['12/1/26', '2026-12-01'],
    ['3-4-1999', '1999-03-04'],
    ['3/4/99', '1999-03-04'],
    ['2026-02-28', '2026-02-28'],
    ['1201', '2026-12-01'],
    ['120126', '2026-12-01'],
    [' Tomorrow ', '2026-11-22'],
  ])('%s is %s', (typed, date) => expect(parseTypedDate(typed, TODAY)).toBe(date));

  test.each(['', '13/1', '2/30/2026', '2026-02-30', 'soon', '1/2/3/4', '12/'])('%s is none', (typed) =>
    expect(parseTypedDate(typed, TODAY)).toBeNull(),
  );

  test('what is written out reads as itself, and a day without a year is within six months', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30_000, max: 30_000 }), (days) => {
        const date = addDays(TODAY, days);
        expect(parseTypedDate(date, TODAY)).toBe(date);
        expect(parseTypedDate(`${date.slice(5, 7)}/${date.slice(8, 10)}/${date.slice(0, 4)}`, TODAY)).toBe(date);
        const near = parseTypedDate(`${Number(date.slice(5, 7))}/${Number(date.slice(8, 10))}`, TODAY);
        if (near === null) expect(date.slice(5)).toBe('02-29');
        else {
          expect(isCivilDate(near)).toBe(true);
          expect(Math.abs(Date.parse(near) - Date.parse(TODAY))).toBeLessThanOrEqual(184 * 86_400_000);
        }
      }),
    );
  });
});
