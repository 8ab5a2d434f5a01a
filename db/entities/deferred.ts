import { defineEntity } from '@mikro-orm/core';
import { cents, date, flag, idColumn, instant, key, p, pk, text, version } from '../columns.ts';
import { Customer } from './customer.ts';

/** A customer's own decision about a deferred charge; without a row the charge's sign-up type decides. */
export const DeferredParticipation = defineEntity({
  name: 'DeferredParticipation',
  tableName: 'deferred_participation',
  properties: {
    id: pk(),
    customer: () => p.manyToOne(Customer).ref().index(false).deleteRule('no action').updateRule('no action'),
    /** Code of table `deferred_charge`. */
    charge: key(),
    participates: flag(),
    changedOn: date(),
    changedAt: instant(),
    changedBy: text(),
    version: version(),
  },
  uniques: [{ name: 'deferred_participation_of', properties: ['customer', 'charge'] }],
});

/** A deferred charge that a payment brought about: once for a statement, and taken back with its payment. */
export const DeferredPosting = defineEntity({
  name: 'DeferredPosting',
  tableName: 'deferred_posting',
  properties: {
    id: pk(),
    customerId: idColumn(),
    accountId: idColumn(),
    /** Code of table `deferred_charge`. */
    charge: key(),
    /** The statement whose amount it was reckoned from; null: there was none. */
    statementId: idColumn().nullable(),
    statementCents: cents(),
    /** The payment's transaction that triggered it. */
    triggerId: idColumn(),
    /** The charge's own transaction. */
    transactionId: idColumn(),
    /** Taken back with its payment by this transaction. */
    reversedById: idColumn().nullable(),
  },
  indexes: [
    { name: 'deferred_posting_trigger', properties: ['triggerId'] },
    { name: 'deferred_posting_account', properties: ['accountId', 'charge'] },
    { name: 'deferred_posting_transaction', properties: ['transactionId'] },
  ],
});
