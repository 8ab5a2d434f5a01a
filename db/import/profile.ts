import { z } from 'zod';
import { dateReader } from '#domain/date-format.ts';
import { ENTITY_NAMES } from './entities/names.ts';

/**
 * A profile says, as data, how the columns of a utility's files become records. It is JSON;
 * a new utility's file needs a new profile and no code. The language is explained in
 * `db/import/README.md`.
 */

const name = z.string().regex(/^[a-z][a-zA-Z0-9_-]*$/, 'use a small letter first, then letters, digits, - or _');

const dateFormat = z.string().superRefine((format, ctx) => {
  try {
    dateReader(format);
  } catch (error) {
    ctx.addIssue({ code: 'custom', message: (error as Error).message });
  }
});

const regex = z.string().superRefine((source, ctx) => {
  try {
    new RegExp(source, 'u');
  } catch {
    ctx.addIssue({ code: 'custom', message: `not a regular expression: ${source}` });
  }
});

const numberStyle = z.strictObject({
  decimal: z.enum(['.', ',']).default('.'),
  thousands: z.enum([',', '.', ' ', "'", '']).default(','),
});

/** A value with how it is written and what to do with it. */
export interface ValueRule {
  from: Value;
  date?: string | undefined;
  day?: 'first' | 'last' | undefined;
  plusDays?: number | undefined;
  number?: z.infer<typeof numberStyle> | undefined;
  minorUnits?: boolean | undefined;
  negate?: boolean | undefined;
  extract?: string | undefined;
  pattern?: string | undefined;
  map?: Record<string, string | null> | undefined;
  case?: 'upper' | 'lower' | undefined;
  default?: string | undefined;
  required?: boolean | undefined;
  identifier?: boolean | undefined;
  keep?: 'first' | 'last' | 'min' | 'max' | undefined;
}

/** A template (`{Column} text`), a rule, or a list of which the first that is not blank counts. */
export type Value = string | ValueRule | Value[];

const value: z.ZodType<Value> = z.lazy(() =>
  z.union([z.string(), z.array(value).min(1), valueRule], {
    error: 'a value is a template, a list of values, or an object with "from"',
  }),
);

const valueRule = z.strictObject({
  from: z.lazy(() => value),
  date: dateFormat.optional(),
  day: z.enum(['first', 'last']).optional(),
  plusDays: z.int().optional(),
  number: numberStyle.optional(),
  minorUnits: z.boolean().optional(),
  negate: z.boolean().optional(),
  extract: regex.optional(),
  pattern: regex.optional(),
  map: z.record(z.string(), z.string().nullable()).optional(),
  case: z.enum(['upper', 'lower']).optional(),
  default: z.string().optional(),
  required: z.boolean().optional(),
  identifier: z.boolean().optional(),
  keep: z.enum(['first', 'last', 'min', 'max']).optional(),
});

const oneOrMore = z.union([z.string(), z.array(z.string()).min(1)]);

const condition = z.strictObject({
  value,
  is: oneOrMore.optional(),
  not: oneOrMore.optional(),
  blank: z.boolean().optional(),
  sign: z.enum(['negative', 'zero', 'positive']).optional(),
});

/** All of the conditions must hold. */
const conditions = z.union([condition, z.array(condition).min(1)]);
export type Conditions = z.infer<typeof conditions>;

const join = z.strictObject({
  file: name,
  this: value,
  that: value,
  /** Which of several matching rows; `only` rejects a row that has several. */
  pick: z.enum(['first', 'last', 'only']).default('first'),
  required: z.boolean().default(false),
});

const check = z.strictObject({
  sum: z.array(value).min(1),
  equals: value,
  message: z.string(),
});

const file = z.strictObject({
  about: z.string().optional(),
  optional: z.boolean().default(false),
  delimiter: z.string().min(1).default(','),
  quote: z.string().length(1).nullable().default('"'),
  encoding: z.enum(['utf8', 'latin1', 'utf16le']).default('utf8'),
  /** Lines before the header. */
  skipLines: z.int().min(0).default(0),
  /** Name used in the profile → header texts that mean it. */
  columns: z.record(z.string(), oneOrMore).default({}),
  /** Columns that the file lacks but that follow from others, usable like the file's own. */
  derive: z.record(z.string(), value).default({}),
  /** Whole rows that repeat: each counts, or all but the first are left out, or rejected. */
  duplicates: z.enum(['keep', 'drop', 'reject']).default('keep'),
  skip: conditions.optional(),
  reject: z.array(z.strictObject({ when: conditions, reason: z.string() })).default([]),
  checks: z.array(check).default([]),
  joins: z.record(name, join).default({}),
});
export type FileRule = z.infer<typeof file>;

const line = z.strictObject({
  service: value,
  amount: value,
  description: value.optional(),
  revenueGl: z.string().optional(),
  when: conditions.optional(),
});

const record = z.strictObject({
  id: name.optional(),
  entity: z.enum(ENTITY_NAMES),
  file: name.optional(),
  key: value,
  when: conditions.optional(),
  fields: z.record(z.string(), value),
  /** Of a charge: its parts. Without them it is one line of field `service`. */
  lines: z.array(line).min(1).optional(),
  /** Field → id of the record that it refers to, where that is not the only one of its kind. */
  refs: z.record(z.string(), name).default({}),
  /** When a number is in the database already: refuse, take it over, or accept nothing else. */
  existing: z.enum(['refuse', 'use', 'only']).default('refuse'),
  /** When the key comes again: number the occurrences, or reject; records that are not money merge. */
  repeats: z.enum(['number', 'reject']).default('number'),
});

const total = z.strictObject({
  name,
  of: name,
  sum: value,
  by: z.record(name, value).default({}),
});

const codes = z.strictObject({
  services: z
    .array(
      z.strictObject({
        code: z.string().min(1),
        name: z.string().min(1),
        unit: z.string().optional(),
        payoffRank: z.int().default(1),
        receivableGl: z.string().default('1200'),
        revenueGl: z.string().default('4000'),
      }),
    )
    .default([]),
  rates: z
    .array(z.strictObject({ code: z.string().min(1), name: z.string().min(1), service: z.string().min(1) }))
    .default([]),
  revenueClasses: z.array(z.strictObject({ code: z.string().min(1), name: z.string().min(1) })).default([]),
  routes: z.array(z.strictObject({ code: z.string().min(1), name: z.string().min(1) })).default([]),
  cycles: z
    .array(
      z.strictObject({
        code: z.string().min(1),
        name: z.string().min(1),
        billPeriod: z.enum(['monthly', 'bimonthly', 'quarterly']).default('monthly'),
        billDay: z.int().min(1).max(31).default(1),
        dueDays: z.int().min(0).default(20),
      }),
    )
    .default([]),
});
export type ProfileCodes = z.infer<typeof codes>;

export const profileSchema = z
  .strictObject({
    name,
    title: z.string().min(1),
    about: z.string().optional(),
    number: numberStyle.default({ decimal: '.', thousands: ',' }),
    files: z.record(name, file),
    codes: codes.prefault({}),
    records: z.array(record).min(1),
    totals: z.array(total).default([]),
  })
  .transform((profile) => ({
    ...profile,
    records: profile.records.map((one) => ({
      ...one,
      id: one.id ?? one.entity,
      file: one.file ?? Object.keys(profile.files)[0]!,
    })),
  }));

/** A checked profile. */
export type Profile = z.infer<typeof profileSchema>;
export type RecordRule = Profile['records'][number];
export type TotalRule = Profile['totals'][number];
export type LineRule = NonNullable<RecordRule['lines']>[number];
