import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  judge,
  PENALTY_TERMS,
  type PenaltyFacts,
  penaltyOn,
  type PenaltyTerms,
  reasonInWords,
} from '#domain/penalty.ts';

const terms = (said: Partial<PenaltyTerms>): PenaltyTerms => PENALTY_TERMS.parse(said);

const nobody: PenaltyFacts = {
  graceOn: null,
  condition: null,
  disputed: null,
  arranged: false,
  bankrupt: false,
  holdUntil: null,
  badDebt: false,
  government: false,
  revenueClass: null,
};

const RUN = '2026-05-10';
const debt = (openCents: number, service: string | null = 'WAT') => [{ lineId: 1, openCents, service }];
const exemption = (facts: Partial<PenaltyFacts>, said: Partial<PenaltyTerms> = {}, runOn = RUN) =>
  judge(terms({ millionths: 100_000, ...said }), { ...nobody, ...facts }, debt(10_000), runOn).exemption;

describe('a penalty', () => {
  test('L1: 10 % and at least 5.00: of 20.00 it is 5.00, of 80.00 it is 8.00', () => {
    const l1 = terms({ millionths: 100_000, minimumCents: 500 });
    expect(penaltyOn(l1, 2_000)).toBe(500);
    expect(penaltyOn(l1, 8_000)).toBe(800);
  });

  test('L2: with a least balance of 25.00 nothing on 24.99, something on 25.00', () => {
    const l2 = terms({ millionths: 100_000, leastBaseCents: 2_500 });
    expect(judge(l2, nobody, debt(2_499), RUN)).toMatchObject({ exemption: 'minimum', penaltyCents: 0 });
    expect(judge(l2, nobody, debt(2_500), RUN)).toMatchObject({ exemption: null, penaltyCents: 250 });
  });

  test('is a share rounded half-up once and a flat amount, at most the cap', () => {
    expect(penaltyOn(terms({ millionths: 50_000, flatCents: 100 }), 10)).toBe(101);
    expect(penaltyOn(terms({ millionths: 15_000 }), 100)).toBe(2);
    expect(penaltyOn(terms({ millionths: 100_000, maximumCents: 700 }), 10_000)).toBe(700);
    fc.assert(
      fc.property(
        fc.nat(100_000_000),
        fc.nat(1_000_000),
        fc.nat(5_000),
        fc.nat(5_000),
        (base, millionths, least, more) => {
          const bounded = terms({ millionths, minimumCents: least, maximumCents: least + more });
          const cents = penaltyOn(bounded, base);
          expect(Number.isSafeInteger(cents)).toBe(true);
          expect(cents).toBeGreaterThanOrEqual(least);
          expect(cents).toBeLessThanOrEqual(least + more);
          expect(penaltyOn(bounded, base + 100)).toBeGreaterThanOrEqual(cents);
        },
      ),
    );
  });

  test('G1: the grace date is the last protected day', () => {
    expect(exemption({ graceOn: '2026-05-10' }, {}, '2026-05-10')).toBe('grace');
    expect(exemption({ graceOn: '2026-05-10' }, {}, '2026-05-11')).toBeNull();
  });

  test('each exemption has its reason', () => {
    expect(exemption({ bankrupt: true })).toBe('bankrupt');
    expect(exemption({ badDebt: true })).toBe('bad_debt');
    expect(exemption({ government: true })).toBe('government');
    expect(exemption({ government: true }, { exemptGovernment: 0 })).toBeNull();
    expect(exemption({ revenueClass: 'GOV' }, { exemptClasses: ['GOV'] })).toBe('class');
    expect(exemption({ disputed: 'Disputed bill' })).toBe('disputed');
    expect(exemption({ condition: 'Life support' })).toBe('condition');
    expect(exemption({ arranged: true })).toBe('arrangement');
    expect(exemption({ holdUntil: RUN })).toBe('hold');
    expect(exemption({}, { exemptServices: ['WAT'] })).toBe('service');
    expect(exemption({}, { millionths: 0 })).toBe('minimum');
  });

  test('looks at the services that are not exempt alone', () => {
    const items = [...debt(10_000, 'WAT'), { lineId: 2, openCents: 5_000, service: 'TRA' }];
    const judged = judge(terms({ millionths: 100_000, exemptServices: ['TRA'] }), nobody, items, RUN);
    expect(judged).toMatchObject({ baseCents: 10_000, penaltyCents: 1_000 });
    expect(judged.items.map(({ lineId }) => lineId)).toEqual([1]);
  });

  test('a reason is told in words', () => {
    expect(reasonInWords('grace 2026-05-10')).toBe('Grace date 2026-05-10');
    expect(reasonInWords('bad_debt')).toBe('Bad debt');
  });
});
