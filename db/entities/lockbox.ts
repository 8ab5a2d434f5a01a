import { defineEntity } from '@mikro-orm/core';
import { cents, date, idColumn, instant, key, p, pk, text, version } from '../columns.ts';

/** A file of payments from a bank, known again by its digest. */
export const LockboxFile = defineEntity({
  name: 'LockboxFile',
  tableName: 'lockbox_file',
  properties: {
    id: pk(),
    name: text(),
    digest: key().unique(),
    depositedOn: date(),
    items: p.integer(),
    totalCents: cents(),
    batchId: idColumn(),
    importedAt: instant(),
    importedBy: text(),
  },
});

/** A payment of such a file: matched to an account, or waiting for somebody to say whose it is. */
export const LockboxItem = defineEntity({
  name: 'LockboxItem',
  tableName: 'lockbox_item',
  properties: {
    id: pk(),
    file: () => p.manyToOne(LockboxFile).ref().index(true).deleteRule('no action').updateRule('no action'),
    row: p.integer(),
    /** As the file says it. */
    accountNumber: text(),
    payer: text().nullable(),
    amountCents: cents(),
    method: key(),
    reference: text().nullable(),
    paidOn: date(),
    status: p.enum(['matched', 'exception', 'returned'] as const),
    /** Why nobody could be credited. */
    problem: key().nullable(),
    accountId: idColumn().nullable(),
    customerId: idColumn().nullable(),
    paymentId: idColumn().nullable(),
    resolvedBy: text().nullable(),
    resolvedAt: instant().nullable(),
    remarks: text().nullable(),
    version: version(),
  },
  indexes: [{ name: 'lockbox_item_status', properties: ['status', 'id'] }],
});
