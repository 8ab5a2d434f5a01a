import { defineEntity } from '@mikro-orm/core';
import { cents, date, flag, instant, key, p, pk, text, version } from '../columns.ts';
import { Customer } from './customer.ts';

/** A billing cycle; it decides the bill period. */
export const Cycle = defineEntity({
  name: 'Cycle',
  tableName: 'cycle',
  properties: {
    id: pk(),
    code: key().unique(),
    name: text(),
    billPeriod: p.enum(['monthly', 'bimonthly', 'quarterly'] as const),
    /** Day of the month on which bills are dated. */
    billDay: p.integer(),
    dueDays: p.integer(),
    active: flag().default(1),
    version: version(),
  },
});

/** A meter-reading route. */
export const Route = defineEntity({
  name: 'Route',
  tableName: 'route',
  properties: { id: pk(), code: key().unique(), name: text(), active: flag().default(1), version: version() },
});

export const RevenueClass = defineEntity({
  name: 'RevenueClass',
  tableName: 'revenue_class',
  properties: { id: pk(), code: key().unique(), name: text(), active: flag().default(1), version: version() },
});

/** A premise: where service is delivered, whoever lives there. */
export const Location = defineEntity({
  name: 'Location',
  tableName: 'location',
  properties: {
    id: pk(),
    number: key().unique(),
    numberKey: key(),
    houseNumber: text().nullable(),
    street: text(),
    unit: text().nullable(),
    /** The whole first line: `118 Alder St Apt 4`. */
    line1: text(),
    city: text(),
    state: text().nullable(),
    zip: text().nullable(),
    country: key().default('US'),
    latitude: p.double().nullable(),
    longitude: p.double().nullable(),
    revenueClass: () =>
      p.manyToOne(RevenueClass).ref().nullable().index(false).deleteRule('no action').updateRule('no action'),
    cycle: () => p.manyToOne(Cycle).ref().nullable().index(false).deleteRule('no action').updateRule('no action'),
    route: () => p.manyToOne(Route).ref().nullable().index(false).deleteRule('no action').updateRule('no action'),
    routeSequence: p.integer().nullable(),
    rental: flag().default(0),
    /** The owner, when it is not the resident. */
    owner: () => p.manyToOne(Customer).ref().nullable().index(false).deleteRule('no action').updateRule('no action'),
    description: text().nullable(),
    parcelNumber: text().nullable(),
    region: text().nullable(),
    altId: text().nullable(),
    crossStreet: text().nullable(),
    /** Name of the site, where it has one of its own. */
    siteName: text().nullable(),
    /** Code of table `branch`. */
    branch: key().nullable(),
    /** Codes of table `tax_group`: for single invoices and for those of the cycle. */
    taxGroup: key().nullable(),
    cycleTaxGroup: key().nullable(),
    taxExempt: flag().default(0),
    version: version(),
  },
  indexes: [
    { name: 'location_number_key', properties: ['numberKey', 'id'] },
    // The city of a ZIP that is typed.
    { name: 'location_zip', properties: ['zip'] },
  ],
});

/** Who owned a location from when to when. */
export const LocationOwner = defineEntity({
  name: 'LocationOwner',
  tableName: 'location_owner',
  properties: {
    id: pk(),
    location: () => p.manyToOne(Location).ref().index(true).deleteRule('no action').updateRule('no action'),
    customer: () => p.manyToOne(Customer).ref().index(true).deleteRule('no action').updateRule('no action'),
    fromOn: date(),
    toOn: date().nullable(),
    changedAt: instant(),
    changedBy: text(),
    version: version(),
  },
});

/** A claim recorded against a property for unpaid charges. */
export const Lien = defineEntity({
  name: 'Lien',
  tableName: 'lien',
  properties: {
    id: pk(),
    location: () => p.manyToOne(Location).ref().index(true).deleteRule('no action').updateRule('no action'),
    reference: text(),
    placedOn: date(),
    releasedOn: date().nullable(),
    amountCents: cents(),
    version: version(),
  },
});
