import { describe, expect, test } from 'vitest';
import { type BillLine, billDifferences } from '#domain/bill-adjustment.ts';
import { type BilledBy, billedBy, chargeCents } from '#domain/rate.ts';

/** 14.25 a month; 3.15 for each of the first 2 kgal, 3.98 up to 6, 4.87 up to 15, 6.42 above. */
const WATER = {
  minimumCents: 1425,
  tiers: [
    { upToMilli: 2000, centsPerUnit: 315 },
    { upToMilli: 6000, centsPerUnit: 398 },
    { upToMilli: 15_000, centsPerUnit: 487 },
    { upToMilli: null, centsPerUnit: 642 },
  ],
};

describe('a rate with tiers', () => {
  test.each([
    [0, 1, 1425],
    [2000, 1, 1425 + 630],
    [5000, 1, 1425 + 630 + 1194],
    [20_000, 1, 1425 + 630 + 1592 + 4383 + 3210],
    // Over two months the fixed part doubles, and so does what each tier holds.
    [5000, 2, 2850 + 1260 + 398],
    [500, 1, 1425 + 158],
  ])('%i thousandths in %i months cost %i', (usage, months, cents) => {
    expect(chargeCents(WATER, usage, months)).toBe(cents);
  });

  test('is what billed a line only when it explains its amount', () => {
    const candidates: BilledBy[] = [1, 2].map((months) => ({ rate: WATER, months }));
    expect(billedBy(candidates, { quantityMilli: 5000, amountCents: 4508 })?.months).toBe(2);
    expect(billedBy(candidates, { quantityMilli: 5000, amountCents: 3249 })?.months).toBe(1);
    expect(billedBy(candidates, { quantityMilli: 5000, amountCents: 3700 })).toBeNull();
  });
});

describe('another quantity on a bill', () => {
  const water: BillLine = {
    id: 1,
    amountCents: 7567 + 1425 + 838,
    quantityMilli: 18_000,
    baseLineId: null,
    shareMillionths: null,
    paidCents: 0,
    reversed: false,
  };
  const tax: BillLine = { ...water, id: 2, amountCents: 983, quantityMilli: null, baseLineId: 1, shareMillionths: 1e5 };
  const exact = { ...water, amountCents: chargeCents(WATER, 18_000, 1), rate: { rate: WATER, months: 1 } };

  test('is priced by the tiers that it reaches; the tax follows', () => {
    // 18 kgal: 14.25 + 6.30 + 15.92 + 43.83 + 3 × 6.42 = 99.56; 5 kgal: 14.25 + 6.30 + 3 × 3.98 = 32.49.
    expect(exact.amountCents).toBe(9956);
    const lines = [exact, { ...tax, amountCents: 996 }];
    expect(billDifferences(lines, [{ lineId: 1, quantityMilli: 5000 }])).toEqual([
      { lineId: 1, cents: 3249 - 9956, quantityMilli: -13_000 },
      { lineId: 2, cents: 325 - 996, quantityMilli: null },
    ]);
  });

  test('keeps a cent of rounding that the bill has, and starts from nothing', () => {
    const odd = { ...exact, amountCents: exact.amountCents + 1 };
    expect(billDifferences([odd], [{ lineId: 1, quantityMilli: 5000 }])[0]?.cents).toBe(3249 - 9956);
    const none = { ...exact, quantityMilli: 0, amountCents: 1425 };
    expect(billDifferences([none], [{ lineId: 1, quantityMilli: 2000 }])[0]?.cents).toBe(630);
  });

  test('keeps the price of a unit where no rate explains the line; an amount that is said counts', () => {
    expect(billDifferences([water], [{ lineId: 1, quantityMilli: 9000 }])[0]?.cents).toBe(-4915);
    const said = { lineId: 1, quantityMilli: 5000, amountCents: 9000 };
    expect(billDifferences([exact], [said])[0]?.cents).toBe(9000 - 9956);
  });
});
