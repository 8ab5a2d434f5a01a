import { expect, test } from 'vitest';
import { delayAfter, nextTryAt, waitInWords } from '#domain/sign-in-delay.ts';

test('the wait grows from the third failure on and is half an hour at the tenth', () => {
  const seconds = Array.from({ length: 11 }, (_, failures) => delayAfter(failures) / 1000);
  expect(seconds).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 1800]);
  expect(delayAfter(11)).toBe(60_000);
  expect(delayAfter(20)).toBe(1_800_000);
  expect(delayAfter(100)).toBe(Number.POSITIVE_INFINITY);
});

test('who must not be locked out waits a minute at most', () => {
  for (const failures of [10, 20, 100, 1000]) {
    expect(nextTryAt({ failures, lastFailedAt: 5000 }, true)).toBe(65_000);
  }
  expect(nextTryAt({ failures: 4, lastFailedAt: 5000 }, true)).toBe(7000);
});

test('the wait is told in words', () => {
  expect(waitInWords(1000, 0)).toContain('in 1 second.');
  expect(waitInWords(1001, 0)).toContain('in 2 seconds.');
  expect(waitInWords(1_800_000, 0)).toContain('in 30 minutes');
  expect(waitInWords(Number.POSITIVE_INFINITY, 0)).toContain('Ask an administrator');
});
