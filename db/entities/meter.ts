import { defineEntity } from '@mikro-orm/core';
import { cents, date, flag, idColumn, key, milli, p, pk, text, version } from '../columns.ts';
import { ServiceType } from './account.ts';
import { Location } from './location.ts';

/** A device that counts consumption, wherever it is installed. */
export const Meter = defineEntity({
  name: 'Meter',
  tableName: 'meter',
  properties: {
    id: pk(),
    number: key().unique(),
    make: text().nullable(),
    size: text().nullable(),
    dials: p.integer().default(6),
    /** Usage = register difference × multiplier, in thousandths. */
    multiplierMilli: milli().default(1000),
    unit: text(),
    version: version(),
  },
});

/** A meter at a location, from one day to another. */
export const MeterInstallation = defineEntity({
  name: 'MeterInstallation',
  tableName: 'meter_installation',
  properties: {
    id: pk(),
    meter: () => p.manyToOne(Meter).ref().index(true).deleteRule('no action').updateRule('no action'),
    location: () => p.manyToOne(Location).ref().index(true).deleteRule('no action').updateRule('no action'),
    serviceType: () => p.manyToOne(ServiceType).ref().index(false).deleteRule('no action').updateRule('no action'),
    installedOn: date(),
    installReadMilli: milli(),
    removedOn: date().nullable(),
    removeReadMilli: milli().nullable(),
    transmitter: text().nullable(),
    version: version(),
  },
});

/** A register reading and the consumption that it bills. */
export const MeterRead = defineEntity({
  name: 'MeterRead',
  tableName: 'meter_read',
  properties: {
    id: pk(),
    customerId: idColumn(),
    accountId: idColumn(),
    locationId: idColumn(),
    meterId: idColumn(),
    serviceTypeId: idColumn(),
    rateCodeId: idColumn().nullable(),
    readOn: date(),
    previousOn: date().nullable(),
    kind: p.enum(['initial', 'regular', 'estimated', 'final', 'failure'] as const),
    /** Register, thousandths of the unit. Null when the source file gives consumption only. */
    readingMilli: milli().nullable(),
    previousMilli: milli().nullable(),
    /** Consumption by the register; then as billed; then the correction made to it. */
    usageMilli: milli(),
    billedMilli: milli(),
    adjustedMilli: milli().default(0),
    minimumCents: cents().default(0),
    chargeCents: cents().default(0),
    budget: flag().default(0),
    statementId: idColumn().nullable(),
    comment: text().nullable(),
  },
  indexes: [
    { name: 'meter_read_account', properties: ['accountId', 'readOn'] },
    { name: 'meter_read_location', properties: ['locationId', 'readOn'] },
  ],
});
