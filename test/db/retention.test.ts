import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backupName, outdated, parseKeep, stampOf } from '#db/retention.ts';

const DAY_MS = 86_400_000;
const NEWEST = Date.parse('2026-11-26T02:00:00Z');

/** A backup every night, newest first. */
const nightly = (nights: number): string[] =>
  Array.from({ length: nights }, (_, n) => backupName('utility', stampOf(new Date(NEWEST - n * DAY_MS))));

const keptOf = (names: readonly string[], rule: string): string[] => {
  const gone = new Set(outdated(names, 'utility', parseKeep(rule)!));
  return names.filter((name) => !gone.has(name));
};

test('rules are read, and what is none is refused', () => {
  expect(parseKeep('14')).toEqual({ newest: 14, days: 0, weeks: 0, months: 0 });
  expect(parseKeep('7d5w12m')).toEqual({ newest: 0, days: 7, weeks: 5, months: 12 });
  expect(parseKeep('3m')).toEqual({ newest: 0, days: 0, weeks: 0, months: 3 });
  expect(['', '0', '0d', '-1', '7x', 'd', '5w7d', '1 d', '2000'].map(parseKeep)).toEqual(Array(9).fill(null));
});

describe('of a backup every night', () => {
  test('a number keeps the newest', () => {
    expect(keptOf(nightly(30), '3')).toEqual(nightly(3));
  });

  test('days, weeks and months keep the newest of each', () => {
    // 26 November 2026 is a Thursday; weeks end on Sundays.
    const kept = keptOf(nightly(400), '3d2w3m').map((name) => name.slice('utility-'.length, -'-020000.db'.length));
    expect(kept).toEqual(['20261126', '20261125', '20261124', '20261122', '20261031', '20260930']);
  });

  test('the newest stays and files of others are left alone, whatever is there', () => {
    const file = fc.oneof(fc.constantFrom(...nightly(40)), fc.string(), fc.constantFrom('utility.db', 'utility-x.db'));
    const rule = fc.record({ newest: fc.nat(5), days: fc.nat(5), weeks: fc.nat(5), months: fc.nat(5) });
    fc.assert(
      fc.property(fc.uniqueArray(file, { minLength: 1 }), rule, (names, keep) => {
        const gone = outdated(names, 'utility', keep);
        const ours = names.filter((name) => nightly(40).includes(name));
        expect(ours).toEqual(expect.arrayContaining(gone));
        if (ours.length > 0) expect(gone).not.toContain(ours.toSorted().at(-1));
      }),
    );
  });

  test('backups of another database in the same folder are not touched', () => {
    const names = ['utility-20260101-000000.db', 'utility-20260102-000000.db', 'utility-b-20250101-000000.db'];
    expect(outdated(names, 'utility', parseKeep('1')!)).toEqual(['utility-20260101-000000.db']);
  });
});
