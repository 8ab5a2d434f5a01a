import { z } from 'zod';
import { moveInTerms } from '../../accounts/move-in.ts';
import { newLocation } from '../../locations/add.ts';
import { typedNumbers } from '../../secrets/typed-numbers.ts';
import { shortText, typedText } from '#domain/typed-text.ts';

const id = z.number().int().positive();
const flag = (otherwise: 0 | 1) => z.union([z.literal(0), z.literal(1)]).default(otherwise);
const said = (most = 120) => typedText(most).trim().default('');
const code = shortText(40).default('');

const one = { type: shortText(40).default(''), primary: z.boolean().default(false) };

/** Who it is and how it is treated. */
export const newDetail = z.object({
  /** Empty: the next number. */
  number: said(40),
  kind: z.enum(['individual', 'profit', 'nonprofit', 'government'], 'Choose what kind of customer it is.'),
  title: said(20),
  firstName: said(80),
  middleName: said(80),
  lastName: said(80),
  suffix: said(20),
  spouseName: said(160),
  businessName: said(160),
  altId: said(40),
  accountStatus: shortText(40).default('current'),
  segment: z.enum(['residential', 'commercial'], 'Choose residential or commercial.'),
  defaultTerms: code,
  branch: code,
  salesperson: code,
  chainAccount: code,
  customerGroup: code,
  customerGroup2: code,
  taxExemptNumber: said(40),
  bypassRateUntil: z.iso.date('Enter a date as YYYY-MM-DD').max(10).nullable().default(null),
  identityCheck: code,
  statementFormat: code,
  public: flag(1),
  noCollections: flag(0),
  noChecks: flag(0),
  mailNotices: flag(1),
  emailNotices: flag(0),
});

/** Where bills go: one address, and how the customer is reached. */
export const newBillTo = z.object({
  address: z.object({
    type: shortText(40).default('mailing'),
    careOf: said(),
    line1: said(),
    line2: said(),
    city: said(80),
    state: said(40),
    zip: said(20),
    country: said(40).default('US'),
    county: said(80),
    geoCode: said(40),
  }),
  phones: z
    .array(z.object({ ...one, number: said(40), extension: said(10), description: said() }))
    .max(20)
    .default([]),
  emails: z
    .array(z.object({ ...one, address: said(254), description: said() }))
    .max(20)
    .default([]),
});

/** Where it moves in: a location that is there, or a new one. */
const place = z.union([z.object({ id }), z.object({ add: newLocation })]);

/** A deposit, and in how many parts it may be paid. */
export const newDeposit = z.object({
  code: shortText(40).min(1, 'Choose what kind of deposit it is'),
  amountCents: z.int().min(1, 'Enter an amount above zero').max(100_000_000, 'At most 1,000,000.00'),
  instalments: z.int('Enter a whole number').min(1, 'At least one').max(60, 'At most 60').default(1),
});

export const newCustomer = z.object({
  detail: newDetail,
  billTo: newBillTo,
  personal: typedNumbers.prefault({}),
  /** Custom fields by code, as typed. */
  fields: z.record(shortText(40), z.union([typedText(500), z.boolean()])).default({}),
  moveIn: z.object({ place, terms: moveInTerms }).nullable().default(null),
  deposit: newDeposit.nullable().default(null),
  /** Customers who look like the same person and are others, as the operator has seen. */
  others: z.array(id).max(100).default([]),
  /** Why a debt left behind is no hindrance. */
  debtReason: typedText(200).trim().nullable().default(null),
});

export type NewCustomer = z.output<typeof newCustomer>;
