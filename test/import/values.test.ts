import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageingAsOf } from '#domain/ageing.ts';
import { fromEpochDay, isCivilDate } from '#domain/civil-date.ts';
import { dateReader } from '#domain/date-format.ts';
import { type Columns, templateGetter } from '#db/import/row.ts';
import { incomingText } from '#domain/incoming-text.ts';
import { formatCents } from '#domain/money.ts';
import { parseScaled } from '#domain/scaled-number.ts';
import { anyText } from '#test/support/texts.ts';

describe('numbers of files', () => {
  test.each([
    ['1,234.50', 123_450],
    ['-1748.51', -174_851],
    ['1748.51-', -174_851],
    ['(4.10)', -410],
    ['$7', 700],
    ['12.5 CR', -1250],
    ['12.5 DR', 1250],
    ['USD 3.00', 300],
    ['.5', 50],
    ['97.600', 9760],
    ['-0.00', 0],
  ])('%s', (text, cents) => expect(parseScaled(text, 2)).toBe(cents));

  test.each([
    '',
    '-',
    '.',
    '1.234',
    '1,23',
    '12,345,6',
    '1.2.3',
    '1e3',
    '0x10',
    '٣',
    '--1',
    '99999999999999999',
    '12 5',
  ])('%s is none', (text) => expect(parseScaled(text, 2)).toBeNull());

  test.each([
    ['1.234,56', { decimal: ',', thousands: '.' }, 123_456],
    ['1 234,5', { decimal: ',', thousands: ' ' }, 123_450],
    ["12'345.60", { decimal: '.', thousands: "'" }, 1_234_560],
  ] as const)('%s in its own style', (text, style, cents) => expect(parseScaled(text, 2, style)).toBe(cents));

  test('every amount reads back as it was written, without a float in between', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 }), (cents) => {
        expect(parseScaled(formatCents(cents), 2)).toBe(cents);
      }),
    );
  });
});

describe('dates of files', () => {
  const FORMATS = ['MM/DD/YYYY', 'DD/MM/YYYY', 'D.M.YYYY', 'YYYYMMDD', 'YYYY-MM-DD'];

  test.each([
    ['DD-MMM-YY', '05-Mar-19', '2019-03-05'],
    ['MMM D, YYYY', 'January 7, 2024', '2024-01-07'],
    ['MM/DD/YYYY', '02/29/2024 00:00:00', '2024-02-29'],
    ['YYYY-MM', '2024-02', '2024-02-01'],
  ])('%s reads %s', (format, text, date) => expect(dateReader(format)(text)).toBe(date));

  test('a month is its first or its last day', () =>
    expect(dateReader('YYYY-MM', 'last')('2024-02')).toBe('2024-02-29'));

  test.each(['02/30/2024', '13/01/2024', '1/1/2024', '01-01-2024', '', 'x'])('%s is no MM/DD/YYYY', (text) =>
    expect(dateReader('MM/DD/YYYY')(text)).toBeNull(),
  );

  test.each(['DD.MM', 'YYYY', 'YYYY-MM-MM', 'x'])('%s is no format', (format) =>
    expect(() => dateReader(format)).toThrow(),
  );

  test('every day reads back in every format, and nothing reads as a day that does not exist', () => {
    const day = fc.integer({ min: -25_000, max: 40_000 }).map(fromEpochDay);
    fc.assert(
      fc.property(day, fc.constantFrom(...FORMATS), fc.string(), (date, format, noise) => {
        const written = format
          .replace('YYYY', date.slice(0, 4))
          .replace('MM', date.slice(5, 7))
          .replace('DD', date.slice(8))
          .replace('M', String(+date.slice(5, 7)))
          .replace('D', String(+date.slice(8)));
        expect(dateReader(format)(written)).toBe(date);
        const read = dateReader(format)(noise);
        expect(read === null || isCivilDate(read)).toBe(true);
      }),
    );
  });
});

describe('text of files', () => {
  test('line breaks and odd spaces become one space, marks and joiners stay', () => {
    expect(incomingText(' O\u00a0Neill\r\n\tInc. ').text).toBe('O Neill Inc.');
    expect(incomingText('می\u200cخواهم e\u0301').text).toBe('می\u200cخواهم \u00e9');
  });

  test.each(['\u0000', '\u001b[31m', '\u009b31m', '\u007f', '\ud800', '\ufffd'])('%j is refused', (text) =>
    expect(incomingText(`a${text}b`).refused).toMatch(/^U\+/),
  );

  test('what is accepted holds no control character, ever', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const { text: taken } = incomingText(text);
        expect(taken ?? '').not.toMatch(/\p{Cc}|\p{Cs}/u);
        if (taken !== undefined) expect(incomingText(taken).text).toBe(taken);
      }),
    );
  });
});

describe('ageing', () => {
  const debt = { id: 1, amountCents: 10_000, effect: 1, effectiveOn: '2026-01-01', dueOn: '2026-01-31' };
  const credit = { id: 2, amountCents: 4000, effect: -1, effectiveOn: '2026-02-15', dueOn: null };
  const paid = { debitLineId: 1, creditLineId: 2, amountCents: 4000, allocatedOn: '2026-02-15' };

  test.each([
    ['2025-12-31', 'open', 0],
    ['2026-01-31', 'current', 10_000],
    ['2026-02-01', 'days30', 10_000],
    ['2026-02-15', 'days30', 6000],
    ['2026-03-02', 'days30', 6000],
    ['2026-03-03', 'days60', 6000],
    ['2026-05-01', 'days90', 6000],
    ['2026-05-02', 'older', 6000],
  ] as const)('as of %s: %s %i', (asOf, bucket, cents) => {
    const aged = ageingAsOf([debt, credit], [paid], asOf);
    expect(aged[bucket].cents).toBe(cents);
    expect(aged.open.cents).toBe(cents);
  });

  test('money not yet allocated is open credit and ages nothing; a debt without due date is never late', () => {
    const undated = { ...debt, dueOn: null };
    const aged = ageingAsOf([undated, credit], [], '2030-01-01');
    expect([aged.current.cents, aged.credit]).toEqual([10_000, 4000]);
  });

  test('the buckets always sum to what is open', () => {
    const line = fc.record({
      id: fc.integer({ min: 1, max: 9 }),
      amountCents: fc.integer({ min: 0, max: 1_000_000 }),
      effect: fc.constantFrom(-1, 0, 1),
      effectiveOn: fc.integer({ min: 19_000, max: 20_000 }).map(fromEpochDay),
      dueOn: fc.option(fc.integer({ min: 19_000, max: 20_000 }).map(fromEpochDay)),
    });
    fc.assert(
      fc.property(fc.array(line), fc.integer({ min: 19_000, max: 20_100 }).map(fromEpochDay), (lines, asOf) => {
        const { current, days30, days60, days90, older, open } = ageingAsOf(lines, [], asOf);
        const parts = [current, days30, days60, days90, older];
        expect(parts.reduce((sum, one) => sum + one.cents, 0)).toBe(open.cents);
        expect(parts.reduce((sum, one) => sum + one.count, 0)).toBe(open.count);
      }),
    );
  });
});

describe('columns of sensitive numbers', () => {
  test.each([
    'SSN',
    'Social Security No.',
    'social_security_number',
    "Driver's License",
    'DL_NO',
    'Bank Acct No',
    'owner.SSN',
  ])('%s is not taken in', (column) => {
    const columns: Columns = { place: () => ({ join: null, index: 0 }), derived: () => null };
    expect(() => templateGetter(`{${column}}`, columns)).toThrow('sensitive numbers');
  });
});
