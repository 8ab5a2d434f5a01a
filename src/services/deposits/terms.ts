import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { readAttributes } from '#domain/code-attributes.ts';
import { DEPOSIT_TERMS, type DepositTerms } from '#domain/deposit.ts';
import { codeValues } from '../code-tables/values.ts';
import { Failure } from '../failure.ts';
import { query } from '../operation.ts';

/** A kind of deposit with what holds for it. */
export interface DepositCode {
  readonly code: string;
  readonly name: string;
  readonly active: 0 | 1;
  readonly terms: DepositTerms;
}

const wrongCode = (code: string, wrong: string): Failure =>
  new Failure('refused', `Deposit code ${code} is not set up properly (${wrong}). Ask who keeps the codes.`);

/** All deposit codes by code. @throws Failure `refused` for one that is not set up properly */
export async function depositCodesBy(db: Db): Promise<Map<string, DepositCode>> {
  const values = await codeValues(db, 'deposit_code', true);
  return new Map(
    values.map(({ code, name, active, attributes }) => {
      const read = readAttributes(DEPOSIT_TERMS, attributes);
      if ('wrong' in read) throw wrongCode(code, read.wrong);
      return [code, { code, name, active, terms: read.values }];
    }),
  );
}

/** Terms of a code; of one that is gone, or came with data from elsewhere, the plainest. */
export const termsAmong = (codes: ReadonlyMap<string, DepositCode>, code: string): DepositTerms =>
  codes.get(code)?.terms ?? DEPOSIT_TERMS.parse({});

export const listDepositCodes = query({
  name: 'deposit.codes',
  summary: 'Kinds of deposits with their amounts, interest and rules of refund',
  permission: 'deposits.read',
  input: z.object({}),
  run: async ({ db }): Promise<DepositCode[]> => [...(await depositCodesBy(db)).values()],
});
