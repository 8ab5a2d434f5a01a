import { enteredField, fieldShown, fieldText } from '#domain/custom-field.ts';
import type { CallOptions } from '#services/operation.ts';
import type { LastChange } from '#services/last-change.ts';
import type { CustomField, RecordFields } from '#services/custom-fields/read.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import type { DraftRef, ScreenContext } from '#ui/screen.ts';
import { takingBack } from '#ui/undo.ts';
import { cellWidth } from '#ui/width.ts';
import { fact } from '../document/lines.ts';
import type { DocLine } from '../document/model.ts';

/** How the custom fields of a customer or of a location are read and written. */
export interface FieldsOf {
  /** Names them among the changes that can be taken back: `fields of customer 17`. */
  readonly record: string;
  readonly read: () => Promise<RecordFields & LastChange>;
  readonly save: (
    values: Record<string, string | boolean>,
    version: number,
    options?: CallOptions,
  ) => Promise<RecordFields>;
}

const KINDS: Readonly<Record<CustomField['kind'], Pick<FormField, 'kind' | 'maxLength'>>> = {
  text: { kind: 'text', maxLength: 500 },
  number: { kind: 'text', maxLength: 16 },
  money: { kind: 'amount' },
  date: { kind: 'date' },
  list: { kind: 'code' },
  check: { kind: 'flag' },
};

const HOW: Partial<Record<CustomField['kind'], string>> = { number: 'A number, with at most three decimals.' };

const problemOf = (entered: ReturnType<typeof enteredField>): string | null =>
  'problem' in entered ? entered.problem : null;

/** The form's field of a custom field. */
export function fieldOf(field: CustomField): FormField {
  const { code, name, kind, required, help, retired, choices, value } = field;
  const words = help ?? HOW[kind];
  if (retired) return { name: code, label: name, kind: 'readonly', help: 'This field is no longer used.' };
  return {
    name: code,
    label: name,
    ...KINDS[kind],
    required: required === 1,
    check: (typed) => problemOf(enteredField(field, typed, value)),
    ...(words ? { help: words } : {}),
    ...(kind === 'list'
      ? {
          choices: choices
            .filter((choice) => choice.retired === 0 || choice.code === value)
            .map((choice) => ({ value: choice.code, label: choice.name })),
        }
      : {}),
  };
}

const valuesOf = (fields: readonly CustomField[]): FormValues =>
  Object.fromEntries(
    fields.map((field) => [field.code, field.retired ? fieldShown(field, field.value) : fieldText(field, field.value)]),
  );

/** One form of all custom fields of a record, made from their definitions. */
export function fieldsForm(
  ctx: Pick<ScreenContext<unknown, unknown>, 'today'>,
  { fields, version }: RecordFields,
  of: FieldsOf,
  draft?: DraftRef,
): FormDefinition<FormValues, RecordFields> {
  const entered = fields.filter(({ retired }) => !retired).map(({ code }) => code);
  const given = (values: FormValues) => Object.fromEntries(entered.map((code) => [code, values[code] ?? '']));
  return {
    title: 'Custom fields',
    fields: fields.map(fieldOf),
    initial: valuesOf(fields),
    version,
    ...(draft ? { draft } : {}),
    today: ctx.today,
    save: (values, read) => of.save(given(values), read),
    undo: ({ version }, { before }) => takingBack(of.record, version, (read, how) => of.save(given(before), read, how)),
    current: async () => {
      const present = await of.read();
      const { changedBy, changedAt } = present;
      return { values: valuesOf(present.fields), version: present.version, changedBy, changedAt };
    },
  };
}

/** Cells for names, as many as they need of a column of this width, and not more than leaves room for values. */
export const nameCells = (names: readonly string[], width: number): number =>
  Math.max(11, Math.min(Math.floor(width * 0.45), Math.max(0, ...names.map(cellWidth))));

/** Lines of the fields in a column of this width; those that are required and empty say so. */
export function fieldLines(prefix: string, fields: readonly CustomField[], width: number): DocLine[] {
  const labelWidth = nameCells(
    fields.map(({ name }) => name),
    width,
  );
  return fields.map((field) => {
    const { code, name, value, kind, required } = field;
    const missing = value === null && required === 1;
    const text = value === null && kind !== 'check' ? '' : fieldShown(field, value);
    return fact(`${prefix}.${code}`, name, missing ? 'required' : text, {
      labelWidth,
      ...(missing ? { tone: 'warning' as const } : {}),
    });
  });
}

/** Whether any field holds something. */
export const anyFilled = ({ fields }: RecordFields): boolean => fields.some(({ value }) => value !== null);
