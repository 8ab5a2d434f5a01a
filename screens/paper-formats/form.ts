import { PAPER_LABELS } from '#domain/paper-kinds.ts';
import { readFormat, saveFormat } from '#services/paper/formats.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import type { FormatsContext } from './model.ts';

type FormatValues = FormValues & {
  readonly code: string;
  readonly name: string;
  readonly standard: boolean;
  readonly active: boolean;
  readonly layout: string;
};

type Saved = Awaited<ReturnType<typeof saveFormat.run>>;
type Read = Awaited<ReturnType<typeof readFormat.run>>;

const fields = (isNew: boolean): FormField[] => [
  {
    name: 'code',
    label: 'Code',
    kind: isNew ? 'text' : 'readonly',
    required: isNew,
    maxLength: 40,
    help: 'Small letters, digits and hyphens. It cannot be changed later.',
  },
  { name: 'name', label: 'Name', kind: 'text', required: true, maxLength: 80 },
  { name: 'standard', label: 'Standard', kind: 'flag', help: 'Taken when nobody chooses another of its kind.' },
  { name: 'active', label: 'In use', kind: 'flag' },
  {
    name: 'layout',
    label: 'Layout',
    kind: 'multiline',
    rows: 12,
    required: true,
    maxLength: 200_000,
    help: 'JSON: page, margin, title, blocks. n on the list shows the names that texts may use.',
  },
];

const valuesOf = ({ code, name, standard, active, layout }: Read): FormatValues => ({
  code,
  name,
  standard,
  active,
  layout: JSON.stringify(layout, null, 2),
});

/** The form of a format of the utility's own. */
export async function formatForm(ctx: FormatsContext, code: string): Promise<FormDefinition<FormatValues, Saved>> {
  const format = await ctx.call(readFormat, { code });
  return {
    title: `Format ${code} (${PAPER_LABELS[format.kind]})`,
    fields: fields(false),
    initial: valuesOf(format),
    version: format.version,
    draft: { form: `format.${code}`, subjectId: null },
    today: ctx.today,
    save: ({ name, standard, active, layout }, version) =>
      ctx.call(saveFormat, { code, kind: format.kind, name, standard, active, layout, version }),
    current: async () => {
      const present = await ctx.call(readFormat, { code });
      const { version, changedBy, changedAt } = present;
      return { values: valuesOf(present), version, changedBy, changedAt };
    },
  };
}

/** The form of a new format, which begins as a copy of another of its kind. */
export async function copyForm(ctx: FormatsContext, code: string): Promise<FormDefinition<FormatValues, Saved>> {
  const format = await ctx.call(readFormat, { code });
  return {
    title: `New format, from ${code} (${PAPER_LABELS[format.kind]})`,
    fields: fields(true),
    initial: { ...valuesOf(format), code: '', name: '', standard: false, active: true },
    today: ctx.today,
    save: (values, _, idempotencyKey) =>
      ctx.call(saveFormat, { ...values, kind: format.kind, version: 0 }, { idempotencyKey }),
  };
}
