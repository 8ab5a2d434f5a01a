import type { Db } from '../schema.ts';
import { NO_CONTACTS, readContactSources } from './contacts.ts';
import { searchedFields } from './custom-fields.ts';
import { accountFacts, customerFacts, type Fact, locationFacts } from './facts.ts';
import { mostActive } from './kinds.ts';

/** A record and by what it is found. */
export interface Found {
  readonly id: number;
  /** One of {@link file://./kinds.ts ACTIVITIES}. */
  readonly activity: number;
  readonly facts: readonly Fact[];
}

/** The records with identities above `after`, at most `limit`; or one record. */
export type Range = { readonly after: number; readonly limit: number } | { readonly only: number };

const bounds = (range: Range) =>
  'only' in range
    ? { from: range.only, to: range.only, limit: 1 }
    : { from: range.after + 1, to: Number.MAX_SAFE_INTEGER, limit: range.limit };

function grouped<R>(rows: readonly R[], key: (row: R) => number): (id: number) => readonly R[] {
  const groups = new Map<number, R[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return (id) => groups.get(id) ?? [];
}

/** Customers in order of identity with all that they are found by. */
export async function readCustomers(db: Db, range: Range): Promise<Found[]> {
  const { from, to, limit } = bounds(range);
  const customers = await db
    .selectFrom('customer')
    .select(['id', 'number', 'alt_id', 'first_name', 'middle_name', 'last_name'])
    .select(['spouse_name', 'business_name', 'display_name'])
    .where('id', '>=', from)
    .where('id', '<=', to)
    .orderBy('id')
    .limit(limit)
    .execute();
  if (customers.length === 0) return [];
  const of = await belongings(db, customers[0]!.id, customers.at(-1)!.id);
  const contacts = await readContactSources(db, 'customer_id', customers[0]!.id, customers.at(-1)!.id);
  return customers.map((row) => ({
    id: row.id,
    activity: mostActive(of.homes(row.id)),
    facts: customerFacts({
      number: row.number,
      altId: row.alt_id,
      firstName: row.first_name,
      middleName: row.middle_name,
      lastName: row.last_name,
      spouseName: row.spouse_name,
      businessName: row.business_name,
      displayName: row.display_name,
      phones: of.phones(row.id).map((phone) => phone.digits),
      emails: of.emails(row.id).map((email) => email.address),
      mailing: of.addresses(row.id).filter((address) => !of.homes(row.id).some((home) => home.line1 === address.line1)),
      contacts: contacts.get(row.id) ?? NO_CONTACTS,
      fields: of.fields(row.id),
    }),
  }));
}

/** What belongs to the customers of a range of identities, in one statement a table. */
async function belongings(db: Db, first: number, last: number) {
  const phones = await db
    .selectFrom('customer_phone')
    .select(['customer_id', 'digits'])
    .where('customer_id', '>=', first)
    .where('customer_id', '<=', last)
    .execute();
  const emails = await db
    .selectFrom('customer_email')
    .select(['customer_id', 'address'])
    .where('customer_id', '>=', first)
    .where('customer_id', '<=', last)
    .execute();
  const addresses = await db
    .selectFrom('customer_address')
    .select(['customer_id', 'line1', 'city', 'zip'])
    .where('customer_id', '>=', first)
    .where('customer_id', '<=', last)
    .execute();
  const homes = await db
    .selectFrom('account as a')
    .innerJoin('location as l', 'l.id', 'a.location_id')
    .select(['a.customer_id', 'a.activity', 'l.line1'])
    .where('a.customer_id', '>=', first)
    .where('a.customer_id', '<=', last)
    .execute();
  return {
    phones: grouped(phones, (row) => row.customer_id),
    emails: grouped(emails, (row) => row.customer_id),
    addresses: grouped(addresses, (row) => row.customer_id),
    homes: grouped(homes, (row) => row.customer_id),
    fields: await searchedFields(db, 'customer_id', first, last),
  };
}

/** Locations in order of identity with all that they are found by. */
export async function readLocations(db: Db, range: Range): Promise<Found[]> {
  const { from, to, limit } = bounds(range);
  const locations = await db
    .selectFrom('location')
    .select(['id', 'number', 'alt_id', 'parcel_number', 'line1', 'city', 'zip'])
    .where('id', '>=', from)
    .where('id', '<=', to)
    .orderBy('id')
    .limit(limit)
    .execute();
  if (locations.length === 0) return [];
  const installations = await db
    .selectFrom('meter_installation as i')
    .innerJoin('meter as m', 'm.id', 'i.meter_id')
    .select(['i.location_id', 'i.removed_on', 'i.transmitter', 'm.number'])
    .where('i.location_id', '>=', locations[0]!.id)
    .where('i.location_id', '<=', locations.at(-1)!.id)
    .execute();
  const accounts = grouped(
    await db
      .selectFrom('account')
      .select(['location_id', 'activity'])
      .where('location_id', '>=', locations[0]!.id)
      .where('location_id', '<=', locations.at(-1)!.id)
      .execute(),
    (row) => row.location_id,
  );
  const contacts = await readContactSources(db, 'location_id', locations[0]!.id, locations.at(-1)!.id);
  const meters = grouped(installations, (row) => row.location_id);
  const fields = await searchedFields(db, 'location_id', locations[0]!.id, locations.at(-1)!.id);
  return locations.map((row) => ({
    id: row.id,
    activity: mostActive(accounts(row.id)),
    facts: locationFacts({
      number: row.number,
      altId: row.alt_id,
      parcelNumber: row.parcel_number,
      line1: row.line1,
      city: row.city,
      zip: row.zip,
      meters: meters(row.id).flatMap(({ number, transmitter, removed_on }) =>
        [number, transmitter].flatMap((text) => (text ? [{ number: text, removed: removed_on !== null }] : [])),
      ),
      contacts: contacts.get(row.id) ?? NO_CONTACTS,
      fields: fields(row.id),
    }),
  }));
}

/** Accounts: a range of them, or all of a customer or of a location. */
export async function readAccounts(
  db: Db,
  which: Range | { readonly customerId: number } | { readonly locationId: number },
): Promise<Found[]> {
  let accounts = db
    .selectFrom('account as a')
    .innerJoin('customer as c', 'c.id', 'a.customer_id')
    .innerJoin('location as l', 'l.id', 'a.location_id')
    .select(['a.id', 'a.number', 'a.activity', 'c.last_name', 'c.first_name', 'c.business_name', 'c.display_name'])
    .select(['l.line1', 'l.zip'])
    .orderBy('a.id');
  if ('customerId' in which) accounts = accounts.where('a.customer_id', '=', which.customerId);
  else if ('locationId' in which) accounts = accounts.where('a.location_id', '=', which.locationId);
  else {
    const { from, to, limit } = bounds(which);
    accounts = accounts.where('a.id', '>=', from).where('a.id', '<=', to).limit(limit);
  }
  return (await accounts.execute()).map((row) => ({
    id: row.id,
    activity: mostActive([row]),
    facts: accountFacts({
      number: row.number,
      name: row.last_name ?? row.business_name ?? row.display_name,
      firstName: row.first_name,
      line1: row.line1,
      zip: row.zip,
    }),
  }));
}
