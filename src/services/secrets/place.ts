import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { SENSITIVE_KINDS, type SensitiveKind } from '#domain/sensitive.ts';
import { Failure } from '../failure.ts';
import type { Subject } from '../operation.ts';
import type { Place } from './vault.ts';

const id = z.number().int().positive();

/**
 * Which number is meant: whose and of what kind; a bank account also of which automatic payment. Of a
 * contact it is named with the customer or the location that it goes with.
 */
export const whichNumber = z.object({
  customerId: id.optional(),
  locationId: id.optional(),
  contactId: id.optional(),
  kind: z.enum(SENSITIVE_KINDS),
  autopayId: id.nullable().default(null),
});

export type WhichNumber = z.output<typeof whichNumber>;

/** Whose data it is: the customer's, or of a location's contact the location's. */
export function subjectOf({ customerId, locationId }: Pick<WhichNumber, 'customerId' | 'locationId'>): Subject | null {
  if (customerId !== undefined) return { customerId };
  return locationId === undefined ? null : { locationId };
}

const hidden = (): Failure => new Failure('not_found', 'No such record, or it is private.');

/** A contact of that customer or that location. @throws Failure `not_found` */
async function contactPlace(db: Db, { customerId, locationId, contactId, kind }: WhichNumber): Promise<Place> {
  const contact = await db
    .selectFrom('contact')
    .select(['id', 'customer_id as customerId', 'location_id as locationId'])
    .where('id', '=', contactId!)
    .executeTakeFirst();
  const belongs =
    customerId === undefined
      ? locationId !== undefined && contact?.locationId === locationId
      : contact?.customerId === customerId;
  if (!contact || !belongs || isOfAutopay(kind)) throw hidden();
  return { entity: 'Contact', entityId: contact.id, kind };
}

/** A bank account belongs to an automatic payment, everything else to the customer. */
export const isOfAutopay = (kind: SensitiveKind): boolean => kind === 'bank-account';

/**
 * The record that a number belongs to, which must be that customer's, or a contact of that customer or location.
 * @throws Failure `not_found`
 */
export async function placeOf(db: Db, which: WhichNumber): Promise<Place> {
  const { customerId, contactId, kind, autopayId } = which;
  if (contactId !== undefined) return contactPlace(db, which);
  if (customerId === undefined) throw hidden();
  if (!isOfAutopay(kind)) {
    const customer = await db.selectFrom('customer').select('id').where('id', '=', customerId).executeTakeFirst();
    if (!customer) throw hidden();
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
