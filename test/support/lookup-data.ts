import type { Database } from '#db/database.ts';
import { naturalKey, sortKey } from '#domain/sort-key.ts';

/** A person or a business with one account at one place; what a test does not say is empty. */
export interface Resident {
  readonly id: number;
  readonly first?: string;
  readonly middle?: string;
  readonly last?: string;
  readonly business?: string;
  readonly spouse?: string;
  readonly altId?: string;
  readonly public?: 0 | 1;
  readonly phone?: string;
  readonly email?: string;
  readonly line1?: string;
  readonly city?: string;
  readonly zip?: string;
  readonly meter?: string;
  readonly activity?: 'current' | 'waiting' | 'final';
  readonly movedInOn?: string;
  /** Another resident whose location, or whose customer, this account has. */
  readonly sameLocationAs?: number;
  readonly sameCustomerAs?: number;
}

/** Numbers are made of the id: customer `C-<id>`, location `L-<id>`, account `<100000 + id>`. */
export async function addResidents(database: Database, residents: readonly Resident[]): Promise<void> {
  for (let from = 0; from < residents.length; from += 500) {
    const some = residents.slice(from, from + 500);
    await database.transaction(async (db) => {
      const customers = some.filter((resident) => resident.sameCustomerAs === undefined);
      const locations = some.filter((resident) => resident.sameLocationAs === undefined);
      if (customers.length > 0) await db.insertInto('customer').values(customers.map(customerRow)).execute();
      if (locations.length > 0) await db.insertInto('location').values(locations.map(locationRow)).execute();
      await db.insertInto('account').values(some.map(accountRow)).execute();
      await db.insertInto('account_balance').values(some.map(balanceRow)).execute();
      const phones = some.filter((resident) => resident.phone);
      if (phones.length > 0) await db.insertInto('customer_phone').values(phones.map(phoneRow)).execute();
      const emails = some.filter((resident) => resident.email);
      if (emails.length > 0) await db.insertInto('customer_email').values(emails.map(emailRow)).execute();
      const meters = some.filter((resident) => resident.meter);
      if (meters.length === 0) return;
      await db.insertInto('meter').values(meters.map(meterRow)).execute();
      await ensureService(database, db);
      await db.insertInto('meter_installation').values(meters.map(installationRow)).execute();
    });
  }
}

const WATER = 1;

async function ensureService(_database: Database, db: Database['db']): Promise<void> {
  await db
    .insertInto('service_type')
    .values({
      id: WATER,
      code: 'LKW',
      name: 'Water',
      unit: 'kgal',
      payoff_rank: 1,
      receivable_gl: '1',
      revenue_gl: '2',
      active: 1,
      version: 1,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const displayName = (r: Resident): string =>
  r.business ?? `${r.last ?? 'Doe'}, ${[r.first ?? 'Jo', r.middle].filter(Boolean).join(' ')}`;

const customerRow = (r: Resident) => ({
  id: r.id,
  number: `C-${r.id}`,
  number_key: naturalKey(`C-${r.id}`),
  kind: r.business ? ('profit' as const) : ('individual' as const),
  first_name: r.business ? null : (r.first ?? 'Jo'),
  middle_name: r.middle ?? null,
  last_name: r.business ? null : (r.last ?? 'Doe'),
  spouse_name: r.spouse ?? null,
  business_name: r.business ?? null,
  display_name: displayName(r),
  sort_name: sortKey(displayName(r)),
  alt_id: r.altId ?? null,
  status_assigned_on: '2020-01-01',
  public: r.public ?? (1 as const),
  created_at: 0,
});

const line1 = (r: Resident): string => r.line1 ?? `${r.id} Alder St`;

const locationRow = (r: Resident) => ({
  id: r.id,
  number: `L-${r.id}`,
  number_key: naturalKey(`L-${r.id}`),
  street: line1(r).replace(/^\S+ /, ''),
  line1: line1(r),
  city: r.city ?? 'Springfield',
  state: 'IL',
  zip: r.zip ?? '62704',
});

const accountRow = (r: Resident) => ({
  id: r.id,
  number: String(100_000 + r.id),
  customer_id: r.sameCustomerAs ?? r.id,
  location_id: r.sameLocationAs ?? r.id,
  activity: r.activity ?? ('current' as const),
  moved_in_on: r.movedInOn ?? '2020-01-01',
  moved_out_on: r.activity === 'final' ? '2024-01-01' : null,
  created_at: 0,
});

const balanceRow = (r: Resident) => ({
  account_id: r.id,
  customer_id: r.sameCustomerAs ?? r.id,
  location_id: r.sameLocationAs ?? r.id,
  balance_cents: r.id * 10,
  unposted_cents: 0,
});

const phoneRow = (r: Resident) => ({
  id: r.id,
  customer_id: r.sameCustomerAs ?? r.id,
  type: 'home',
  number: r.phone!,
  digits: r.phone!.replace(/\D/g, ''),
  is_primary: 1 as const,
});

const emailRow = (r: Resident) => ({
  id: r.id,
  customer_id: r.sameCustomerAs ?? r.id,
  address: r.email!,
  is_primary: 1 as const,
});

const meterRow = (r: Resident) => ({ id: r.id, number: r.meter!, unit: 'kgal' });

const installationRow = (r: Resident) => ({
  id: r.id,
  meter_id: r.id,
  location_id: r.sameLocationAs ?? r.id,
  service_type_id: WATER,
  installed_on: '2020-01-01',
  install_read_milli: 0,
});
