import { defineEntity } from '@mikro-orm/core';
import { flag, idColumn, instant, key, p, pk, text, version } from '../columns.ts';

/** A document that belongs to a customer, a location, an account or a note. */
export const Document = defineEntity({
  name: 'Document',
  tableName: 'document',
  properties: {
    id: pk(),
    level: p.enum(['customer', 'location', 'account', 'note'] as const),
    customerId: idColumn().nullable(),
    locationId: idColumn().nullable(),
    accountId: idColumn().nullable(),
    noteId: idColumn().nullable(),
    /** Code of table `document_type`. */
    type: key(),
    description: text(),
    /** Users whose groups reach this level may see it: 1 everybody, 2 some, 3 management. */
    accessLevel: p.integer().default(1),
    createdAt: instant(),
    createdBy: text(),
    /** Taken away; its versions stay. */
    removedAt: instant().nullable(),
    removedBy: text().nullable(),
    version: version(),
  },
  indexes: [
    { name: 'document_customer', properties: ['customerId'] },
    { name: 'document_location', properties: ['locationId'] },
    { name: 'document_note', properties: ['noteId'] },
  ],
});

/** What a document was at a time; the newest number is what opens. */
export const DocumentVersion = defineEntity({
  name: 'DocumentVersion',
  tableName: 'document_version',
  properties: {
    id: pk(),
    document: () => p.manyToOne(Document).ref().index(false).deleteRule('no action').updateRule('no action'),
    /** 1, 2, 3 … */
    number: p.integer(),
    fileName: text(),
    mediaType: key(),
    /** Bytes, before sealing. */
    size: p.integer(),
    /** Of the content: SHA-256 of an open document, keyed of a sealed one. */
    digest: key(),
    /** SHA-256 of what is stored: the name it is stored under. */
    address: key(),
    sealed: flag().default(0),
    /** Key that it is sealed with. */
    keyId: idColumn().nullable(),
    createdAt: instant(),
    createdBy: text(),
  },
  uniques: [{ name: 'document_version_number', properties: ['document', 'number'] }],
  indexes: [
    { name: 'document_version_address', properties: ['address'] },
    { name: 'document_version_digest', properties: ['digest'] },
  ],
});
