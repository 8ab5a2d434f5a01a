import { defineEntity } from '@mikro-orm/core';
import { cents, date, flag, idColumn, instant, key, p, pk, text, version } from '../columns.ts';
import { Customer } from './customer.ts';
import { Location } from './location.ts';

/** A customer at a location. */
export const Account = defineEntity({
  name: 'Account',
  tableName: 'account',
  properties: {
    id: pk(),
    number: key().unique(),
    customer: () => p.manyToOne(Customer).ref().index(false).deleteRule('no action').updateRule('no action'),
    location: () => p.manyToOne(Location).ref().index(false).deleteRule('no action').updateRule('no action'),
    activity: p.enum(['current', 'waiting', 'final'] as const),
    movedInOn: date(),
    movedOutOn: date().nullable(),
    /** Levelised monthly amount; null when not on budget billing. */
    budgetCents: cents().nullable(),
    /** The owner gets a copy of bills. */
    ownerCopy: flag().default(0),
    /** Codes of tables `bill_group` and `terms`. */
    billGroup: key().nullable(),
    terms: key().nullable(),
    /** On the active shut-off list for this day. */
    shutoffScheduledOn: date().nullable(),
    createdAt: instant(),
    version: version(),
  },
  indexes: [
    { name: 'account_customer', properties: ['customer', 'activity'] },
    { name: 'account_location', properties: ['location', 'activity'] },
  ],
});

/** Maintained totals of an account, proven against the ledger by the checks. */
export const AccountBalance = defineEntity({
  name: 'AccountBalance',
  tableName: 'account_balance',
  properties: {
    accountId: idColumn().primary().autoincrement(false),
    customerId: idColumn(),
    locationId: idColumn(),
    /** Posted debits less posted credits. */
    balanceCents: cents(),
    /** The same of what is not posted yet. */
    unpostedCents: cents(),
  },
  indexes: [
    { name: 'account_balance_customer', properties: ['customerId'] },
    { name: 'account_balance_location', properties: ['locationId'] },
  ],
});

/** What can be billed: water, sewer, refuse … */
export const ServiceType = defineEntity({
  name: 'ServiceType',
  tableName: 'service_type',
  properties: {
    id: pk(),
    code: key().unique(),
    name: text(),
    /** Unit of consumption (`kgal`, `HCF`, `kWh`); null when the service has no meter. */
    unit: text().nullable(),
    payoffRank: p.integer(),
    receivableGl: key(),
    revenueGl: key(),
    active: flag().default(1),
    version: version(),
  },
});

export const RateCode = defineEntity({
  name: 'RateCode',
  tableName: 'rate_code',
  properties: {
    id: pk(),
    code: key().unique(),
    name: text(),
    serviceType: () => p.manyToOne(ServiceType).ref().index(false).deleteRule('no action').updateRule('no action'),
    /** Fixed part of each bill. */
    minimumCents: cents(),
    /** JSON list of tiers: `{ upToMilli: number | null, centsPerUnit: number }`. */
    tiers: text().nullable(),
    active: flag().default(1),
    version: version(),
  },
});

/** One line of the services grid: a service that an account takes. */
export const AccountService = defineEntity({
  name: 'AccountService',
  tableName: 'account_service',
  properties: {
    id: pk(),
    account: () => p.manyToOne(Account).ref().index(true).deleteRule('no action').updateRule('no action'),
    customerId: idColumn(),
    locationId: idColumn(),
    serviceType: () => p.manyToOne(ServiceType).ref().index(false).deleteRule('no action').updateRule('no action'),
    rateCode: () => p.manyToOne(RateCode).ref().nullable().index(false).deleteRule('no action').updateRule('no action'),
    /** Utility status. */
    status: p.enum(['on', 'off', 'shutoff', 'pending'] as const),
    startedOn: date(),
    endedOn: date().nullable(),
    active: flag().default(1),
    version: version(),
  },
  indexes: [{ name: 'account_service_location', properties: ['locationId'] }],
});

/** What a statement says of its period; the paper itself is made from it. */
export const Statement = defineEntity({
  name: 'Statement',
  tableName: 'statement',
  properties: {
    id: pk(),
    number: key().unique(),
    customerId: idColumn(),
    accountId: idColumn(),
    billedOn: date(),
    dueOn: date(),
    previousCents: cents(),
    paymentsCents: cents(),
    chargesCents: cents(),
    balanceCents: cents(),
  },
  indexes: [{ name: 'statement_account', properties: ['accountId', 'billedOn'] }],
});

/** Work at a location. */
export const ServiceOrder = defineEntity({
  name: 'ServiceOrder',
  tableName: 'service_order',
  properties: {
    id: pk(),
    number: key().unique(),
    location: () => p.manyToOne(Location).ref().index(false).deleteRule('no action').updateRule('no action'),
    accountId: idColumn().nullable(),
    customerId: idColumn().nullable(),
    category: key(),
    description: text(),
    status: p.enum(['open', 'completed', 'cancelled'] as const),
    openedOn: date(),
    dueOn: date().nullable(),
    completedOn: date().nullable(),
    version: version(),
  },
  indexes: [{ name: 'service_order_location', properties: ['location', 'status'] }],
});

/** A plan to pay a debt in instalments. */
export const Arrangement = defineEntity({
  name: 'Arrangement',
  tableName: 'arrangement',
  properties: {
    id: pk(),
    account: () => p.manyToOne(Account).ref().index(true).deleteRule('no action').updateRule('no action'),
    customerId: idColumn(),
    status: p.enum(['active', 'kept', 'broken', 'cancelled'] as const),
    startedOn: date(),
    amountCents: cents(),
    instalments: p.integer(),
    version: version(),
  },
});

/** Money held against future debts, by account, location or customer. */
export const Deposit = defineEntity({
  name: 'Deposit',
  tableName: 'deposit',
  properties: {
    id: pk(),
    holder: p.enum(['customer', 'location', 'account'] as const),
    customerId: idColumn().nullable(),
    locationId: idColumn().nullable(),
    accountId: idColumn().nullable(),
    /** Code of table `deposit_code`. */
    code: key(),
    number: key().nullable().unique(),
    status: p
      .enum(['charged', 'partial', 'held', 'applied', 'refunded', 'transferred', 'forfeited', 'cancelled'] as const)
      .default('held'),
    serviceTypeId: idColumn().nullable(),
    chargedOn: date(),
    chargedCents: cents(),
    collectedCents: cents(),
    /** Collected and not yet applied, refunded or forfeited. */
    heldCents: cents(),
    instalments: p.integer().default(1),
    /** Interest credited so far, and the day up to which it is calculated. */
    interestCents: cents().default(0),
    interestThroughOn: date().nullable(),
    releasedOn: date().nullable(),
    /** The deposit that this one was transferred from. */
    transferredFromId: idColumn().nullable(),
    remarks: text().nullable(),
    version: version(),
  },
  indexes: [
    { name: 'deposit_customer', properties: ['customerId'] },
    { name: 'deposit_location', properties: ['locationId'] },
  ],
});

/** A marker with its own badge (life support, budget holiday, dog on site …). */
export const SpecialCondition = defineEntity({
  name: 'SpecialCondition',
  tableName: 'special_condition',
  properties: {
    id: pk(),
    /** Code of table `special_condition`, whose attributes carry the badge text. */
    code: key(),
    customerId: idColumn().nullable(),
    locationId: idColumn().nullable(),
    startedOn: date(),
    endedOn: date().nullable(),
    remarks: text().nullable(),
    version: version(),
  },
  indexes: [
    { name: 'special_condition_customer', properties: ['customerId'] },
    { name: 'special_condition_location', properties: ['locationId'] },
  ],
});
