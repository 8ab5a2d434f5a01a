import { z } from 'zod';
import { isCivilDate } from '#domain/civil-date.ts';
import type { CustomerRecord } from '#domain/customer-record.ts';
import { typedLine, shortText } from '#domain/typed-text.ts';

const flag = z.union([z.literal(0), z.literal(1)]);
const line = (most: number) => typedLine(most).nullable();
const code = () => shortText(40).nullable();
const day = () => shortText(10).refine(isCivilDate, 'Not a date.').nullable();

/** Every field that may be changed; those that are left out stay as they are. */
export const recordPatch = z
  .object({
    kind: z.enum(['individual', 'profit', 'nonprofit', 'government'], 'Choose what kind of customer it is.'),
    title: line(30),
    firstName: line(60),
    middleName: line(60),
    lastName: line(60),
    suffix: line(20),
    spouseName: line(120),
    businessName: line(120),
    altId: line(40),
    accountStatus: shortText(40).min(1, 'Choose the account status.'),
    active: flag,
    public: flag,
    bankrupt: flag,
    noPayments: flag,
    noChecks: flag,
    noCollections: flag,
    disallowedMethods: z.array(shortText(40)).max(100),
    taxExemptNumber: line(40),
    segment: z.enum(['residential', 'commercial'], 'Choose residential or commercial.'),
    defaultTerms: code(),
    branch: code(),
    salesperson: code(),
    chainAccount: code(),
    customerGroup: code(),
    customerGroup2: code(),
    bypassRateUntil: day(),
    identityCheck: code(),
    statementFormat: code(),
    dunningHoldUntil: day(),
  } satisfies Record<keyof CustomerRecord, z.ZodType>)
  .partial();

export type RecordPatch = z.output<typeof recordPatch>;
