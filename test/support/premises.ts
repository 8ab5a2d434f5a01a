import type { Insertable } from 'kysely';
import type { Database } from '#db/database.ts';
import type { Db, Schema } from '#db/schema.ts';

export type Values<T extends keyof Schema> = Partial<Insertable<Schema[T]>>;

/** Runs of digits padded, so that texts sort as people count. */
const naturalKey = (number: string): string => number.replaceAll(/\d+/g, (digits) => digits.padStart(12, '0'));

export interface AccountRef {
  readonly id: number;
  readonly customerId: number;
  readonly locationId: number;
}

/** Customers, locations and what they have: each method adds one thing and answers its id. */
export class Premises {
  readonly db: Db;
  #id = 1_000;

  constructor(database: Pick<Database, 'db'>) {
    this.db = database.db;
  }

  next(): number {
    this.#id += 1;
    return this.#id;
  }

  protected async insert<T extends keyof Schema>(table: T, values: Record<string, unknown>): Promise<number> {
    const id = this.next();
    await this.db
      .insertInto(table)
      .values({ id, ...values } as never)
      .execute();
    return (values.id as number | undefined) ?? id;
  }

  /** Any row of any table, with its id made up. */
  add<T extends keyof Schema>(table: T, values: Values<T>): Promise<number> {
    return this.insert(table, values);
  }

  async customer(name: string, values: Values<'customer'> = {}): Promise<number> {
    const number = values.number ?? `C${this.#id}`;
    return this.insert('customer', {
      number,
      number_key: naturalKey(number),
      kind: 'individual',
      display_name: name,
      sort_name: name.toLowerCase(),
      status_assigned_on: '2020-01-01',
      created_at: 0,
      ...values,
    });
  }

  async location(line1: string, values: Values<'location'> = {}): Promise<number> {
    const number = values.number ?? `L${this.#id}`;
    return this.insert('location', {
      number,
      number_key: naturalKey(number),
      street: line1.replace(/^\d+ /, ''),
      line1,
      city: 'Springfield',
      state: 'IL',
      zip: '62704',
      ...values,
    });
  }

  async account(customerId: number, locationId: number, values: Values<'account'> = {}): Promise<AccountRef> {
    const id = await this.insert('account', {
      number: values.number ?? `A${this.#id}`,
      customer_id: customerId,
      location_id: locationId,
      activity: 'current',
      moved_in_on: '2020-01-01',
      created_at: 0,
      ...values,
    });
    await this.db
      .insertInto('account_balance')
      .values({
        account_id: id,
        customer_id: customerId,
        location_id: locationId,
        balance_cents: 0,
        unposted_cents: 0,
      })
      .execute();
    return { id, customerId, locationId };
  }

  /** A customer at a location, in one go. */
  async household(name = 'Rivera, Ana M', line1 = '118 Alder St'): Promise<AccountRef> {
    return this.account(await this.customer(name), await this.location(line1));
  }

  address(customerId: number, line1: string, values: Values<'customer_address'> = {}): Promise<number> {
    const place = { type: 'home', city: 'Springfield', state: 'IL', zip: '62704' };
    return this.insert('customer_address', { customer_id: customerId, line1, is_primary: 1, ...place, ...values });
  }

  phone(customerId: number, number: string, values: Values<'customer_phone'> = {}): Promise<number> {
    const digits = number.replaceAll(/\D/g, '');
    return this.insert('customer_phone', {
      customer_id: customerId,
      type: 'home',
      number,
      digits,
      is_primary: 1,
      ...values,
    });
  }

  email(customerId: number, address: string, values: Values<'customer_email'> = {}): Promise<number> {
    return this.insert('customer_email', { customer_id: customerId, address, is_primary: 1, ...values });
  }

  /** A kind of service, unmetered unless a unit is given. */
  serviceType(code: string, values: Values<'service_type'> = {}): Promise<number> {
    const gl = { receivable_gl: '1200', revenue_gl: '4000' };
    return this.insert('service_type', { code, name: code, payoff_rank: 1, ...gl, ...values });
  }

  service(account: AccountRef, serviceTypeId: number, values: Values<'account_service'> = {}): Promise<number> {
    return this.insert('account_service', {
      account_id: account.id,
      customer_id: account.customerId,
      location_id: account.locationId,
      service_type_id: serviceTypeId,
      status: 'on',
      started_on: '2020-01-01',
      ...values,
    });
  }
}
