import { expect, test } from 'vitest';
import { Pace } from '#terminal/pace.ts';
import type { Clock } from '#terminal/pace.ts';

class ManualClock implements Clock {
  time = 0;
  #timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.time;
  }

  setTimeout(run: () => void, ms: number): unknown {
    const timer = { at: this.time + ms, run };
    this.#timers.push(timer);
    return timer;
  }

  clearTimeout(timer: unknown): void {
    this.#timers = this.#timers.filter((known) => known !== timer);
  }

  pass(ms: number): void {
    this.time += ms;
    const due = this.#timers.filter(({ at }) => at <= this.time);
    this.#timers = this.#timers.filter(({ at }) => at > this.time);
    for (const { run } of due) run();
  }
}

const ANSWER = '\x1b[0n';

test('without pacing nothing is asked and everything may go', () => {
  const pace = new Pace(false, () => {});
  expect([pace.request(), pace.open]).toEqual(['', true]);
});

test('only a few frames are on the way; an answer makes room', () => {
  let ready = 0;
  const clock = new ManualClock();
  const pace = new Pace(true, () => (ready += 1), clock);
  pace.request();
  pace.request();
  expect(pace.open).toBe(false);
  clock.pass(100);
  expect(pace.report(ANSWER)).toBe(true);
  expect([pace.open, ready]).toEqual([true, 1]);
  expect(pace.report('\x1b[24;80R')).toBe(false);
});

test('a line that keeps up gets more, one that queues gets less', () => {
  const clock = new ManualClock();
  const pace = new Pace(true, () => {}, clock);
  const room = () => {
    let count = 0;
    while (pace.open) {
      pace.request();
      count += 1;
    }
    return count;
  };
  for (let round = 0; round < 10; round += 1) {
    pace.request();
    clock.pass(50);
    pace.report(ANSWER);
  }
  expect(room()).toBeGreaterThan(8);
  for (let round = 0; round < 40; round += 1) {
    clock.pass(200);
    pace.report(ANSWER);
  }
  expect(room()).toBeLessThanOrEqual(2);
});

test('a terminal that never answers is not asked again and holds nothing back', () => {
  const clock = new ManualClock();
  const pace = new Pace(true, () => {}, clock);
  pace.request();
  pace.request();
  clock.pass(5000);
  expect([pace.open, pace.request()]).toEqual([true, '']);
});
