import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { type ContactFacts, type ContactLevel, contactName } from '#domain/contact.ts';
import { withOnePrimary } from '#domain/reach.ts';
import { Failure } from '../failure.ts';
import { lastChange, type LastChange } from '../last-change.ts';
import { query, type QueryContext } from '../operation.ts';
import { assertVisible } from '../subject.ts';

const id = z.number().int().positive();

/** Whose contacts: the customer's, the location's, or of an account both. */
export const whoseContacts = z.object({
  customerId: id.nullable().default(null),
  locationId: id.nullable().default(null),
});

export type WhoseContacts = z.output<typeof whoseContacts>;

/** A contact with everything that is kept of it, and its primary address, e-mail and phone in short. */
export interface ContactRow extends ContactFacts {
  readonly id: number;
  readonly version: number;
  readonly level: ContactLevel;
  readonly typeName: string;
  readonly name: string;
  readonly address: string;
  readonly email: string;
  readonly phone: string;
}

/** The contact with the id, or all of the customer and of the location. */
async function contactRows(db: Db, which: WhoseContacts | { readonly contactId: number }) {
  return db
    .selectFrom('contact as k')
    .leftJoin('code_value as v', (on) => on.on('v.table_name', '=', 'contact_type').onRef('v.code', '=', 'k.type'))
    .selectAll('k')
    .select('v.name as typeName')
    .where((eb) =>
      'contactId' in which
        ? eb('k.id', '=', which.contactId)
        : eb.or([
            ...(which.customerId === null ? [] : [eb('k.customer_id', '=', which.customerId)]),
            ...(which.locationId === null ? [] : [eb('k.location_id', '=', which.locationId)]),
          ]),
    )
    .orderBy('k.last_name')
    .orderBy('k.first_name')
    .orderBy('k.id')
    .execute();
}

type StoredContact = Awaited<ReturnType<typeof contactRows>>[number];

async function addressesOf(db: Db, ids: readonly number[]) {
  const rows = await db
    .selectFrom('contact_address')
    .selectAll()
    .where('contact_id', 'in', ids)
    .orderBy('id')
    .execute();
  return Map.groupBy(rows, ({ contact_id: contactId }) => contactId);
}

async function emailsOf(db: Db, ids: readonly number[]) {
  const rows = await db.selectFrom('contact_email').selectAll().where('contact_id', 'in', ids).orderBy('id').execute();
  return Map.groupBy(rows, ({ contact_id: contactId }) => contactId);
}

async function phonesOf(db: Db, ids: readonly number[]) {
  const rows = await db.selectFrom('contact_phone').selectAll().where('contact_id', 'in', ids).orderBy('id').execute();
  return Map.groupBy(rows, ({ contact_id: contactId }) => contactId);
}

const primaryOf = <T extends { readonly primary: boolean }>(all: readonly T[]): T | undefined =>
  all.find((one) => one.primary);

/** Contacts with what belongs to them, in the order of names; in four statements, however many they are. */
export async function readContacts(
  db: Db,
  which: WhoseContacts | { readonly contactId: number },
): Promise<ContactRow[]> {
  if (!('contactId' in which) && which.customerId === null && which.locationId === null) return [];
  const contacts = await contactRows(db, which);
  if (contacts.length === 0) return [];
  const ids = contacts.map(({ id: contactId }) => contactId);
  const addresses = await addressesOf(db, ids);
  const emails = await emailsOf(db, ids);
  const phones = await phonesOf(db, ids);
  return contacts.map((row) =>
    rowOf(row, {
      addresses: withOnePrimary(
        (addresses.get(row.id) ?? []).map((one) => ({
          id: one.id,
          primary: one.is_primary === 1,
          type: one.type,
          careOf: one.care_of ?? '',
          line1: one.line1,
          line2: one.line2 ?? '',
          city: one.city,
          state: one.state ?? '',
          zip: one.zip ?? '',
          country: one.country,
          county: one.county ?? '',
          geoCode: one.geo_code ?? '',
        })),
      ),
      emails: withOnePrimary(
        (emails.get(row.id) ?? []).map((one) => ({
          id: one.id,
          primary: one.is_primary === 1,
          type: one.type,
          address: one.address,
          description: one.description ?? '',
        })),
      ),
      phones: withOnePrimary(
        (phones.get(row.id) ?? []).map((one) => ({
          id: one.id,
          primary: one.is_primary === 1,
          type: one.type,
          number: one.number,
          extension: one.extension ?? '',
          description: one.description ?? '',
        })),
      ),
    }),
  );
}

function rowOf(row: StoredContact, reach: Pick<ContactFacts, 'addresses' | 'emails' | 'phones'>): ContactRow {
  const names = {
    firstName: row.first_name,
    middleName: row.middle_name ?? '',
    lastName: row.last_name,
    suffix: row.suffix ?? '',
  };
  return {
    id: row.id,
    version: row.version,
    level: row.level,
    type: row.type,
    typeName: row.typeName ?? row.type,
    notices: row.notices,
    ...names,
    ...reach,
    name: contactName(names),
    ...inShort(reach),
  };
}

/** Primary address, e-mail and phone on a line each; empty where there is none. */
export function inShort(reach: Pick<ContactFacts, 'addresses' | 'emails' | 'phones'>) {
  const address = primaryOf(reach.addresses);
  const phone = primaryOf(reach.phones);
  return {
    address: [address?.line1, [address?.city, address?.state].filter(Boolean).join(' ')].filter(Boolean).join(', '),
    email: primaryOf(reach.emails)?.address ?? '',
    phone: phone ? [phone.number, phone.extension && `x${phone.extension}`].filter(Boolean).join(' ') : '',
  };
}

/** The location, where its contacts may be shown: not at the home of a customer who is hidden. */
export async function shownLocation(ctx: QueryContext, locationId: number | null): Promise<number | null> {
  if (locationId === null) return null;
  try {
    await assertVisible(ctx, { locationId });
    return locationId;
  } catch (error) {
    if (error instanceof Failure && error.code === 'not_found') return null;
    throw error;
  }
}

export const subjectOf = ({ customerId, locationId }: WhoseContacts) =>
  customerId === null ? (locationId === null ? null : { locationId }) : { customerId };

export const listContacts = query({
  name: 'contact.list',
  summary: 'Contacts of a customer and of a location, each with its primary address, e-mail and phone',
  permission: 'contacts.read',
  input: whoseContacts,
  subject: subjectOf,
  run: async (ctx, { customerId, locationId }): Promise<readonly ContactRow[]> =>
    readContacts(ctx.db, { customerId, locationId: await shownLocation(ctx, locationId) }),
});

/** A contact, and who changed it last. */
export interface ContactDetails extends ContactRow, LastChange {
  readonly customerId: number | null;
  readonly locationId: number | null;
}

export const contactDetails = query({
  name: 'contact.details',
  summary: 'A contact with all its addresses, e-mails and phones, and who changed it last',
  permission: 'contacts.read',
  input: z.object({ contactId: id }),
  viewed: (_, { customerId, locationId }: ContactDetails) => subjectOf({ customerId, locationId }),
  run: async (ctx, { contactId }): Promise<ContactDetails> => {
    const of = await ctx.db
      .selectFrom('contact')
      .select(['customer_id as customerId', 'location_id as locationId'])
      .where('id', '=', contactId)
      .executeTakeFirst();
    const subject = of && subjectOf(of);
    if (!subject) throw new Failure('not_found', 'This contact is not there any more, or it is private.');
    await assertVisible(ctx, subject);
    const [contact] = await readContacts(ctx.db, { contactId });
    if (!contact) throw new Failure('not_found', 'This contact is not there any more, or it is private.');
    return { ...contact, ...of, ...(await lastChange(ctx.db, 'Contact', contactId)) };
  },
});
