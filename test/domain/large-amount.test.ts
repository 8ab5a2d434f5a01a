import { expect, test } from 'vitest';
import { isOddlyLarge } from '#domain/large-amount.ts';

test('an amount is odd from a thousand on when it is more than ten times what is owed', () => {
  expect(isOddlyLarge(1_000_401, 4_000)).toBe(true);
  expect(isOddlyLarge(100_000, 10_000)).toBe(false);
  expect(isOddlyLarge(100_001, 10_000)).toBe(true);
  expect(isOddlyLarge(99_999, 0)).toBe(false);
});
