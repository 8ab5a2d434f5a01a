import { type AttributeValues, storedAttributes } from '#domain/code-tables/attributes.ts';
import { attributeText, enteredAttribute } from '#domain/code-tables/attribute-text.ts';
import { ownCode } from '#domain/code-tables/index.ts';
import { type CodeAttribute, type CodeTable, GENERAL_LEDGER } from '#domain/code-tables/table.ts';
import { addCode } from '#services/code-tables/add.ts';
import { changeCode } from '#services/code-tables/change.ts';
import { listCodeSource, readCode } from '#services/code-tables/list.ts';
import { indexFields } from '#services/custom-fields/indexing.ts';
import { removeCode } from '#services/code-tables/remove.ts';
import type { CodeRow } from '#services/code-tables/store.ts';
import { Failure } from '#services/failure.ts';
import type { CallOptions } from '#services/operation.ts';
import type { Choice } from '#ui/choice.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { addNewGlAccount } from './gl-form.ts';
import { takingBack } from '#ui/undo.ts';

/** What a form of codes needs of the screen that opens it. */
export type CodeFormContext = Pick<ScreenContext<unknown, unknown>, 'actor' | 'call' | 'form' | 'today'>;

/** What is typed of a code: `code`, `name`, and each attribute by its name. */
export type CodeValues = FormValues & { readonly code: string; readonly name: string };

type Sources = ReadonlyMap<string, readonly Choice<string>[]>;

/** Values that attributes are chosen from, a statement for each table that they refer to. */
async function sourcesOf(ctx: CodeFormContext, table: CodeTable): Promise<Sources> {
  const sources = new Map<string, readonly Choice<string>[]>();
  for (const { kind } of table.attributes) {
    if ((kind.as !== 'code' && kind.as !== 'codes') || sources.has(kind.of)) continue;
    const codes = await ctx.call(listCodeSource, { source: kind.of });
    sources.set(
      kind.of,
      codes.map(({ code, name }) => ({ value: code, label: name })),
    );
  }
  return sources;
}

/** What is typed as what it would be stored as, to ask whether another field means anything with it. */
const entered = (table: CodeTable, values: FormValues): AttributeValues =>
  Object.fromEntries(
    table.attributes.map((attribute) => {
      const said = enteredAttribute(attribute, values[attribute.name] ?? '');
      return [attribute.name, 'value' in said ? said.value : undefined];
    }),
  );

function kindOf(
  { kind }: CodeAttribute,
  sources: Sources,
): Pick<FormField, 'kind' | 'choices' | 'list' | 'maxLength' | 'rows'> {
  switch (kind.as) {
    case 'flag':
      return { kind: 'flag' };
    case 'choice':
      return { kind: 'code', choices: Object.entries(kind.values).map(([value, label]) => ({ value, label })) };
    case 'code':
      return { kind: 'code', choices: sources.get(kind.of) ?? [] };
    case 'choices':
      return { kind: 'multiline', rows: 6, maxLength: 8000 };
    case 'rates':
      return { kind: 'multiline', rows: 3, maxLength: 4000 };
    case 'text':
      return { kind: 'text', maxLength: kind.most };
    case 'codes':
      return {
        kind: 'text',
        maxLength: 400,
        choices: sources.get(kind.of) ?? [],
        list: kind.ordered ? 'ordered' : 'ticked',
      };
    default:
      return { kind: 'text', maxLength: 14 };
  }
}

function fieldOf(
  ctx: CodeFormContext,
  table: CodeTable,
  attribute: CodeAttribute,
  sources: Sources,
  saved: boolean,
): FormField {
  const { name, label, help, fixed, kind } = attribute;
  const shape = kindOf(attribute, sources);
  if (saved && fixed) return { name, label, kind: 'readonly', ...(shape.choices ? { choices: shape.choices } : {}) };
  const addNew = kind.as === 'code' && kind.of === GENERAL_LEDGER ? addNewGlAccount(ctx) : undefined;
  const listHelp = kind.as === 'codes' ? 'Codes, separated by commas; F4 lists them.' : undefined;
  return {
    name,
    label,
    ...shape,
    required: kind.as === 'choice' || (kind.as === 'code' && !attribute.schema.safeParse(null).success),
    ...(addNew ? { addNew, codesOf: GENERAL_LEDGER } : {}),
    ...((help ?? listHelp) ? { help: help ?? listHelp } : {}),
    ...(attribute.enabled ? { enabled: (values: FormValues) => attribute.enabled!(entered(table, values)) } : {}),
  };
}

function fieldsOf(ctx: CodeFormContext, table: CodeTable, sources: Sources, row: CodeRow | null): FormField[] {
  const fixedName = row?.system === 1;
  return [
    {
      name: 'code',
      label: table.codeLabel ?? 'Code',
      kind: row === null ? 'text' : 'readonly',
      required: row === null,
      maxLength: table.codeMost,
      help: table.codeHelp,
    },
    {
      name: 'name',
      label: 'Name',
      kind: fixedName ? 'readonly' : 'text',
      required: !fixedName,
      maxLength: 100,
      help: 'As forms and lists show it.',
    },
    ...table.attributes.map((attribute) => fieldOf(ctx, table, attribute, sources, row !== null)),
  ];
}

const valuesOf = (table: CodeTable, row: Pick<CodeRow, 'code' | 'name' | 'attributes'>): CodeValues => ({
  code: ownCode(table, row.code),
  name: row.name,
  ...Object.fromEntries(table.attributes.map(({ name, kind }) => [name, attributeText(kind, row.attributes[name])])),
});

/** Attributes as typed, for saving. @throws Failure `invalid`, at the field that cannot be read */
function attributesOf(table: CodeTable, values: CodeValues, saved: boolean): AttributeValues {
  const wrong: Record<string, string> = {};
  const attributes: Record<string, unknown> = {};
  for (const attribute of table.attributes) {
    if (saved && attribute.fixed) continue;
    const said = enteredAttribute(attribute, values[attribute.name] ?? '');
    if ('problem' in said) wrong[attribute.name] = said.problem;
    else if (said.value !== undefined) attributes[attribute.name] = said.value;
    else attributes[attribute.name] = attribute.schema.safeParse(undefined).data;
  }
  const [first] = Object.values(wrong);
  if (first !== undefined) throw new Failure('invalid', first, wrong);
  return attributes;
}

/** What a code says besides its name, as operations take it. */
export type Attributes = Parameters<typeof addCode.run>[1]['attributes'];

/** A code's name among the changes that can be taken back. */
export const codeRecord = (id: number): string => `code ${id}`;

/** Names under which drafts of these forms are kept. */
export const NEW_CODE = 'code.add.';
export const CHANGED_CODE = 'code.change.';

/** The form of a new code; `preset` are attributes chosen already. Over another form it keeps no draft of its own. */
export async function newCodeForm(
  ctx: CodeFormContext,
  table: CodeTable,
  preset: AttributeValues = {},
  { draft = false }: { readonly draft?: boolean } = {},
): Promise<FormDefinition<CodeValues, CodeRow>> {
  const attributes = { ...storedAttributes(table, '', null), ...preset };
  return {
    title: `New ${table.one}`,
    fields: fieldsOf(ctx, table, await sourcesOf(ctx, table), null),
    initial: valuesOf(table, { code: '', name: '', attributes }),
    ...(draft ? { draft: { form: NEW_CODE + table.name, subjectId: null } } : {}),
    today: ctx.today,
    save: (values, _, idempotencyKey) => {
      const { code, name } = values;
      const given = attributesOf(table, values, false) as Attributes;
      return ctx.call(addCode, { table: table.name, code, name, attributes: given }, { idempotencyKey });
    },
    undo: ({ id, code, version: made }) =>
      takingBack(codeRecord(id), made, async (version, how) => {
        await ctx.call(removeCode, { table: table.name, code, version }, how);
        return { version: 0 };
      }),
  };
}

/** The form of a code that is there; what is fixed is only shown. */
export async function codeForm(
  ctx: CodeFormContext,
  table: CodeTable,
  row: CodeRow,
): Promise<FormDefinition<CodeValues, CodeRow>> {
  const { code } = row;
  const changed = async (values: CodeValues, version: number, how?: CallOptions): Promise<CodeRow> => {
    const attributes = attributesOf(table, values, true) as Attributes;
    return ctx.call(changeCode, { table: table.name, code, version, name: values.name, attributes }, how);
  };
  return {
    title: `${table.title}: ${code}`,
    fields: fieldsOf(ctx, table, await sourcesOf(ctx, table), row),
    initial: valuesOf(table, row),
    version: row.version,
    draft: { form: CHANGED_CODE + table.name, subjectId: row.id },
    today: ctx.today,
    save: (values, version) => changed(values, version),
    undo: ({ version: made }, { before }) =>
      takingBack(codeRecord(row.id), made, async (version, how) => {
        const again = await changed(before, version, how);
        if (table.name === 'custom_field') await indexFields(ctx.call, [code]);
        return again;
      }),
    current: async () => {
      const present = await ctx.call(readCode, { table: table.name, code });
      const { version, changedBy, changedAt } = present;
      return { values: valuesOf(table, present), version, changedBy, changedAt };
    },
  };
}
