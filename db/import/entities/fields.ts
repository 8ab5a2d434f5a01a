import type { EntityName } from './names.ts';

/** How the text of a field is understood. */
export type FieldType =
  | { readonly type: 'text' | 'key' | 'date' | 'cents' | 'milli' | 'integer' | 'flag' | 'degrees' }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  /** A record of this import, by its key. */
  | { readonly type: 'ref'; readonly to: EntityName }
  /** A row of a code table, by its code. */
  | { readonly type: 'code'; readonly table: CodeTable };

export type CodeTable = 'services' | 'rates' | 'revenueClasses' | 'routes' | 'cycles';

export type Field = FieldType & { readonly required?: true };

const text: Field = { type: 'text' };
const key: Field = { type: 'key' };
const date: Field = { type: 'date' };
const cents: Field = { type: 'cents' };
const milli: Field = { type: 'milli' };
const integer: Field = { type: 'integer' };
const flag: Field = { type: 'flag' };
const ref = (to: EntityName): Field => ({ type: 'ref', to });
const code = (table: CodeTable): Field => ({ type: 'code', table });
const choice = (...choices: string[]): Field => ({ type: 'choice', choices });
const required = (field: Field): Field => ({ ...field, required: true });

/** The fields of every entity that a profile can fill. */
export const FIELDS: Readonly<Record<EntityName, Readonly<Record<string, Field>>>> = {
  customer: {
    number: required(key),
    kind: choice('individual', 'profit', 'nonprofit', 'government'),
    title: text,
    firstName: text,
    middleName: text,
    lastName: text,
    suffix: text,
    spouseName: text,
    businessName: text,
    altId: text,
    accountStatus: key,
    active: flag,
    public: flag,
    bankrupt: flag,
    noPayments: flag,
    noChecks: flag,
    noCollections: flag,
    taxExemptNumber: text,
    customerGroup: key,
    mailNotices: flag,
    emailNotices: flag,
    webUser: flag,
    bornOn: date,
  },
  address: {
    customer: required(ref('customer')),
    type: key,
    primary: flag,
    careOf: text,
    line1: required(text),
    line2: text,
    city: required(text),
    state: text,
    zip: text,
    country: key,
    county: text,
  },
  phone: {
    customer: required(ref('customer')),
    type: key,
    number: required(text),
    extension: text,
    description: text,
    primary: flag,
  },
  email: { customer: required(ref('customer')), address: required(text), primary: flag },
  location: {
    number: required(key),
    houseNumber: text,
    street: text,
    unit: text,
    line1: required(text),
    city: required(text),
    state: text,
    zip: text,
    country: key,
    latitude: { type: 'degrees' },
    longitude: { type: 'degrees' },
    revenueClass: code('revenueClasses'),
    cycle: code('cycles'),
    route: code('routes'),
    routeSequence: integer,
    rental: flag,
    owner: ref('customer'),
    description: text,
    parcelNumber: text,
    region: text,
    altId: text,
    crossStreet: text,
  },
  account: {
    number: required(key),
    customer: required(ref('customer')),
    location: required(ref('location')),
    activity: choice('current', 'waiting', 'final'),
    movedInOn: required(date),
    movedOutOn: date,
    budget: cents,
  },
  service: {
    account: required(ref('account')),
    service: required(code('services')),
    rate: code('rates'),
    status: choice('on', 'off', 'shutoff', 'pending'),
    startedOn: required(date),
    endedOn: date,
    active: flag,
  },
  meter: {
    number: required(key),
    make: text,
    size: text,
    dials: integer,
    multiplier: milli,
    unit: required(text),
  },
  installation: {
    meter: required(ref('meter')),
    location: required(ref('location')),
    service: required(code('services')),
    installedOn: required(date),
    installReading: milli,
    removedOn: date,
    removeReading: milli,
    transmitter: text,
  },
  charge: {
    account: required(ref('account')),
    kind: choice('charge', 'penalty', 'special_charge', 'deferred_charge', 'deposit_charge', 'nsf_fee'),
    service: code('services'),
    number: key,
    effectiveOn: required(date),
    dueOn: date,
    amount: required(cents),
    description: text,
    reference: text,
    reason: key,
    memo: text,
  },
  payment: {
    account: required(ref('account')),
    pays: ref('charge'),
    number: key,
    effectiveOn: required(date),
    amount: required(cents),
    method: key,
    reference: text,
    memo: text,
  },
  read: {
    account: required(ref('account')),
    meter: required(ref('meter')),
    service: required(code('services')),
    rate: code('rates'),
    readOn: required(date),
    previousOn: date,
    kind: choice('initial', 'regular', 'estimated', 'final', 'failure'),
    reading: milli,
    previousReading: milli,
    usage: required(milli),
    billed: milli,
    charge: cents,
    minimum: cents,
    comment: text,
  },
};

/** Fields of records that an `existing: "only"` rule needs: enough to find them. */
export const isFound = (entity: EntityName): boolean => 'number' in FIELDS[entity] && !isPosting(entity);

/** Records that are money or consumption: each occurrence counts, none is merged. */
export const isPosting = (entity: EntityName): boolean =>
  entity === 'charge' || entity === 'payment' || entity === 'read';
