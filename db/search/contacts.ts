import type { Db } from '../schema.ts';

/** By what the contacts of a record are found. */
export interface ContactSource {
  readonly names: readonly string[];
  readonly phones: readonly string[];
  readonly emails: readonly string[];
}

export const NO_CONTACTS: ContactSource = { names: [], phones: [], emails: [] };

/** Contacts of customers or of locations with identities from `first` to `last`, by the record's. */
export async function readContactSources(
  db: Db,
  of: 'customer_id' | 'location_id',
  first: number,
  last: number,
): Promise<ReadonlyMap<number, ContactSource>> {
  const contacts = await db
    .selectFrom('contact')
    .select(['id', `${of} as owner`, 'first_name', 'middle_name', 'last_name'])
    .where(of, '>=', first)
    .where(of, '<=', last)
    .execute();
  if (contacts.length === 0) return new Map();
  const phones = await db
    .selectFrom('contact_phone as x')
    .innerJoin('contact as k', 'k.id', 'x.contact_id')
    .select(['x.contact_id', 'x.digits'])
    .where(`k.${of}`, '>=', first)
    .where(`k.${of}`, '<=', last)
    .execute();
  const emails = await db
    .selectFrom('contact_email as x')
    .innerJoin('contact as k', 'k.id', 'x.contact_id')
    .select(['x.contact_id', 'x.address'])
    .where(`k.${of}`, '>=', first)
    .where(`k.${of}`, '<=', last)
    .execute();
  const phonesOf = Map.groupBy(phones, (row) => row.contact_id);
  const emailsOf = Map.groupBy(emails, (row) => row.contact_id);
  const found = new Map<number, ContactSource>();
  for (const [owner, rows] of Map.groupBy(contacts, (row) => row.owner!)) {
    found.set(owner, {
      names: rows.map((row) => [row.last_name, row.first_name, row.middle_name].filter(Boolean).join(' ')),
      phones: rows.flatMap(({ id }) => (phonesOf.get(id) ?? []).map(({ digits }) => digits)),
      emails: rows.flatMap(({ id }) => (emailsOf.get(id) ?? []).map(({ address }) => address)),
    });
  }
  return found;
}
