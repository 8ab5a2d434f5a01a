import { z } from 'zod';
import { yesNo } from './code-attributes.ts';

/** Whose user-defined codes and fields may be. */
export const RECORD_LEVELS = { customer: 'Customer', location: 'Location' } as const;
export type RecordLevel = keyof typeof RECORD_LEVELS;

/** What a custom field may hold. */
export const CUSTOM_FIELD_KINDS = {
  text: 'Text',
  number: 'Number',
  money: 'Money',
  date: 'Date',
  list: 'List',
  check: 'Check',
} as const;
export type CustomFieldKind = keyof typeof CUSTOM_FIELD_KINDS;

/** A value of a list. */
export const fieldChoice = z.object({
  code: z.string().min(1).max(20, 'Codes of choices have at most 20 characters'),
  name: z.string().min(1).max(60, 'Names of choices have at most 60 characters'),
  /** No longer offered. */
  retired: yesNo(0),
});
export type FieldChoice = z.output<typeof fieldChoice>;

const levels = Object.keys(RECORD_LEVELS) as [RecordLevel, ...RecordLevel[]];
const kinds = Object.keys(CUSTOM_FIELD_KINDS) as [CustomFieldKind, ...CustomFieldKind[]];

/** What the definition of a custom field says (code table `custom_field`). */
export const customFieldAttributes = z.object({
  level: z.enum(levels).default('customer'),
  kind: z.enum(kinds).default('text'),
  required: yesNo(0),
  searchable: yesNo(0),
  choices: z
    .array(fieldChoice)
    .max(200, 'At most 200 choices')
    .refine((all) => new Set(all.map(({ code }) => code)).size === all.length, 'Two choices have the same code')
    .default([]),
  help: z.string().max(200, 'Use at most 200 characters').nullable().default(null),
});
export type CustomFieldAttributes = z.output<typeof customFieldAttributes>;
