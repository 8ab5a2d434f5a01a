import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsCardNumber } from '#domain/card-number.ts';
import { looksLikeScanLine, makeScanLine, parseScanLine } from '#domain/scan-line.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-<';
const stub = fc.record({
  account: fc.stringMatching(/^[0-9A-Z-]{1,20}$/),
  amountCents: fc.integer({ min: 0, max: 99_999_999_999 }),
  dueOn: fc
    .integer({ min: 0, max: 27_000 })
    .map((day) => new Date(946_684_800_000 + day * 86_400_000).toISOString().slice(0, 10)),
});

describe('the scan line', () => {
  test('is this for an account of digits', () => {
    const line = makeScanLine({ account: '10023', amountCents: 18_240, dueOn: '2026-12-21' });
    expect(line).toBe('10023<000018240<261221<60');
    // By hand: each character as two digits, with the check digits at the end, leaves 1.
    const digits = Array.from(line!.slice(0, -2), (one) => (one === '<' ? '37' : `0${one}`)).join('');
    expect(BigInt(digits + line!.slice(-2)) % 97n).toBe(1n);
  });

  test('says what it was made of', () => {
    fc.assert(
      fc.property(stub, (given) => {
        const line = makeScanLine(given)!;
        expect(looksLikeScanLine(line)).toBe(true);
        expect(parseScanLine(line)).toEqual(given);
        expect(parseScanLine(` ${line.toLowerCase().replaceAll('<', ' < ')}`)).toEqual(given);
      }),
    );
  });

  test('is refused with any one character wrong, or two that changed places', () => {
    fc.assert(
      fc.property(stub, fc.nat(), fc.nat(), (given, at, other) => {
        const line = makeScanLine(given)!;
        const place = at % line.length;
        const character = ALPHABET[other % ALPHABET.length]!;
        const wrong = line.slice(0, place) + character + line.slice(place + 1);
        if (wrong !== line) expect(parseScanLine(wrong)).toBeNull();
        const swapped = line.slice(0, place) + (line[place + 1] ?? '') + line[place]! + line.slice(place + 2);
        if (swapped !== line) expect(parseScanLine(swapped)).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  test('is never taken for the number of a payment card', () => {
    fc.assert(
      fc.property(
        stub,
        (given) =>
          void expect(holdsCardNumber(makeScanLine({ ...given, account: given.account.slice(0, 12) })!)).toBe(false),
      ),
    );
  });

  test.each([
    ['an account that a device cannot read', { account: 'a/1', amountCents: 1, dueOn: '2026-12-21' }],
    ['a credit', { account: '1', amountCents: -1, dueOn: '2026-12-21' }],
    ['another century', { account: '1', amountCents: 1, dueOn: '1999-12-21' }],
  ])('there is none for %s', (_, given) => {
    expect(makeScanLine(given)).toBeNull();
  });

  test('a wrong day is no line, whatever its check digits say', () => {
    for (let check = 0; check < 100; check++) {
      expect(parseScanLine(`10023<000018240<261331<${String(check).padStart(2, '0')}`)).toBeNull();
    }
  });
});
