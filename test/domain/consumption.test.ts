import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#domain/civil-date.ts';
import { monthlyUse, type PeriodUse, yearOnYear } from '#domain/consumption.ts';

const read = (previousOn: string | null, readOn: string, useMilli: number, estimated = false): PeriodUse => ({
  previousOn,
  readOn,
  useMilli,
  estimated,
});

describe('consumption by month', () => {
  test('a period over two months is shared by its days', () => {
    const months = monthlyUse([read('2026-01-21', '2026-02-20', 30_000)]);
    expect(months.get('2026-01')).toEqual({ month: '2026-01', useMilli: 10_000, estimated: false, partial: true });
    expect(months.get('2026-02')).toMatchObject({ useMilli: 20_000, partial: true });
  });

  test('from one month’s end to the next is that whole month', () => {
    const months = monthlyUse([read('2026-01-31', '2026-02-28', 8_400)]);
    expect([...months.values()]).toEqual([{ month: '2026-02', useMilli: 8_400, estimated: false, partial: false }]);
  });

  test('without a reading before, or with one on the same day, all is in the month of the read', () => {
    expect(monthlyUse([read(null, '2026-03-05', 7)]).get('2026-03')!.useMilli).toBe(7);
    expect(monthlyUse([read('2026-03-05', '2026-03-05', 7)]).get('2026-03')!.useMilli).toBe(7);
  });

  test('two meters add up, and one estimate marks the month', () => {
    const months = monthlyUse([read('2026-01-31', '2026-02-28', 100), read('2026-01-31', '2026-02-28', 50, true)]);
    expect(months.get('2026-02')).toMatchObject({ useMilli: 150, estimated: true, partial: false });
  });

  test('a year beside the year before, months without readings null', () => {
    const months = yearOnYear(
      [read('2025-09-30', '2025-10-31', 300), read('2026-09-30', '2026-10-31', 310)],
      '2026-11-21',
    );
    expect(months).toHaveLength(12);
    expect(months[0]!.now.month).toBe('2025-12');
    expect(months.at(-1)!.now).toMatchObject({ month: '2026-11', useMilli: null });
    expect(months.at(-2)).toMatchObject({ now: { useMilli: 310 }, before: { month: '2025-10', useMilli: 300 } });
  });

  test('whatever the periods, nothing is lost and nothing added', () => {
    const reads = fc.array(
      fc.record({
        start: fc.integer({ min: 0, max: 1500 }),
        days: fc.integer({ min: 0, max: 200 }),
        useMilli: fc.integer({ min: -1_000_000, max: 90_000_000 }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(reads, (drawn) => {
        const periods = drawn.map(({ start, days, useMilli }) =>
          read(addDays('2022-12-25', start), addDays('2022-12-25', start + days), useMilli),
        );
        const total = [...monthlyUse(periods).values()].reduce((sum, month) => sum + (month.useMilli ?? 0), 0);
        expect(total).toBe(drawn.reduce((sum, { useMilli }) => sum + useMilli, 0));
      }),
    );
  });

  test('steady use gives each day the same, so months differ by their days only', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), (days) => {
        const count = Math.ceil(400 / days);
        const reads = Array.from({ length: count }, (_, index) =>
          read(addDays('2025-12-31', index * days), addDays('2025-12-31', (index + 1) * days), days * 1000),
        );
        expect(monthlyUse(reads).get('2026-02')).toMatchObject({ useMilli: 28_000, partial: false });
      }),
    );
  });
});
