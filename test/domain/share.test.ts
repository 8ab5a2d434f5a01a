import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { shareOf } from '#domain/share.ts';

test('a share is rounded half up, once', () => {
  expect(shareOf(2995, 35_000)).toBe(105); // 29.95 × 3.5 % = 1.04825
  expect(shareOf(9500, 80_000)).toBe(760); // R1
  expect(shareOf(50, 10_000)).toBe(1); // half a cent
  expect(shareOf(49, 10_000)).toBe(0);
});

test('of large amounts no cent is lost', () => {
  expect(shareOf(9_000_000_000_000, 999_999)).toBe(8_999_991_000_000);
});

test('a credit’s share is the opposite of the charge’s', () => {
  assert(
    property(integer({ min: 0, max: 1e12 }), integer({ min: 0, max: 1_000_000 }), (cents, share) => {
      expect(shareOf(-cents, share) + shareOf(cents, share)).toBe(0);
      expect(shareOf(cents, share)).toBeLessThanOrEqual(cents);
    }),
  );
});
