import { defineEntity } from '@mikro-orm/core';
import { cents, date, flag, idColumn, instant, key, p, pk, text, version } from '../columns.ts';
import { addressColumns, emailColumns, phoneColumns } from './reach.ts';

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
    /** Code of table `customer_group`; who may see the customer hangs on it where groups are restricted. */
    customerGroup: key().nullable(),
    /** Second grouping, for lists alone: code of table `customer_group`. */
    customerGroup2: key().nullable(),
    segment: p.enum(['residential', 'commercial'] as const).default('residential'),
    /** Codes of tables `terms`, `branch`, `salesperson`, `chain_account`. */
    defaultTerms: key().nullable(),
    branch: key().nullable(),
    salesperson: key().nullable(),
    chainAccount: key().nullable(),
    /** No rate increase before this day. */
    bypassRateUntil: date().nullable(),
    /** How far the identity was proven: code of table `identity_check`. */
    identityCheck: key().nullable(),
    /** Code of the paper format that its statements are printed in; null: the standard one. */
    statementFormat: key().nullable(),
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
    ...addressColumns(),
  },
});

export const CustomerPhone = defineEntity({
  name: 'CustomerPhone',
  tableName: 'customer_phone',
  properties: {
    id: pk(),
    customer: () => p.manyToOne(Customer).ref().index(true).deleteRule('no action').updateRule('no action'),
    ...phoneColumns(),
  },
});

export const CustomerEmail = defineEntity({
  name: 'CustomerEmail',
  tableName: 'customer_email',
  properties: {
    id: pk(),
    customer: () => p.manyToOne(Customer).ref().index(true).deleteRule('no action').updateRule('no action'),
    ...emailColumns(),
    type: key().default('home'),
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
    /** The bank of a draft, the brand of a card. */
    bankOrBrand: text(),
    last4: key(),
    /** Of a draft. */
    accountType: p.enum(['checking', 'savings'] as const).nullable(),
    /** Of a draft: nine digits, code of table `bank_code`. */
    routingNumber: key().nullable(),
    /** Of a card: its last month, `YYYY-MM`. */
    expiresIn: key().nullable(),
    /** The customer is told the amount before it is collected. */
    notifyInAdvance: flag().default(0),
    /** What is collected: what is due, no more than an amount, always an amount, or the budget or statement balance. */
    option: p.enum(['balance', 'maximum', 'fixed', 'required'] as const).default('balance'),
    /** Of `maximum` and `fixed`. */
    amountCents: cents().nullable(),
    /** When: on the due date, some days after the bill, or on a day of the month. */
    drawOn: p.enum(['due', 'after_bill', 'day'] as const).default('due'),
    /** Days after the bill, or the day of the month. */
    drawDays: p.integer().nullable(),
    /** The one instrument that is drawn from by itself; the others wait. */
    automatic: flag().default(1),
    /** Day of the signature. */
    authorisedOn: date().nullable(),
    /** Not drawn from since a return or by decision, and why. */
    suspendedOn: date().nullable(),
    suspendedReason: text().nullable(),
    startedOn: date(),
    endedOn: date().nullable(),
    version: version(),
  },
});

/** Leave to choose a new password for the customer's web site; only the token's hash is kept. */
export const WebLoginToken = defineEntity({
  name: 'WebLoginToken',
  tableName: 'web_login_token',
  properties: {
    id: pk(),
    customer: () => p.manyToOne(Customer).ref().index(true).deleteRule('no action').updateRule('no action'),
    tokenHash: key().unique(),
    /** Address that it was mailed to. */
    sentTo: text(),
    createdAt: instant(),
    createdBy: text(),
    expiresAt: instant(),
    usedAt: instant().nullable(),
    revokedAt: instant().nullable(),
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
