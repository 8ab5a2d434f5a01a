import fc from 'fast-check';

/** Something that happens to a small utility's ledger; places are taken modulo what there is. */
export type Step =
  | { do: 'wait'; days: number }
  | { do: 'charge'; account: number; lines: number[]; back: number; due: number }
  | { do: 'pay'; account: number; tenders: number[]; back: number; service: boolean; mode: 0 | 1 | 2 }
  | { do: 'return' | 'reverse'; nth: number; tender: number }
  | { do: 'transferPayment'; nth: number; to: number; cents: number | null }
  | { do: 'transferBalance'; from: number; to: number; credit: boolean; cents: number | null }
  | { do: 'adjust'; account: number; nth: number | null; credit: boolean; cents: number; back: number }
  | { do: 'adjustBill'; nth: number; line: number; cents: number }
  | { do: 'reverseCharges'; nth: number; line: number | null; rebill: number | null }
  | { do: 'writeOff'; account: number; cents: number | null }
  | { do: 'reinstate'; nth: number; cents: number | null }
  | { do: 'refund'; account: number; cents: number | null }
  | { do: 'applyCredit' | 'convertCredit' | 'special'; account: number }
  | { do: 'deposit'; account: number; cents: number }
  | { do: 'applyDeposit' | 'refundDeposit'; nth: number }
  | { do: 'takePart'; account: number; charge: number; yes: boolean }
  | { do: 'statement'; account: number }
  | { do: 'post' }
  | { do: 'period'; month: number; closed: boolean };

const place = fc.nat(7);
const cents = fc.integer({ min: 1, max: 900 });
const some = fc.option(cents, { nil: null });
const back = fc.nat(70);
const step = <S extends Step['do']>(name: S, parts: object) =>
  fc.record({ do: fc.constant(name), ...parts }) as unknown as fc.Arbitrary<Step>;

/** Any step, those that others need to be about more often. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: step('charge', {
      account: place,
      lines: fc.array(cents, { minLength: 1, maxLength: 3 }),
      back,
      due: fc.nat(30),
    }),
  },
  {
    weight: 8,
    arbitrary: step('pay', {
      account: place,
      tenders: fc.array(cents, { minLength: 1, maxLength: 2 }),
      back,
      service: fc.boolean(),
      mode: fc.constantFrom(0, 0, 1, 2),
    }),
  },
  { weight: 2, arbitrary: step('wait', { days: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 3, arbitrary: step('return', { nth: place, tender: place }) },
  { weight: 2, arbitrary: step('reverse', { nth: place, tender: place }) },
  { weight: 3, arbitrary: step('transferPayment', { nth: place, to: place, cents: some }) },
  { weight: 2, arbitrary: step('transferBalance', { from: place, to: place, credit: fc.boolean(), cents: some }) },
  {
    weight: 3,
    arbitrary: step('adjust', {
      account: place,
      nth: fc.option(place, { nil: null }),
      credit: fc.boolean(),
      cents,
      back,
    }),
  },
  { weight: 2, arbitrary: step('adjustBill', { nth: place, line: place, cents: fc.nat(900) }) },
  {
    weight: 2,
    arbitrary: step('reverseCharges', { nth: place, line: fc.option(place, { nil: null }), rebill: some }),
  },
  { weight: 2, arbitrary: step('writeOff', { account: place, cents: some }) },
  { weight: 3, arbitrary: step('reinstate', { nth: place, cents: some }) },
  { weight: 2, arbitrary: step('refund', { account: place, cents: some }) },
  { weight: 3, arbitrary: step('applyCredit', { account: place }) },
  { weight: 1, arbitrary: step('convertCredit', { account: place }) },
  { weight: 1, arbitrary: step('special', { account: place }) },
  { weight: 2, arbitrary: step('deposit', { account: place, cents }) },
  { weight: 3, arbitrary: step('applyDeposit', { nth: place }) },
  { weight: 3, arbitrary: step('refundDeposit', { nth: place }) },
  { weight: 3, arbitrary: step('takePart', { account: place, charge: place, yes: fc.boolean() }) },
  { weight: 2, arbitrary: step('statement', { account: place }) },
  { weight: 3, arbitrary: step('post', {}) },
  { weight: 1, arbitrary: step('period', { month: fc.integer({ min: 5, max: 11 }), closed: fc.boolean() }) },
);

/** A history: what happened, in its order. */
export const anyHistory = (most = 24): fc.Arbitrary<Step[]> =>
  fc.array(anyStep, { minLength: 8, maxLength: most, size: 'max' });
