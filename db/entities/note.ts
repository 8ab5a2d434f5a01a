import { defineEntity } from '@mikro-orm/core';
import { date, flag, idColumn, instant, key, p, pk, text, version } from '../columns.ts';

/** Something a person wrote about a customer, a location or an account. */
export const Note = defineEntity({
  name: 'Note',
  tableName: 'note',
  properties: {
    id: pk(),
    level: p.enum(['customer', 'location', 'account'] as const),
    customerId: idColumn().nullable(),
    locationId: idColumn().nullable(),
    accountId: idColumn().nullable(),
    /** Code of table `note_type`. */
    type: key(),
    subject: text(),
    body: text(),
    createdAt: instant(),
    createdOn: date(),
    createdBy: text(),
    messageCenter: flag().default(0),
    paymentCenter: flag().default(0),
    /** Last day without penalties. */
    graceOn: date().nullable(),
    usedFor: key().nullable(),
    expiresOn: date().nullable(),
    /** Users whose groups reach this level may read it: 1 everybody, 2 some, 3 management. */
    accessLevel: p.integer().default(1),
    /** Taken away by its readers' decision; the row and its versions stay. */
    removedAt: instant().nullable(),
    version: version(),
  },
  indexes: [
    { name: 'note_customer', properties: ['customerId'] },
    { name: 'note_location', properties: ['locationId'] },
  ],
});

/** What a note said before an edit. */
export const NoteVersion = defineEntity({
  name: 'NoteVersion',
  tableName: 'note_version',
  properties: {
    id: pk(),
    note: () => p.manyToOne(Note).ref().index(true).deleteRule('no action').updateRule('no action'),
    replacedAt: instant(),
    replacedBy: text(),
    /** JSON of the fields as they were. */
    values: text(),
  },
});
