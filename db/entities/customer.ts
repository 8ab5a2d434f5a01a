import { defineEntity } from '@mikro-orm/core';
import { cents, date, flag, idColumn, instant, key, p, pk, text, version } from '../columns.ts';

/** A person or an organisation that can owe money. */
export const Customer = defineEntity({
  name: 'Customer',
  tableName: 'customer',
  properties: {
    id: pk(),
    number: key().unique(),
    /** The number in natural order (runs of digits padded), for ◀ ▶ and lists. */
    numberKey: key(),
    kind: p.enum(['individual', 'profit', 'nonprofit', 'government'] as const),
    title: text().nullable(),
    firstName: text().nullable(),
    middleName: text().nullable(),
    lastName: text().nullable(),
    suffix: text().nullable(),
    spouseName: text().nullable(),
    businessName: text().nullable(),
    /** As lists show it: `Rivera, Ana M` or the business name. */
    displayName: text(),
    /** The display name folded for sorting. */
    sortName: key(),
    altId: text().nullable(),
    /** Code of table `account_status`. */
    accountStatus: key().default('current'),
    statusAssignedOn: date(),
    active: flag().default(1),
    public: flag().default(1),
    bankrupt: flag().default(0),
    noPayments: flag().default(0),
    noChecks: flag().default(0),
    noCollections: flag().default(0),
    /** JSON list of payment method codes that are refused. */
    disallowedMethods: text().nullable(),
    dunningHoldUntil: date().nullable(),
    taxExemptNumber: text().nullable(),
    customerGroup: key().nullable(),
    mailNotices: flag().default(1),
    emailNotices: flag().default(0),
    webUser: flag().default(0),
    bornOn: date().nullable(),
    createdAt: instant(),
    version: version(),
  },
  indexes: [
    { name: 'customer_number_key', properties: ['numberKey', 'id'] },
    { name: 'customer_sort_name', properties: ['sortName', 'id'] },
  ],
});

export const CustomerAddress = defineEntity({
  name: 'CustomerAddress',
  tableName: 'customer_address',
  properties: {
    id: pk(),
    customer: () => p.manyToOne(Customer).ref().index(true).deleteRule('no action').updateRule('no action'),
    /** Code of table `address_type`. */
    type: key(),
    primary: flag().default(0).fieldName('is_primary'),
    careOf: text().nullable(),
    line1: text(),
    line2: text().nullable(),
    city: text(),
    state: text().nullable(),
    zip: text().nullable(),
    country: key().default('US'),
    county: text().nullable(),
    geoCode: text().nullable(),
    version: version(),
  },
});

export const CustomerPhone = defineEntity({
  name: 'CustomerPhone',
  tableName: 'customer_phone',
  properties: {
    id: pk(),
    customer: () => p.manyToOne(Customer).ref().index(true).deleteRule('no action').updateRule('no action'),
    /** Code of table `phone_type`. */
    type: key(),
    /** As shown: `(217) 555-0142`. */
    number: text(),
    /** National digits only, for look-up. */
    digits: key(),
    extension: text().nullable(),
    description: text().nullable(),
    primary: flag().default(0).fieldName('is_primary'),
    version: version(),
  },
});

export const CustomerEmail = defineEntity({
  name: 'CustomerEmail',
  tableName: 'customer_email',
  properties: {
    id: pk(),
    customer: () => p.manyToOne(Customer).ref().index(true).deleteRule('no action').updateRule('no action'),
    address: text(),
    primary: flag().default(0).fieldName('is_primary'),
    version: version(),
  },
});

/** Standing order to collect what is due: from a bank account or by card token. */
export const AutopayInstruction = defineEntity({
  name: 'AutopayInstruction',
  tableName: 'autopay_instruction',
  properties: {
    id: pk(),
    customer: () => p.manyToOne(Customer).ref().index(true).deleteRule('no action').updateRule('no action'),
    method: p.enum(['draft', 'card'] as const),
    bankOrBrand: text(),
    last4: key(),
    startedOn: date(),
    endedOn: date().nullable(),
    version: version(),
  },
});

/** A debt handed to an outside agency. */
export const CollectionPlacement = defineEntity({
  name: 'CollectionPlacement',
  tableName: 'collection_placement',
  properties: {
    id: pk(),
    customer: () => p.manyToOne(Customer).ref().index(true).deleteRule('no action').updateRule('no action'),
    accountId: idColumn(),
    agency: text(),
    placedOn: date(),
    recalledOn: date().nullable(),
    amountCents: cents(),
    version: version(),
  },
});
