import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeScanLine, parseScanLine, SCAN_LINE_DIGITS } from '#domain/scan-line.ts';

const scanLine = fc.record({
  accountNumber: fc.stringMatching(/^(?:\d{1,14}|\d{1,6}-\d{1,8}|\d{1,5}-\d{1,4}-\d{1,5})$/),
  amountCents: fc.integer({ min: 0, max: 999_999_999 }),
  dueOn: fc.option(fc.constantFrom('2026-01-31', '2028-02-29', '2099-12-31')),
});

test('a scan line says what it was made of, also with blanks between its parts', () => {
  fc.assert(
    fc.property(scanLine, (said) => {
      const line = makeScanLine(said)!;
      expect(line).toHaveLength(SCAN_LINE_DIGITS);
      expect(parseScanLine(line)).toEqual(said);
      expect(parseScanLine(` ${line.slice(0, 16)} ${line.slice(16)}\n`)).toEqual(said);
    }),
  );
});

test('a digit read wrong, or two swapped, is no scan line', () => {
  fc.assert(
    fc.property(scanLine, fc.nat(SCAN_LINE_DIGITS - 1), fc.integer({ min: 1, max: 9 }), (said, at, by) => {
      const line = makeScanLine(said)!;
      const wrong = `${line.slice(0, at)}${(Number(line[at]) + by) % 10}${line.slice(at + 1)}`;
      expect(parseScanLine(wrong)).toBeNull();
      const swapped = `${line.slice(0, at)}${line[at + 1] ?? ''}${line[at]}${line.slice(at + 2)}`;
      if (swapped !== line) expect(parseScanLine(swapped)).toBeNull();
    }),
  );
});

test.each(['', '10023', '4111111111111111', '1'.repeat(SCAN_LINE_DIGITS), 'x'.repeat(SCAN_LINE_DIGITS)])(
  'what was typed by hand is none: %s',
  (text) => expect(parseScanLine(text)).toBeNull(),
);

test.each([
  { accountNumber: 'A-17', amountCents: 100, dueOn: null },
  { accountNumber: '', amountCents: 100, dueOn: null },
  { accountNumber: '1-2-3-4', amountCents: 100, dueOn: null },
  { accountNumber: '1--2', amountCents: 100, dueOn: null },
  { accountNumber: '1-23456-78901', amountCents: 100, dueOn: null },
  { accountNumber: '1'.repeat(15), amountCents: 100, dueOn: null },
  { accountNumber: '17', amountCents: -1, dueOn: null },
  { accountNumber: '17', amountCents: 1_000_000_000, dueOn: null },
  { accountNumber: '17', amountCents: 1.5, dueOn: null },
])('what does not fit into a scan line has none: %j', (said) => expect(makeScanLine(said)).toBeNull());
