import { defineEntity } from '@mikro-orm/core';
import { date, idColumn, key, p, pk, text, version } from '../columns.ts';
import { addressColumns, emailColumns, phoneColumns } from './reach.ts';

/** Somebody to speak with about a customer, wherever it lives, or about a location, whoever lives there. */
export const Contact = defineEntity({
  name: 'Contact',
  tableName: 'contact',
  properties: {
    id: pk(),
    level: p.enum(['customer', 'location'] as const),
    customerId: idColumn().nullable(),
    locationId: idColumn().nullable(),
    /** Code of table `contact_type`. */
    type: key(),
    firstName: text(),
    middleName: text().nullable(),
    lastName: text(),
    suffix: text().nullable(),
    bornOn: date().nullable(),
    /** How it gets copies where duplicates go to contacts. */
    notices: p.enum(['none', 'mail', 'email'] as const).default('none'),
    version: version(),
  },
  indexes: [
    { name: 'contact_customer', properties: ['customerId'] },
    { name: 'contact_location', properties: ['locationId'] },
  ],
});

export const ContactAddress = defineEntity({
  name: 'ContactAddress',
  tableName: 'contact_address',
  properties: {
    id: pk(),
    contact: () => p.manyToOne(Contact).ref().index(true).deleteRule('no action').updateRule('no action'),
    ...addressColumns(),
  },
});

export const ContactPhone = defineEntity({
  name: 'ContactPhone',
  tableName: 'contact_phone',
  properties: {
    id: pk(),
    contact: () => p.manyToOne(Contact).ref().index(true).deleteRule('no action').updateRule('no action'),
    ...phoneColumns(),
  },
});

export const ContactEmail = defineEntity({
  name: 'ContactEmail',
  tableName: 'contact_email',
  properties: {
    id: pk(),
    contact: () => p.manyToOne(Contact).ref().index(true).deleteRule('no action').updateRule('no action'),
    ...emailColumns(),
  },
});
