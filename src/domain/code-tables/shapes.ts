import { z } from 'zod';
import { yesNo } from '../code-attributes.ts';
import { isRoutingNumber } from '../routing-number.ts';
import type { AttributeKind, CodeAttribute, CodeTable, CodeUse } from './table.ts';

type Shape = Pick<CodeTable, 'code' | 'codeHelp' | 'codeMost'>;

const SIGNS = /^[^\s,](?:[^,]*[^\s,])?$/;

/** Codes of at most so many characters; a comma would part them in lists. */
export const upTo = (most: number): Shape => ({
  code: z
    .string()
    .min(1, 'Give a code')
    .max(most, `Use at most ${most} characters`)
    .regex(SIGNS, 'No comma, and no space at its ends'),
  codeHelp: `Up to ${most} characters. It cannot be changed later.`,
  codeMost: most,
});

/** The same without a slash, which parts a code from the one that it belongs to. */
export function partUpTo(most: number): Shape {
  const { code, ...words } = upTo(most);
  return { ...words, code: code.refine((text) => !text.includes('/'), 'No slash') };
}

/** A bank by its routing number. */
export const ROUTING: Shape = {
  code: z
    .string()
    .regex(/^\d{9}$/, 'A routing number has nine digits')
    .refine(isRoutingNumber, 'The check digit is wrong: look at the number again'),
  codeHelp: 'Nine digits, as at the foot of a check; the last is checked. It cannot be changed later.',
  codeMost: 9,
};

/** A place where the code itself is kept. */
export const at = (table: string, column: string, what: string, more: Partial<CodeUse> = {}): CodeUse => ({
  table,
  column,
  what,
  ...more,
});

type More = Partial<Pick<CodeAttribute, 'help' | 'fixed' | 'aside' | 'enabled'>>;

const attribute =
  (kind: AttributeKind) =>
  (name: string, label: string, schema: z.ZodType, more: More = {}): CodeAttribute => ({
    name,
    label,
    kind,
    schema,
    ...more,
  });

export const amountOf = attribute({ as: 'amount' });
export const percentOf = attribute({ as: 'percent' });
export const numberOf = attribute({ as: 'number' });
export const ratesOf = attribute({ as: 'rates' });

/** Yes or no; no where nothing is said. */
export const flag = (name: string, label: string, more: More = {}, schema: z.ZodType = yesNo(0)): CodeAttribute =>
  attribute({ as: 'flag' })(name, label, schema, more);

/** One of some words. The first is the default. */
export function choiceOf(
  name: string,
  label: string,
  values: Readonly<Record<string, string>>,
  more: More = {},
): CodeAttribute {
  const all = Object.keys(values) as [string, ...string[]];
  const schema = z.enum(all, 'Not one of the choices').default(all[0]);
  return { name, label, kind: { as: 'choice', values }, schema, ...more };
}

/** A code of another table, which must be there. */
export const codeOf = (name: string, label: string, of: string, schema: z.ZodType, more: More = {}): CodeAttribute =>
  attribute({ as: 'code', of })(name, label, schema, more);

/** Codes of another table. */
export const codesOf = (name: string, label: string, of: string, schema: z.ZodType, more: More = {}): CodeAttribute =>
  attribute({ as: 'codes', of })(name, label, schema, more);

/** A text that may be left out. */
export const textOf = (name: string, label: string, most: number, more: More = {}): CodeAttribute => ({
  name,
  label,
  kind: { as: 'text', most },
  schema: z.string().max(most, `Use at most ${most} characters`).nullable().default(null),
  ...more,
});
