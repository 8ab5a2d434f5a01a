import { defineEntity } from '@mikro-orm/core';
import { cents, date, flag, idColumn, instant, key, p, pk, text, version } from '../columns.ts';

/** What a batch collects; each kind is entered, balanced and posted on its own. */
export const BATCH_KINDS = [
  'payments',
  'lockbox',
  'charges',
  'adjustments',
  'penalties',
  'refunds',
  'deposits',
  'write_offs',
] as const;
export type BatchKind = (typeof BATCH_KINDS)[number];

/**
 * Transactions that are entered together, compared with a control total and posted together
 * (guide: domain §4.2, L7). `posting` holds entry back while a posting run is at work in pieces.
 */
export const Batch = defineEntity({
  name: 'Batch',
  tableName: 'batch',
  properties: {
    id: pk(),
    number: key().unique(),
    kind: p.enum(BATCH_KINDS),
    status: p.enum(['open', 'balanced', 'posting', 'posted'] as const),
    description: text().nullable(),
    /** Business date of the batch. */
    openedOn: date(),
    /** What the tape says; null: nobody counted beforehand. */
    controlCents: cents().nullable(),
    controlCount: p.integer().nullable(),
    drawerId: idColumn().nullable(),
    /** Opened by the program for what a user enters without naming a batch. */
    automatic: flag().default(0),
    createdAt: instant(),
    createdBy: text(),
    postedOn: date().nullable(),
    postedAt: instant().nullable(),
    postedBy: text().nullable(),
    version: version(),
  },
  indexes: [{ name: 'batch_status', properties: ['status', 'kind', 'openedOn'] }],
});

/** A span of business dates whose books are open or closed. Periods do not overlap. */
export const AccountingPeriod = defineEntity({
  name: 'AccountingPeriod',
  tableName: 'accounting_period',
  properties: {
    id: pk(),
    name: text(),
    startsOn: date().unique(),
    endsOn: date(),
    status: p.enum(['open', 'closed'] as const),
    closedAt: instant().nullable(),
    closedBy: text().nullable(),
    version: version(),
  },
});

/** A drawer of money from its opening to its count; one open at a time per user. */
export const CashDrawer = defineEntity({
  name: 'CashDrawer',
  tableName: 'cash_drawer',
  properties: {
    id: pk(),
    number: key().unique(),
    username: key(),
    status: p.enum(['open', 'closed'] as const),
    openedOn: date(),
    openedAt: instant(),
    /** Money that was in it at first. */
    floatCents: cents(),
    closedAt: instant().nullable(),
    /** JSON: cents of each note and coin → how many were counted. */
    counts: text().nullable(),
    countedCents: cents().nullable(),
    /** Float and cash taken, less cash given out. */
    expectedCents: cents().nullable(),
    /** Counted less expected. */
    overShortCents: cents().nullable(),
    reason: text().nullable(),
    version: version(),
  },
  indexes: [{ name: 'cash_drawer_user', properties: ['username', 'status'] }],
  uniques: [{ name: 'cash_drawer_one_open', properties: ['username'], where: "status = 'open'" }],
});

/** What somebody paid at one time: one receipt, any number of accounts and tenders. */
export const Payment = defineEntity({
  name: 'Payment',
  tableName: 'payment',
  properties: {
    id: pk(),
    /** Receipt number. */
    number: key().unique(),
    /** Who paid: paid first in automatic mode (guide: domain §4.1). */
    sourceAccountId: idColumn(),
    customerId: idColumn(),
    paidOn: date(),
    totalCents: cents(),
    /** How it came. */
    channel: p.enum(['counter', 'mail', 'lockbox', 'import', 'draft', 'web', 'phone'] as const),
    /** How it is spread over debts. */
    mode: p.enum(['automatic', 'manual', 'fifo', 'spec'] as const),
    batchId: idColumn().nullable(),
    drawerId: idColumn().nullable(),
    memo: text().nullable(),
    createdAt: instant(),
    createdBy: text(),
    version: version(),
  },
  indexes: [
    { name: 'payment_batch', properties: ['batchId'] },
    { name: 'payment_source', properties: ['sourceAccountId', 'paidOn'] },
    { name: 'payment_drawer', properties: ['drawerId'] },
  ],
});

/** One means of payment of a payment; a returned item is returned by tender (guide: domain §4.3). */
export const Tender = defineEntity({
  name: 'Tender',
  tableName: 'tender',
  properties: {
    id: pk(),
    payment: () => p.manyToOne(Payment).ref().index(true).deleteRule('no action').updateRule('no action'),
    customerId: idColumn(),
    /** Code of table `payment_method`. */
    method: key(),
    amountCents: cents(),
    /** Check number, approval of a card, trace number. */
    reference: text().nullable(),
    version: version(),
  },
});

/** What an unposted credit will pay when it is posted, as the operator chose; removed by then. */
export const PlannedAllocation = defineEntity({
  name: 'PlannedAllocation',
  tableName: 'planned_allocation',
  properties: {
    id: pk(),
    transactionId: idColumn(),
    customerId: idColumn(),
    debitLineId: idColumn(),
    amountCents: cents(),
  },
  indexes: [
    { name: 'planned_allocation_transaction', properties: ['transactionId'] },
    { name: 'planned_allocation_debit', properties: ['debitLineId'] },
  ],
});

/** A charge that waits for the next bill (guide: domain §3.11). */
export const SpecialCharge = defineEntity({
  name: 'SpecialCharge',
  tableName: 'special_charge',
  properties: {
    id: pk(),
    accountId: idColumn(),
    customerId: idColumn(),
    serviceTypeId: idColumn().nullable(),
    /** Code of table `charge_code`. */
    code: key(),
    description: text(),
    /** Above zero a charge, below a credit. */
    amountCents: cents(),
    taxable: flag().default(0),
    status: p.enum(['pending', 'billed', 'removed'] as const),
    transactionId: idColumn().nullable(),
    reason: text().nullable(),
    createdOn: date(),
    createdAt: instant(),
    createdBy: text(),
    version: version(),
  },
  indexes: [{ name: 'special_charge_account', properties: ['accountId', 'status'] }],
});

/** Something above its author's limit, waiting for somebody who may. */
export const ApprovalRequest = defineEntity({
  name: 'ApprovalRequest',
  tableName: 'approval_request',
  properties: {
    id: pk(),
    /** Name of the operation that was asked for. */
    operation: key(),
    /** Its input, as JSON. */
    input: text(),
    summary: text(),
    accountId: idColumn().nullable(),
    customerId: idColumn().nullable(),
    amountCents: cents(),
    status: p.enum(['pending', 'approved', 'refused', 'withdrawn'] as const),
    requestedAt: instant(),
    requestedBy: key(),
    decidedAt: instant().nullable(),
    decidedBy: key().nullable(),
    reason: text().nullable(),
    transactionId: idColumn().nullable(),
    version: version(),
  },
  indexes: [{ name: 'approval_request_status', properties: ['status', 'requestedAt'] }],
});
