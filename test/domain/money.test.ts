import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCents, parseCents } from '#domain/money.ts';

describe('amounts', () => {
  test.each([
    ['12', 1200],
    ['12.5', 1250],
    ['1,200', 120_000],
    ['-3.05', -305],
    ['(4.10)', -410],
    ['$7', 700],
    ['.5', 50],

    ['0', 0],
    ['-0', 0],
  ])('%s is understood', (text, cents) => {
    expect(parseCents(text)).toBe(cents);
  });

  test.each(['', '.', 'abc', '1.234', '1,20', '12,34,567', '--1', '1e3', '9999999999999999', '1 2'])(
    '%s is refused',
    (text) => {
      expect(parseCents(text)).toBeNull();
    },
  );

  test('what is shown can be typed', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (cents) => {
        expect(parseCents(formatCents(cents))).toBe(cents === 0 ? 0 : cents);
      }),
    );
  });
});
