import { expect, test } from 'vitest';
import { IdleLock } from '#app/shell/lock.ts';

test('after a stop beyond the idle limit it locks before any timer has run', () => {
  let now = 0;
  const lock = new IdleLock({
    timers: { now: () => now, after: () => () => {} },
    warn: () => {},
    locking: () => {},
    ended: () => {},
    check: async () => {},
  });
  now = 3_600_000;
  expect(lock.review()).toBe(false);
  lock.start({ idleMinutes: 15, sessionHours: 12 });
  now += 14 * 60_000;
  expect(lock.review()).toBe(false);
  now += 60_000;
  expect([lock.review(), lock.locked]).toEqual([true, true]);
});
