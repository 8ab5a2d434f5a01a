import { z } from 'zod';
import { phonesReady, readPhone, writtenPhone } from '#domain/phone.ts';
import { writtenZip } from '#domain/postal.ts';
import {
  addressProblems,
  emailProblems,
  phoneProblems,
  type TypedAddress,
  type TypedEmail,
  type TypedPhone,
} from '#domain/reach.ts';
import { shortText, typedLine } from '#domain/typed-text.ts';
import type { ReachKind, Typed } from './kind.ts';

const line = (most: number) => typedLine(most).default('');
const common = { type: shortText(40).default(''), primary: z.boolean().default(false) };
const orNull = (text: string): string | null => (text === '' ? null : text);
const flag = (value: boolean): 0 | 1 => (value ? 1 : 0);
/** A changed row has the next version. */
const next = 1;

export type Address = TypedAddress & Typed;

/** An address, e-mail or phone as its row keeps it, of a customer or of a contact. */
export const addressColumns = (one: Address) => ({
  type: one.type,
  is_primary: flag(one.primary),
  care_of: orNull(one.careOf),
  line1: one.line1,
  line2: orNull(one.line2),
  city: one.city,
  state: orNull(one.state),
  zip: orNull(one.zip),
  country: one.country,
  county: orNull(one.county),
  geo_code: orNull(one.geoCode),
});

export const addresses: ReachKind<Address> = {
  noun: 'address',
  entity: 'CustomerAddress',
  table: 'customer_address',
  types: 'address_type',
  word: 'address',
  input: z.object({
    ...common,
    careOf: line(120),
    line1: line(120),
    line2: line(120),
    city: line(80),
    state: line(40),
    zip: line(20),
    country: line(2),
    county: line(80),
    geoCode: line(40),
  }),
  problems: addressProblems,
  settled: (one) => {
    const country = one.country.toUpperCase();
    const region = country === 'US' || country === 'CA' ? one.state.toUpperCase() : one.state;
    return { ...one, country, state: region, zip: writtenZip(one.zip, country) };
  },
  told: ({ line1, city }) => `${line1}, ${city}`,
  read: async (db, customerId) => {
    const rows = await db
      .selectFrom('customer_address')
      .where('customer_id', '=', customerId)
      .select(['id', 'version', 'type', 'is_primary', 'line1', 'city', 'country', 'line2', 'state', 'zip', 'county'])
      .select(['care_of as careOf', 'geo_code as geoCode'])
      .orderBy('id')
      .execute();
    return rows.map(({ is_primary: primary, line2, state, zip, county, careOf, geoCode, ...row }) => ({
      ...row,
      primary: primary === 1,
      line2: line2 ?? '',
      state: state ?? '',
      zip: zip ?? '',
      county: county ?? '',
      careOf: careOf ?? '',
      geoCode: geoCode ?? '',
    }));
  },
  insert: (db, { id, customerId }, one) =>
    db
      .insertInto('customer_address')
      .values({ id, customer_id: customerId, version: 1, ...addressColumns(one) })
      .execute(),
  update: (db, id, one) =>
    db
      .updateTable('customer_address')
      .set(addressColumns(one))
      .set((eb) => ({ version: eb('version', '+', next) }))
      .where('id', '=', id)
      .execute(),
};

export type Phone = TypedPhone & Typed;

export const phoneColumns = (one: Phone) => ({
  type: one.type,
  is_primary: flag(one.primary),
  number: one.number,
  digits: readPhone(one.number)?.digits ?? one.number.replaceAll(/\D/g, ''),
  extension: orNull(one.extension),
  description: orNull(one.description),
});

export const phones: ReachKind<Phone> = {
  noun: 'phone',
  entity: 'CustomerPhone',
  table: 'customer_phone',
  types: 'phone_type',
  word: 'phone',
  input: z.object({ ...common, number: line(40), extension: line(10), description: line(120) }),
  prepare: phonesReady,
  problems: phoneProblems,
  settled: (one) => {
    const read = readPhone(one.number)!;
    return { ...one, number: read.shown, extension: one.extension === '' ? read.extension : one.extension };
  },
  told: writtenPhone,
  read: async (db, customerId) => {
    const rows = await db
      .selectFrom('customer_phone')
      .where('customer_id', '=', customerId)
      .select(['id', 'version', 'type', 'is_primary', 'number', 'extension', 'description'])
      .orderBy('id')
      .execute();
    return rows.map(({ is_primary: primary, extension, description, ...row }) => ({
      ...row,
      primary: primary === 1,
      extension: extension ?? '',
      description: description ?? '',
    }));
  },
  insert: (db, { id, customerId }, one) =>
    db
      .insertInto('customer_phone')
      .values({ id, customer_id: customerId, version: 1, ...phoneColumns(one) })
      .execute(),
  update: (db, id, one) =>
    db
      .updateTable('customer_phone')
      .set(phoneColumns(one))
      .set((eb) => ({ version: eb('version', '+', next) }))
      .where('id', '=', id)
      .execute(),
};

export type Email = TypedEmail & Typed;

export const emailColumns = (one: Email) => ({
  type: one.type,
  is_primary: flag(one.primary),
  address: one.address,
  description: orNull(one.description),
});

export const emails: ReachKind<Email> = {
  noun: 'email',
  entity: 'CustomerEmail',
  table: 'customer_email',
  types: 'email_type',
  word: 'e-mail address',
  input: z.object({ ...common, address: line(254), description: line(120) }),
  problems: emailProblems,
  settled: (one) => one,
  told: ({ address }) => address,
  read: async (db, customerId) => {
    const rows = await db
      .selectFrom('customer_email')
      .where('customer_id', '=', customerId)
      .select(['id', 'version', 'type', 'is_primary', 'address', 'description'])
      .orderBy('id')
      .execute();
    return rows.map(({ is_primary: primary, description, ...row }) => ({
      ...row,
      primary: primary === 1,
      description: description ?? '',
    }));
  },
  insert: (db, { id, customerId }, one) =>
    db
      .insertInto('customer_email')
      .values({ id, customer_id: customerId, version: 1, ...emailColumns(one) })
      .execute(),
  update: (db, id, one) =>
    db
      .updateTable('customer_email')
      .set(emailColumns(one))
      .set((eb) => ({ version: eb('version', '+', next) }))
      .where('id', '=', id)
      .execute(),
};
