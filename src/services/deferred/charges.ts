import type { Db } from '#db/schema.ts';
import { readAttributes } from '#domain/code-attributes.ts';
import { DEFERRED_TERMS, type DeferredTerms } from '#domain/deferred.ts';
import { type CodeTableValue, codeValues } from '../code-tables/values.ts';
import { Failure } from '../failure.ts';

/** A deferred charge as it is set up. */
export interface DeferredCharge {
  readonly code: string;
  readonly name: string;
  readonly active: 0 | 1;
  readonly terms: DeferredTerms;
}

/** A charge with its terms. @throws Failure `refused` when it is not set up properly */
export function chargeOf({ code, name, active, attributes }: Omit<CodeTableValue, 'system'>): DeferredCharge {
  const read = readAttributes(DEFERRED_TERMS, attributes);
  if ('wrong' in read) throw new Failure('refused', `Deferred charge ${code} is not set up properly (${read.wrong}).`);
  return { code, name, active, terms: read.values };
}

/**
 * Deferred charges in the order in which they are applied, the active ones only unless all are asked for.
 * @throws Failure `refused` for one that is not set up properly
 */
export async function deferredCharges(db: Db, all = false): Promise<DeferredCharge[]> {
  return (await codeValues(db, 'deferred_charge', all)).map(chargeOf);
}
