import { defineEntity } from '@mikro-orm/core';
import { PAPER_KINDS } from '#domain/paper-kinds.ts';
import { flag, idColumn, instant, key, p, pk, text, version } from '../columns.ts';

/** A format of a kind of paper, which a utility changes without code. */
export const PaperFormat = defineEntity({
  name: 'PaperFormat',
  tableName: 'paper_format',
  properties: {
    id: pk(),
    code: key().unique(),
    kind: p.enum(PAPER_KINDS),
    name: text(),
    /** The format itself, JSON. */
    layout: text(),
    /** Taken when nobody chooses another. */
    standard: flag().default(0),
    active: flag().default(1),
    system: flag().default(0),
    version: version(),
  },
});

/** A document as it was made: what was sent can be seen again. */
export const StoredDocument = defineEntity({
  name: 'StoredDocument',
  tableName: 'stored_document',
  properties: {
    id: pk(),
    kind: p.enum(PAPER_KINDS),
    customerId: idColumn().nullable(),
    accountId: idColumn().nullable(),
    /** File name it is sent under. */
    name: text(),
    mediaType: key(),
    /** Base64. */
    content: text(),
    digest: key(),
    createdAt: instant(),
    createdBy: text(),
  },
  indexes: [{ name: 'stored_document_customer', properties: ['customerId', 'createdAt'] }],
});

/** Something that was given or sent to a customer, and what became of it. */
export const Communication = defineEntity({
  name: 'Communication',
  tableName: 'communication',
  properties: {
    id: pk(),
    customerId: idColumn().nullable(),
    accountId: idColumn().nullable(),
    channel: p.enum(['email', 'print', 'file'] as const),
    kind: p.enum(PAPER_KINDS),
    status: p.enum(['queued', 'sending', 'sent', 'failed', 'bounced', 'cancelled'] as const),
    /** Address, printer or file. */
    recipient: text(),
    subject: text().nullable(),
    body: text().nullable(),
    documentId: idColumn().nullable(),
    /** Transaction or statement that it is about. */
    transactionId: idColumn().nullable(),
    statementId: idColumn().nullable(),
    /** Identity of the message on the net: the same at every try. */
    messageId: key().nullable(),
    attempts: p.integer().default(0),
    nextTryAt: instant().nullable(),
    /** While somebody tries: nobody else does before then. */
    lockedUntil: instant().nullable(),
    problem: text().nullable(),
    createdAt: instant(),
    createdBy: text(),
    sentAt: instant().nullable(),
    version: version(),
  },
  indexes: [
    { name: 'communication_customer', properties: ['customerId', 'createdAt'] },
    { name: 'communication_waiting', properties: ['status', 'nextTryAt'] },
    { name: 'communication_message', properties: ['messageId'] },
  ],
});
