import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdMaker } from '#domain/ids.ts';

test('identities are safe, distinct and rising, however the clock behaves', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1_710_000_000_000, max: 1_900_000_000_000 }), { minLength: 1 }), (times) => {
      let i = 0;
      const maker = new IdMaker(() => times[Math.min(i, times.length - 1)]!);
      let last = 0;
      for (; i < times.length; i++) {
        for (let n = 0; n < 3; n++) {
          const id = maker.next();
          expect(Number.isSafeInteger(id) && id > last).toBe(true);
          last = id;
        }
      }
    }),
  );
});

test('a burst in one second borrows from the next without repeating', () => {
  const maker = new IdMaker(() => 1_800_000_000_000);
  expect(new Set(Array.from({ length: 10_000 }, () => maker.next())).size).toBe(10_000);
});

test('a process that met its twin goes on with another number', () => {
  const twins = [
    new IdMaker(
      () => 1_800_000_000_000,
      () => 0.5,
    ),
    new IdMaker(
      () => 1_800_000_000_000,
      () => 0.5,
    ),
  ];
  expect(twins[0]!.next()).toBe(twins[1]!.next());
  twins[1]!.reseed();
  expect(twins[0]!.next()).not.toBe(twins[1]!.next());
});
