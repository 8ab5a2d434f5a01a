import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { readAttributes } from '#domain/code-attributes.ts';
import { PENALTY_TERMS, type PenaltyTerms } from '#domain/penalty.ts';
import { codeValues } from '../code-tables/values.ts';
import { Failure } from '../failure.ts';
import { query } from '../operation.ts';

/** A kind of penalty with what holds for it. */
export interface PenaltyCode {
  readonly code: string;
  readonly name: string;
  readonly active: 0 | 1;
  readonly terms: PenaltyTerms;
}

/** @throws Failure `refused` for one that is not set up properly */
export async function penaltyCodes(db: Db): Promise<PenaltyCode[]> {
  const values = await codeValues(db, 'penalty_code', true);
  return values.map(({ code, name, active, attributes }) => {
    const read = readAttributes(PENALTY_TERMS, attributes);
    if ('wrong' in read) {
      throw new Failure('refused', `Penalty code ${code} is not set up properly (${read.wrong}).`);
    }
    return { code, name, active, terms: read.values };
  });
}

/** @throws Failure `invalid` at the field */
export async function penaltyCode(db: Db, code: string): Promise<PenaltyCode> {
  const found = (await penaltyCodes(db)).find((one) => one.code === code);
  if (found) return found;
  throw new Failure('invalid', `There is no penalty code ${code}.`, { code: 'There is no such penalty code.' });
}

export const listPenaltyCodes = query({
  name: 'penalty.codes',
  summary: 'Kinds of penalties with their rates, limits and exemptions',
  permission: 'penalties.run',
  input: z.object({}),
  run: ({ db }) => penaltyCodes(db),
});
