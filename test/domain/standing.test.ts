import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, fromEpochDay } from '#domain/civil-date.ts';
import { underGrace } from '#domain/grace.ts';
import { compareAccounts, isPastDue, pastDueCents, standingOf } from '#domain/standing.ts';

const TODAY = '2026-11-21';
const date = fc.integer({ min: 10_000, max: 30_000 }).map(fromEpochDay);
const debit = fc.record({ openCents: fc.integer({ min: 0, max: 1_000_000 }), dueOn: fc.option(date) });
const account = fc.record({
  activity: fc.constantFrom('current' as const, 'waiting' as const, 'final' as const),
  movedInOn: date,
  id: fc.integer({ min: 1, max: 1_000 }),
});

describe('past due', () => {
  test('the due date itself is still in time', () => {
    expect(isPastDue(TODAY, TODAY)).toBe(false);
    expect(isPastDue('2026-11-20', TODAY)).toBe(true);
    expect(isPastDue(null, TODAY)).toBe(false);
  });

  test('never more than what is open, and never less a day later', () => {
    fc.assert(
      fc.property(fc.array(debit), date, (debits, today) => {
        const late = pastDueCents(debits, today);
        expect(late).toBeLessThanOrEqual(debits.reduce((sum, { openCents }) => sum + openCents, 0));
        expect(pastDueCents(debits, addDays(today, 1))).toBeGreaterThanOrEqual(late);
      }),
    );
  });
});

describe('standing', () => {
  test.each([
    [{ balanceCents: 0, pastDueCents: 0, shutoffScheduledOn: null }, 'current'],
    [{ balanceCents: 5_000, pastDueCents: 0, shutoffScheduledOn: null }, 'current'],
    [{ balanceCents: -100, pastDueCents: 3_000, shutoffScheduledOn: TODAY }, 'current'],
    [{ balanceCents: 5_000, pastDueCents: 1, shutoffScheduledOn: null }, 'past_due'],
    [{ balanceCents: 5_000, pastDueCents: 5_000, shutoffScheduledOn: TODAY }, 'shutoff'],
    [{ balanceCents: 5_000, pastDueCents: 0, shutoffScheduledOn: TODAY }, 'current'],
  ] as const)('%o is %s', (facts, standing) => {
    expect(standingOf(facts)).toBe(standing);
  });

  test('a grace note holds through its last day', () => {
    expect([underGrace(TODAY, TODAY), underGrace('2026-11-20', TODAY), underGrace(null, TODAY)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

test('among several accounts: current, waiting, final, of each the latest; the same whatever order they come in', () => {
  fc.assert(
    fc.property(fc.uniqueArray(account, { selector: ({ id }) => id }), (accounts) => {
      const sorted = accounts.toSorted(compareAccounts);
      const ranks = sorted.map(({ activity }) => ['current', 'waiting', 'final'].indexOf(activity));
      expect(ranks).toEqual(ranks.toSorted());
      expect(accounts.toReversed().sort(compareAccounts)).toEqual(sorted);
      for (const [index, one] of sorted.slice(1).entries()) {
        const before = sorted[index]!;
        if (before.activity === one.activity) expect(before.movedInOn >= one.movedInOn).toBe(true);
      }
    }),
  );
});
