import type { Db } from '#db/schema.ts';
import { type CoreMethod, coreMethod } from '#domain/payment-core.ts';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import { GL } from '../ledger/gl.ts';

const glAttributes = z.object({
  gl: z.string().default(GL.adjustments),
  taxable: z.union([z.literal(0), z.literal(1)]).default(0),
});

/** A code with what it posts to. */
export interface PostingCode {
  readonly code: string;
  readonly name: string;
  readonly gl: string;
  readonly taxable: 0 | 1;
}

function attributesOf(json: string | null): z.output<typeof glAttributes> {
  try {
    return glAttributes.parse(JSON.parse(json ?? '{}'));
  } catch {
    return glAttributes.parse({});
  }
}

/**
 * The value of a code table that an operator chose, still in use.
 * @throws Failure `invalid`, at that field
 */
export async function chosenCode(db: Db, table: string, code: string, field = 'reason'): Promise<PostingCode> {
  const row = await db
    .selectFrom('code_value')
    .select(['code', 'name', 'active', 'attributes'])
    .where('table_name', '=', table)
    .where('code', '=', code)
    .executeTakeFirst();
  if (!row || row.active !== 1) {
    throw new Failure('invalid', 'Choose one of the codes.', { [field]: 'There is no such code.' });
  }
  return { code: row.code, name: row.name, ...attributesOf(row.attributes) };
}

/** What a method of payment is at the core. */
export async function coreOf(db: Db, method: string | null): Promise<CoreMethod | null> {
  if (method === null) return null;
  const row = await db
    .selectFrom('code_value')
    .select('attributes')
    .where('table_name', '=', 'payment_method')
    .where('code', '=', method)
    .executeTakeFirst();
  return coreMethod(method, row?.attributes ?? null);
}
