import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsCardNumber, passesLuhn } from '#domain/card-number.ts';

/** A number of that many digits, from a seed, that passes the check. */
function card(length: number, first: number, seed: number): string {
  const body =
    String(first) +
    String(seed)
      .padStart(length - 2, '7')
      .slice(0, length - 2);
  for (let check = 0; check < 10; check += 1) if (passesLuhn(body + check)) return body + check;
  throw new Error('no check digit');
}

describe('card numbers in text', () => {
  test.each([
    '4111111111111111',
    'paid with 4111 1111 1111 1111 today',
    '4111-1111-1111-1111',
    '4111.1111.1111.1111',
    'amex 3782 822463 10005 exp 12/29',
    '４１１１ １１１１ １１１１ １１１１',
    '٤١١١١١١١١١١١١١١١',
    '4111\u200B1111\u200B1111\u200B1111',
    '41 11 11 11 11 11 11 11',
    'no 12 4111 1111 1111 1111',
    '6304000000000000',
  ])('%s is one', (text) => expect(holdsCardNumber(text)).toBe(true));

  test.each([
    '',
    'call 415-555-0142 415-555-0199',
    'from 2026-11-21 2026-12-01 away',
    'card ending 1111',
    '4111111111111112',
    'ESI 10443720000000001',
    'meter 0000000000000',
    '$1,234.50 of 2,469.00',
    'account 204-1180-0093',
  ])('%s is none', (text) => expect(holdsCardNumber(text)).toBe(false));

  test('one is found at every length, in any grouping that cards have, in the middle of a text', () => {
    const lengths = fc.record({
      length: fc.integer({ min: 13, max: 19 }),
      first: fc.integer({ min: 2, max: 6 }),
      seed: fc.nat(),
      separator: fc.constantFrom('', ' ', '-', '\u00A0'),
      around: fc.constantFrom(['', ''], ['see ', ' thanks'], ['(', ')']),
    });
    fc.assert(
      fc.property(lengths, ({ length, first, seed, separator, around: [before, after] }) => {
        const number = card(length, first, seed).replaceAll(/(\d{4})(?=\d)/g, `$1${separator}`);
        return holdsCardNumber(`${before}${number}${after}`);
      }),
    );
  });

  test('one wrong digit makes it none', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 9 }), (seed, place, by) => {
        const number = card(16, 4, seed);
        const wrong = number.slice(0, place) + ((+number[place]! + by) % 10) + number.slice(place + 1);
        return !holdsCardNumber(wrong);
      }),
    );
  });
});
