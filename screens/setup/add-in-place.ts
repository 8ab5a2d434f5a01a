import type { AttributeValues } from '#domain/code-tables/attributes.ts';
import { codeTable, ownCode } from '#domain/code-tables/index.ts';
import { may } from '#services/actor.ts';
import { type CodeTableValue, listCodeValues } from '#services/code-tables/values.ts';
import type { Choice } from '#ui/choice.ts';
import type { FormField } from '#ui/form/definition.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { newCodeForm } from './code-form.ts';

/** What a field of codes needs of the screen whose form it is in: any `ScreenContext` has it. */
export type CodeFieldContext = Pick<ScreenContext<unknown, unknown>, 'actor' | 'call' | 'form' | 'today'>;

export interface CodeFieldOptions {
  /** The code that the record has: it stays on the list, marked, when it was retired meanwhile. */
  readonly kept?: string | null;
  /** Offers only some: contact types of one level. */
  readonly only?: (value: CodeTableValue) => boolean;
  /** Attributes that a value added here begins with: `{ level: 'location' }`. */
  readonly preset?: AttributeValues;
}

/**
 * A form's field that takes a code of a code table, with its values for F4. Who may change setup
 * (`options.edit`) can add one in place: `+` before anything else is typed, or the last line of F4, opens the
 * form of the table over the form; saved, its value is chosen and all that was typed is kept.
 *
 *     const type = await codeField(ctx, 'document_type', { name: 'type', label: 'Type', required: true });
 *     const contact = await codeField(ctx, 'contact_type', { name: 'type', label: 'Type' }, { kept: row.type });
 *
 * A form that reads its choices by itself uses {@link addNewCode} alone: `{ …, addNew: addNewCode(ctx, 'bank_code') }`.
 */
export async function codeField(
  ctx: CodeFieldContext,
  table: string,
  field: Omit<FormField, 'kind' | 'choices' | 'addNew'>,
  { kept = null, only = () => true, preset }: CodeFieldOptions = {},
): Promise<FormField> {
  const values = await ctx.call(listCodeValues, { table, all: true });
  const choices = values
    .filter((value) => value.code === kept || (value.active === 1 && only(value)))
    .map(({ code, name, active }): Choice<string> => ({
      value: code,
      label: name,
      ...(active === 1 ? {} : { detail: 'retired' }),
    }));
  const addNew = addNewCode(ctx, table, preset);
  return { ...field, kind: 'code', choices, ...(addNew ? { addNew } : {}) };
}

/** Fields of which some take codes of a table (field → table): those offer to add one in place. */
export const withAdding = (
  ctx: CodeFieldContext,
  fields: readonly FormField[],
  tables: Readonly<Record<string, string>>,
): FormField[] =>
  fields.map((field) => {
    const table = tables[field.name];
    const addNew = table === undefined || field.kind !== 'code' ? undefined : addNewCode(ctx, table);
    return addNew ? { ...field, addNew, codesOf: table } : field;
  });

/** A code as a choice; one that is within another, as a value of a caption, can be typed by its own code. */
export function choiceOfCode(name: string, code: string, label: string): Choice<string> {
  const table = codeTable(name);
  const short = table ? ownCode(table, code) : code;
  return { value: code, label, ...(short === code ? {} : { short }) };
}

/** What `addNew` of a field is, for who may change setup; undefined for who may not. */
export function addNewCode(
  ctx: CodeFieldContext,
  name: string,
  preset: AttributeValues = {},
): FormField['addNew'] | undefined {
  const table = codeTable(name);
  if (!table || !may(ctx.actor, 'options.edit')) return undefined;
  return async () => {
    const row = await ctx.form(await newCodeForm(ctx, table, preset));
    return row && choiceOfCode(name, row.code, row.name);
  };
}
