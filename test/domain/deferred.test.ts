import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chargedAfter,
  DEFERRED_TERMS,
  deferredAmount,
  type DeferredTerms,
  participates,
  termsInWords,
} from '#domain/deferred.ts';
import { formatCents } from '#domain/money.ts';

/** The amounts that are given are ticked. */
const terms = (said: Partial<DeferredTerms>): DeferredTerms => DEFERRED_TERMS.parse({ ...ticksOf(said), ...said });
const ticksOf = ({ fixedCents, millionths, roundUpCents, capCents }: Partial<DeferredTerms>) => ({
  fixed: fixedCents === undefined ? 0 : 1,
  percentage: millionths === undefined ? 0 : 1,
  roundUp: roundUpCents === undefined ? 0 : 1,
  cap: capCents === undefined ? 0 : 1,
});
const all = { fixedCents: 100, millionths: 20_000, roundUpCents: 500 };

describe('a deferred charge', () => {
  test('D1: a statement of 42.00 rounds up by 3.00 to a multiple of 5, by 8.00 to one of 10; 45.00 by nothing', () => {
    expect(deferredAmount(terms({ roundUpCents: 500 }), 4200)).toBe(300);
    expect(deferredAmount(terms({ roundUpCents: 1000 }), 4200)).toBe(800);
    expect(deferredAmount(terms({ roundUpCents: 500 }), 4500)).toBe(0);
  });

  test('D2: of 1.00, 2 % and rounding to 5 the maximum is 3.00, the minimum 0.84, the sum 4.84; capped 2.00', () => {
    expect(deferredAmount(terms({ ...all, calculation: 'maximum' }), 4200)).toBe(300);
    expect(deferredAmount(terms({ ...all, calculation: 'minimum' }), 4200)).toBe(84);
    expect(deferredAmount(terms({ ...all, calculation: 'sum' }), 4200)).toBe(484);
    expect(deferredAmount(terms({ ...all, calculation: 'sum', capCents: 200 }), 4200)).toBe(200);
  });

  test('the minimum counts a computed zero, not what is not ticked', () => {
    expect(deferredAmount(terms({ fixedCents: 100, roundUpCents: 500, calculation: 'minimum' }), 4500)).toBe(0);
    expect(deferredAmount(terms({ fixedCents: 100, calculation: 'minimum' }), 4500)).toBe(100);
    expect(
      deferredAmount(terms({ fixedCents: 100, roundUpCents: 500, roundUp: 0, calculation: 'minimum' }), 4500),
    ).toBe(100);
    expect(deferredAmount(terms({}), 4500)).toBe(0);
  });

  test.each([0, -4200])('of a statement of %i only the fixed amount is left', (statement) => {
    expect(deferredAmount(terms({ ...all, calculation: 'sum' }), statement)).toBe(100);
  });

  test('a share is rounded half-up, once', () => {
    expect(deferredAmount(terms({ millionths: 15_000 }), 100)).toBe(2);
    expect(deferredAmount(terms({ millionths: 14_999 }), 100)).toBe(1);
  });

  test('D3: 44.00 on 42.00 owed leaves 2.00 of the 4.84; D4: a payment is followed by all of it', () => {
    const d2 = terms({ ...all, calculation: 'sum' });
    expect(chargedAfter(d2, 4200, { paymentCents: 200, owedCents: 0 })).toBe(200);
    expect(chargedAfter(d2, 4200, { paymentCents: 0, owedCents: 0 })).toBe(0);
    expect(chargedAfter(d2, 4200, { paymentCents: 200, owedCents: 150 })).toBe(50);
    expect(chargedAfter(d2, 4200, { paymentCents: 200, owedCents: 250 })).toBe(0);
    const d4 = terms({ roundUpCents: 500, trigger: 'payment' });
    expect(chargedAfter(d4, 4200, { paymentCents: 0, owedCents: 0 })).toBe(300);
  });

  test('D5: who has said nothing takes part in what is opt-out; whoever has said something does as was said', () => {
    expect(participates({ signUp: 'opt_out' }, undefined)).toBe(true);
    expect(participates({ signUp: 'opt_in' }, undefined)).toBe(false);
    for (const signUp of ['opt_in', 'opt_out'] as const) {
      expect(participates({ signUp }, 0)).toBe(false);
      expect(participates({ signUp }, 1)).toBe(true);
    }
  });

  test('says in words what it charges', () => {
    expect(termsInWords(terms({ ...all, calculation: 'sum', capCents: 200 }), formatCents)).toBe(
      'Sum of checked: 1.00, 2 %, up to a multiple of 5.00; at most 2.00',
    );
    expect(termsInWords(terms({ millionths: 12_500 }), formatCents)).toBe('1.25 %');
    expect(termsInWords(terms({}), formatCents)).toBe('nothing');
  });
});

const anyTerms = fc.record({
  fixedCents: fc.option(fc.nat(100_000), { nil: undefined }),
  millionths: fc.option(fc.nat(1_000_000), { nil: undefined }),
  roundUpCents: fc.option(fc.nat(100_000), { nil: undefined }),
  calculation: fc.constantFrom('maximum', 'minimum', 'sum'),
  capCents: fc.option(fc.nat(100_000), { nil: undefined }),
  trigger: fc.constantFrom('overpayment', 'payment'),
});
const statement = fc.integer({ min: -10_000_000, max: 10_000_000 });

describe('whatever is ticked', () => {
  test('it is whole cents, never below zero nor above its cap, and the kinds of calculation are in their order', () => {
    fc.assert(
      fc.property(anyTerms, statement, (said, cents) => {
        const by = (calculation: DeferredTerms['calculation']): number =>
          deferredAmount(terms({ ...said, calculation } as Partial<DeferredTerms>), cents);
        const [least, most, sum] = [by('minimum'), by('maximum'), by('sum')];
        for (const amount of [least, most, sum]) {
          expect(Number.isSafeInteger(amount)).toBe(true);
          expect(amount).toBeGreaterThanOrEqual(0);
          if (said.capCents !== undefined) expect(amount).toBeLessThanOrEqual(said.capCents);
        }
        expect(least).toBeLessThanOrEqual(most);
        expect(most).toBeLessThanOrEqual(sum);
      }),
    );
  });

  test('rounding up alone ends on a multiple, less than one of them away', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.integer({ min: 1, max: 100_000 }), (cents, roundUpCents) => {
        const amount = deferredAmount(terms({ roundUpCents }), cents);
        expect((cents + amount) % roundUpCents).toBe(0);
        expect(amount).toBeLessThan(roundUpCents);
      }),
    );
  });

  test('an overpayment is never charged more than it has left beyond what is owed', () => {
    fc.assert(
      fc.property(anyTerms, statement, fc.nat(100_000), fc.nat(100_000), (said, cents, paymentCents, owedCents) => {
        const charge = terms({ ...said, trigger: 'overpayment' } as Partial<DeferredTerms>);
        const charged = chargedAfter(charge, cents, { paymentCents, owedCents });
        expect(charged).toBeLessThanOrEqual(Math.max(0, paymentCents - owedCents));
        expect(charged).toBeLessThanOrEqual(deferredAmount(charge, cents));
        expect(charged).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
