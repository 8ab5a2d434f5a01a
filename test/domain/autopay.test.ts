import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  amountToDraw,
  autopayRefusal,
  type AutopayTerms,
  isExpired,
  type Owed,
  plainTerms,
  termsProblems,
} from '#domain/autopay.ts';
import { type DrawFacts, drawDay, noticeBy, skipOf } from '#domain/autopay-draw.ts';
import { bankingDayFrom, isBankingDay, weekdayOf } from '#domain/banking-days.ts';
import { addDays, fromEpochDay } from '#domain/civil-date.ts';
import { isRoutingNumber, plainRouting, routingCheckDigit, routingProblem } from '#domain/routing-number.ts';

const terms = (said: Partial<AutopayTerms> = {}): AutopayTerms => ({
  option: 'balance',
  amountCents: null,
  drawOn: 'due',
  drawDays: null,
  ...said,
});

const owed = (said: Partial<Owed> = {}): Owed => ({
  balanceCents: 9_000,
  unpostedCents: 0,
  budgetCents: null,
  statement: null,
  ...said,
});

describe('a routing number', () => {
  test('has a ninth digit that follows from the others, weighted 3, 7, 1', () => {
    expect(routingCheckDigit('01100001')).toBe('5');
    expect(['011000015', '122105155', '001234561'].map(isRoutingNumber)).toEqual([true, true, true]);
    expect(routingProblem('011000016')).toMatch(/check digit/);
    expect(routingProblem('01100001')).toMatch(/nine digits/);
    expect(routingProblem('990000000')).toMatch(/begins/);
    expect([isRoutingNumber('000000000'), routingProblem('000000000')]).toEqual([
      false,
      expect.stringMatching(/begins/),
    ]);
    expect(plainRouting(' 0110-0001 5')).toBe('011000015');
  });

  test('with one digit wrong, or two beside each other that differ not by five changed, is none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), fc.nat(7), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
        const eight = `12${String(body).padStart(6, '0')}`;
        const good = eight + routingCheckDigit(eight);
        expect(isRoutingNumber(good)).toBe(true);
        const digit = String((Number(good[at]) + by) % 10);
        expect(isRoutingNumber(good.slice(0, at) + digit + good.slice(at + 1))).toBe(false);
        const [a, b] = [good[at]!, good[at + 1]!];
        const changed = good.slice(0, at) + b + a + good.slice(at + 2);
        if (Math.abs(Number(a) - Number(b)) % 5 !== 0) expect(isRoutingNumber(changed)).toBe(false);
      }),
    );
  });
});

describe('how much is drawn', () => {
  test('K2: a maximum of 75 of 90 due draws 75; a fixed 100 of 60 due draws 100', () => {
    expect(amountToDraw(terms({ option: 'maximum', amountCents: 7_500 }), owed()).cents).toBe(7_500);
    expect(amountToDraw(terms({ option: 'fixed', amountCents: 10_000 }), owed({ balanceCents: 6_000 })).cents).toBe(
      10_000,
    );
  });

  test('of the balance what is owed, less what waits to be posted, never below zero', () => {
    expect(amountToDraw(terms(), owed())).toEqual({ cents: 9_000, basis: 'balance' });
    expect(amountToDraw(terms(), owed({ unpostedCents: -4_000 })).cents).toBe(5_000);
    expect(amountToDraw(terms(), owed({ unpostedCents: 4_000 })).cents).toBe(9_000);
    expect(amountToDraw(terms(), owed({ balanceCents: -1 })).cents).toBe(0);
  });

  test('required: the budget amount, else what is left of the latest statement, else nothing', () => {
    const required = terms({ option: 'required' });
    const statement = { balanceCents: 8_000, creditsSinceCents: 0 };
    expect(amountToDraw(required, owed({ budgetCents: 6_500, statement }))).toEqual({ cents: 6_500, basis: 'budget' });
    expect(amountToDraw(required, owed({ statement }))).toEqual({ cents: 8_000, basis: 'statement' });
    expect(amountToDraw(required, owed({ statement: { ...statement, creditsSinceCents: 8_500 } })).cents).toBe(0);
    expect(amountToDraw(required, owed())).toEqual({ cents: 0, basis: 'no_statement' });
  });

  test('is never below zero, never above a maximum, and always the fixed amount', () => {
    const cents = fc.integer({ min: -1_000_000, max: 1_000_000 });
    const positive = fc.integer({ min: 1, max: 1_000_000 });
    const any = fc.record({
      balanceCents: cents,
      unpostedCents: cents,
      budgetCents: fc.option(positive),
      statement: fc.option(fc.record({ balanceCents: cents, creditsSinceCents: fc.nat(1_000_000) })),
    });
    fc.assert(
      fc.property(any, positive, (all, amountCents) => {
        const by = (option: AutopayTerms['option']) => amountToDraw(terms({ option, amountCents }), all).cents;
        expect(by('fixed')).toBe(amountCents);
        expect(by('maximum')).toBe(Math.min(amountCents, by('balance')));
        expect(by('balance')).toBeLessThanOrEqual(Math.max(0, all.balanceCents));
        expect(Math.min(by('balance'), by('maximum'), by('required'))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('the terms', () => {
  test('need an amount for maximum and fixed alone, and days where they are counted', () => {
    expect(termsProblems(terms())).toEqual({});
    expect(termsProblems(terms({ option: 'maximum' })).amountCents).toBe('Enter the maximum amount.');
    expect(termsProblems(terms({ option: 'fixed', amountCents: 0 })).amountCents).toBe('Enter the fixed amount.');
    expect(termsProblems(terms({ drawOn: 'day', drawDays: 29 })).drawDays).toMatch(/1 to 28/);
    expect(termsProblems(terms({ drawOn: 'after_bill' })).drawDays).toMatch(/0 to 60/);
    expect(termsProblems(terms({ drawOn: 'after_bill', drawDays: 0 }))).toEqual({});
  });

  test('keep nothing that their option and day do not ask for', () => {
    expect(plainTerms(terms({ amountCents: 500, drawDays: 3 }))).toEqual(terms());
    const kept = terms({ option: 'fixed', amountCents: 500, drawOn: 'day', drawDays: 3 });
    expect(plainTerms(kept)).toEqual(kept);
  });
});

describe('banking days', () => {
  test('leave out weekends and the holidays of the Federal Reserve', () => {
    const closed = ['2026-01-01', '2026-01-19', '2026-02-16', '2026-05-25', '2026-06-19', '2026-09-07'];
    const more = ['2026-10-12', '2026-11-11', '2026-11-26', '2026-12-25', '2027-07-05', '2026-11-21', '2026-11-22'];
    expect([...closed, ...more].filter(isBankingDay)).toEqual([]);
    // The Fourth of July 2026 is a Saturday: banks are open on the Friday before it.
    expect(isBankingDay('2026-07-03')).toBe(true);
    expect(isBankingDay('2026-11-27')).toBe(true);
    expect(bankingDayFrom('2026-12-25')).toBe('2026-12-28');
    expect(weekdayOf('2026-11-26')).toBe(4);
  });

  test('come again within five days, and eleven holidays at most are left out in a year', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), (day) => {
        const from = fromEpochDay(day);
        const next = bankingDayFrom(from);
        expect(isBankingDay(next)).toBe(true);
        expect(next >= from && next <= addDays(from, 4)).toBe(true);
      }),
    );
    const weekdays = Array.from({ length: 365 }, (_, day) => addDays('2026-01-01', day)).filter(
      (day) => weekdayOf(day) !== 0 && weekdayOf(day) !== 6,
    );
    expect(weekdays.filter((day) => !isBankingDay(day))).toHaveLength(10);
  });
});

describe('the day of a draw', () => {
  const bill = { billedOn: '2026-11-02', dueOn: '2026-11-22' };

  test('is the due date, days after the bill, or a day of the month, moved to a banking day', () => {
    expect(drawDay(terms(), bill, '2026-11-10')).toBe('2026-11-23');
    expect(drawDay(terms({ drawOn: 'after_bill', drawDays: 9 }), bill, '2026-11-10')).toBe('2026-11-12');
    expect(drawDay(terms({ drawOn: 'day', drawDays: 26 }), null, '2026-11-10')).toBe('2026-11-27');
    expect(drawDay(terms({ drawOn: 'day', drawDays: 5 }), null, '2026-11-10')).toBe('2026-12-07');
  });

  test('comes with the next bill when that of this one has passed, or there was none', () => {
    expect(drawDay(terms(), bill, '2026-11-24')).toBeNull();
    expect(drawDay(terms(), null, '2026-11-10')).toBeNull();
    expect(noticeBy('2026-11-23')).toBe('2026-11-13');
  });

  test('is a banking day from today on, whatever the day of the month', () => {
    fc.assert(
      fc.property(fc.integer({ min: 18_000, max: 25_000 }), fc.integer({ min: 1, max: 28 }), (today, day) => {
        const now = fromEpochDay(today);
        const next = drawDay(terms({ drawOn: 'day', drawDays: day }), null, now)!;
        expect(isBankingDay(next)).toBe(true);
        expect(next >= now && next <= addDays(now, 35)).toBe(true);
      }),
    );
  });
});

describe('why nothing is drawn', () => {
  const facts: DrawFacts = {
    automatic: true,
    suspendedOn: null,
    suspendedReason: null,
    authorisedOn: '2026-01-01',
    refusal: null,
    expiresIn: null,
    complete: true,
    inCollections: false,
    bankrupt: false,
    activity: 'current',
    drawFinal: false,
    drawnOn: null,
    leastCents: 500,
  };
  const due = { cents: 9_000, basis: 'balance' } as const;
  const reason = (said: Partial<DrawFacts>, day: string | null = '2026-11-23', amount: typeof due | null = due) =>
    skipOf({ ...facts, ...said }, day, amount ?? { cents: 0, basis: 'no_statement' })?.reason ?? null;

  test('is said for each of them', () => {
    expect(reason({})).toBeNull();
    expect(reason({ automatic: false })).toBe('waiting');
    expect(reason({ suspendedOn: '2026-11-01', suspendedReason: 'R01' })).toBe('suspended');
    expect(reason({ authorisedOn: null })).toBe('unauthorised');
    expect(reason({ refusal: 'No payments.' })).toBe('refused');
    expect(reason({ expiresIn: '2026-10' })).toBe('expired');
    expect(reason({ expiresIn: '2026-11' })).toBeNull();
    expect(reason({ complete: false })).toBe('incomplete');
    expect(reason({ inCollections: true })).toBe('collections');
    expect(reason({ bankrupt: true })).toBe('bankrupt');
    expect(reason({ activity: 'final' })).toBe('final');
    expect(reason({ activity: 'final', drawFinal: true })).toBeNull();
    expect(reason({ activity: 'waiting' })).toBe('waiting_account');
    expect(reason({ drawnOn: '2026-11-20' })).toBe('drawn');
    expect(reason({}, null)).toBe('no_bill');
    expect(reason({}, '2026-11-23', null)).toBe('nothing');
  });

  test('an amount below the least is left for later', () => {
    expect(skipOf(facts, '2026-11-23', { cents: 499, basis: 'balance' })?.words).toBe('Below the least amount: 5.00');
    expect(skipOf(facts, '2026-11-23', { cents: 500, basis: 'balance' })).toBeNull();
    expect(skipOf(facts, '2026-11-23', { cents: 0, basis: 'balance' })?.reason).toBe('nothing');
  });
});

test('a draft is refused like a check, a card only by itself', () => {
  const rules = { noPayments: false, noChecks: false, disallowed: [] };
  expect(autopayRefusal('draft', rules)).toBeNull();
  expect(autopayRefusal('draft', { ...rules, noChecks: true })).toMatch(/no checks/);
  expect(autopayRefusal('card', { ...rules, noChecks: true })).toBeNull();
  expect(autopayRefusal('card', { ...rules, disallowed: ['card'] })).toMatch(/disallowed/);
  expect(autopayRefusal('card', { ...rules, noPayments: true })).toMatch(/no payments/);
  expect(isExpired('2026-11', '2026-11-30')).toBe(false);
  expect(isExpired('2026-11', '2026-12-01')).toBe(true);
});
