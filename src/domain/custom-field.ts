import { z } from 'zod';
import { shortText, storable } from './typed-text.ts';
import { isCivilDate } from './civil-date.ts';
import { yesNo } from './code-attributes.ts';
import { formatCents, parseCents } from './money.ts';
import { formatMilli } from './quantity.ts';
import { parseScaled } from './scaled-number.ts';

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
  name: z.string().overwrite(storable).min(1).max(60, 'Names of choices have at most 60 characters'),
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
  help: shortText(200).nullable().default(null),
});
export type CustomFieldAttributes = z.output<typeof customFieldAttributes>;

/** A field's definition as its values are checked and shown by it. */
export interface FieldDefinition extends CustomFieldAttributes {
  readonly code: string;
  readonly name: string;
}

const LONGEST_TEXT = 500;
const MOST = 1_000_000_000;

/** A stored value as a form holds it. */
export function fieldText({ kind }: CustomFieldAttributes, stored: string | null): string | boolean {
  if (kind === 'check') return stored === '1';
  if (stored === null) return '';
  if (kind === 'number') return formatMilli(Number(stored));
  if (kind === 'money') return formatCents(Number(stored));
  return stored;
}

/** A stored value as pages and lists show it. */
export function fieldShown(definition: CustomFieldAttributes, stored: string | null): string {
  if (definition.kind === 'check') return stored === '1' ? 'yes' : 'no';
  if (definition.kind === 'list') return definition.choices.find(({ code }) => code === stored)?.name ?? stored ?? '';
  return String(fieldText(definition, stored));
}

/** What a searchable value is asked for by; null where there is nothing to ask for. */
export function fieldSearched({ kind, choices }: CustomFieldAttributes, stored: string): string | null {
  if (kind === 'check') return null;
  if (kind === 'list') return choices.find(({ code }) => code === stored)?.name ?? null;
  if (kind === 'number') return formatMilli(Number(stored)).replaceAll(',', '');
  if (kind === 'money') return formatCents(Number(stored)).replaceAll(',', '');
  return stored;
}

type Entered = { readonly stored: string | null } | { readonly problem: string };

/** What was entered as it is stored, null for nothing; or what is wrong with it, in words. */
export function enteredField(definition: FieldDefinition, typed: string | boolean, kept: string | null): Entered {
  const { kind, name, required } = definition;
  if (typeof typed === 'boolean' || kind === 'check') {
    const ticked = typed === true || (typeof typed === 'string' && /^(1|yes|true)$/i.test(typed.trim()));
    return required === 1 && !ticked ? { problem: `${name} must be ticked` } : { stored: ticked ? '1' : null };
  }
  const text = typed.trim();
  if (text === '') return required === 1 ? { problem: `${name} is needed` } : { stored: null };
  return enteredText(definition, text, kept);
}

function enteredText({ kind, choices }: FieldDefinition, text: string, kept: string | null): Entered {
  if (kind === 'number') {
    const milli = parseScaled(text, 3);
    if (milli === null) return { problem: 'Enter a number with at most three decimals, like 12.5' };
    return Math.abs(milli) > MOST * 1000 ? { problem: 'That number is too large' } : { stored: String(milli) };
  }
  if (kind === 'money') {
    const cents = parseCents(text);
    if (cents === null) return { problem: 'Enter an amount like 12.50' };
    return Math.abs(cents) > MOST * 100 ? { problem: 'That amount is too large' } : { stored: String(cents) };
  }
  if (kind === 'date') return isCivilDate(text) ? { stored: text } : { problem: 'Enter a date as YYYY-MM-DD' };
  if (kind === 'list') {
    const choice = choices.find(({ code }) => code === text);
    const offered = choice && (choice.retired === 0 || choice.code === kept);
    return offered ? { stored: choice.code } : { problem: 'Choose one of the list' };
  }
  return text.length > LONGEST_TEXT ? { problem: `Use at most ${LONGEST_TEXT} characters` } : { stored: text };
}
