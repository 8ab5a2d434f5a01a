import { DEFERRED_TERMS, type DeferredTerms } from '#domain/deferred.ts';
import type { Values } from './premises.ts';

export const fixed = (fixedCents: number) => ({ fixed: 1, fixedCents }) as const;
/** Up to a multiple of 5.00 (example D1). */
export const ROUND = { roundUp: 1, roundUpCents: 500 } as const;
/** The sum of 1.00, 2 % and rounding up to a multiple of 5.00 (example D2). */
export const D2 = { ...fixed(100), ...ROUND, percentage: 1, millionths: 20_000, calculation: 'sum' } as const;

/** A deferred charge in its table: everybody takes part who says nothing else. */
export const deferredCode = (
  code: string,
  said: Partial<DeferredTerms>,
  sort = 0,
  active: 0 | 1 = 1,
): Values<'code_value'> => ({
  table_name: 'deferred_charge',
  code,
  name: `Fund ${code}`,
  sort,
  active,
  system: 0,
  attributes: JSON.stringify(DEFERRED_TERMS.parse({ signUp: 'opt_out', ...said })),
});
