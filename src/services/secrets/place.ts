import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { SENSITIVE_KINDS, type SensitiveKind } from '#domain/sensitive.ts';
import { Failure } from '../failure.ts';
import type { Place } from './vault.ts';

const id = z.number().int().positive();

/** Which number is meant: whose and of what kind; a bank account also of which automatic payment. */
export const whichNumber = z.object({
  customerId: id,
  kind: z.enum(SENSITIVE_KINDS),
  autopayId: id.nullable().default(null),
});

export type WhichNumber = z.output<typeof whichNumber>;

/** A bank account belongs to an automatic payment, everything else to the customer. */
export const isOfAutopay = (kind: SensitiveKind): boolean => kind === 'bank-account';

/**
 * The record that a number belongs to, which must be that customer's.
 * @throws Failure `not_found`
 */
export async function placeOf(db: Db, { customerId, kind, autopayId }: WhichNumber): Promise<Place> {
  if (!isOfAutopay(kind)) {
    const customer = await db.selectFrom('customer').select('id').where('id', '=', customerId).executeTakeFirst();
    if (!customer) throw new Failure('not_found', 'No such record, or it is private.');
    return { entity: 'Customer', entityId: customerId, kind };
  }
  const draft = await db
    .selectFrom('autopay_instruction')
    .select('id')
    .where('id', '=', autopayId)
    .where('customer_id', '=', customerId)
    .where('method', '=', 'draft')
    .executeTakeFirst();
  if (!draft) throw new Failure('not_found', 'This customer has no such automatic draft.');
  return { entity: 'AutopayInstruction', entityId: draft.id, kind };
}
