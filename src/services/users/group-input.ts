import { z } from 'zod';
import { EVERYTHING, type Permission, PERMISSIONS } from '#domain/permissions.ts';
import { shortText, typedLine, typedText } from '#domain/typed-text.ts';

const NAMES = Object.keys(PERMISSIONS) as Permission[];
const LARGEST_CREDIT_CENTS = 100_000_000_00;

/** Code of a group as typed: lower case, without what a list of codes could misread. */
export const groupCode = shortText(25)
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9._-]{0,24}$/, 'Use 1 to 25 letters, digits, dots, dashes; begin with a letter');

const level = z.int().min(1, 'Level 1, 2 or 3').max(3, 'Level 1, 2 or 3');

/** Customers that members see: all, or those of customer groups, of which some may only be read. */
const customers = z.union([
  z.literal('all'),
  z
    .array(z.object({ group: shortText(60).min(1, 'Name the customer group'), readOnly: z.boolean().default(false) }))
    .max(200, 'At most 200 customer groups'),
]);

/** Everything that a group says. */
export const groupFacts = z.object({
  name: typedLine(50).min(1, 'Enter the name'),
  description: typedText(200).nullable(),
  /** Notes up to this level are shown: 1 general, 2 some restricted, 3 management. */
  level,
  documentLevel: level,
  /** Largest credit given without another's approval; null: any. */
  creditLimitCents: z.int().min(0, 'Not below zero').max(LARGEST_CREDIT_CENTS, 'That is too much').nullable(),
  /** Members sign in with a second factor. */
  needsTotp: z.boolean(),
  permissions: z.array(z.enum([EVERYTHING, ...NAMES])).max(NAMES.length + 1, 'Each right once'),
  customers,
});

export type GroupFacts = z.infer<typeof groupFacts>;

/** A new group; what is left out is as in {@link PLAIN_GROUP}. */
export const newGroup = groupFacts.partial().required({ name: true }).extend({ code: groupCode });

/** What a new group has unless it says otherwise: no right at all. */
export const PLAIN_GROUP: Omit<GroupFacts, 'name'> = {
  description: null,
  level: 1,
  documentLevel: 1,
  creditLimitCents: 0,
  needsTotp: false,
  permissions: [],
  customers: 'all',
};

/** The facts with those replaced that are given. */
export const changedFacts = (facts: GroupFacts, given: Partial<GroupFacts>): GroupFacts => ({
  ...facts,
  ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
});
