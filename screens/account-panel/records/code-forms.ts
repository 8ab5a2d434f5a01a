import { readAttributes } from '#domain/code-attributes.ts';
import { type RecordLevel, RECORD_LEVELS } from '#domain/custom-field.ts';
import { captionAttributes, valueAttributes } from '#domain/user-code.ts';
import { type CodeTableValue, listCodeValues } from '#services/code-tables/values.ts';
import type { CallOptions } from '#services/operation.ts';
import type { UserCodeRow } from '#services/user-codes/read.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { takingBack } from '#ui/undo.ts';
import { addNewCode, choiceOfCode, type CodeFieldContext } from '../../setup/add-in-place.ts';

/** What these forms need of the tab. */
export type CodesContext = CodeFieldContext & Pick<ScreenContext<unknown, unknown>, 'choose'>;

/** How codes of a customer or of a location are read and written. */
export interface CodesOf {
  readonly level: RecordLevel;
  readonly list: () => Promise<readonly UserCodeRow[]>;
  readonly add: (given: { caption: string; value: string }, options?: CallOptions) => Promise<UserCodeRow>;
  readonly change: (
    given: { id: number; version: number; value: string },
    options?: CallOptions,
  ) => Promise<UserCodeRow>;
  readonly remove: (given: { id: number; version: number }, options?: CallOptions) => Promise<UserCodeRow>;
}

type Values = FormValues & { readonly value: string };

const typeField: FormField = {
  name: 'type',
  label: 'UDC type',
  kind: 'readonly',
  choices: Object.entries(RECORD_LEVELS).map(([value, label]) => ({ value, label })),
};

/** The values of a caption; who may change setup adds one in place. */
async function valueField(ctx: CodesContext, caption: string, kept: string | null): Promise<FormField> {
  const values = await ctx.call(listCodeValues, { table: 'udc_value', all: true });
  const choices = values
    .filter(({ attributes }) => {
      const said = readAttributes(valueAttributes, attributes);
      return 'values' in said && said.values.caption === caption;
    })
    .filter(({ code, active }) => active === 1 || code === kept)
    .map(({ code, name }) => choiceOfCode('udc_value', code, name));
  const addNew = addNewCode(ctx, 'udc_value', { caption });
  return { name: 'value', label: 'UDC value', kind: 'code', required: true, choices, ...(addNew ? { addNew } : {}) };
}

/** The captions of a level that the record has no value for; null when left or when there is none. */
async function chooseCaption(ctx: CodesContext, of: CodesOf): Promise<CodeTableValue | 'none' | null> {
  const used = new Set((await of.list()).map(({ caption }) => caption));
  const captions = (await ctx.call(listCodeValues, { table: 'udc_caption', all: false })).filter((one) => {
    const said = readAttributes(captionAttributes, one.attributes);
    return 'values' in said && said.values.level === of.level && !used.has(one.code);
  });
  const addNew = addNewCode(ctx, 'udc_caption', { level: of.level });
  const offered = captions.map((value) => ({
    value: value as CodeTableValue | 'new',
    label: value.name,
    detail: value.code,
  }));
  if (addNew) offered.push({ value: 'new', label: '+ Add a caption', detail: '' });
  if (offered.length === 0) return 'none';
  const chosen = await ctx.choose('UDC caption', offered);
  if (chosen !== 'new') return chosen;
  const added = await addNew!();
  return added && { code: added.value, name: added.label, active: 1, system: 0, attributes: null };
}

/**
 * The form of a new code, after its caption was chosen; `none` where every caption has its value,
 * null when left.
 */
export async function newUserCodeForm(
  ctx: CodesContext,
  of: CodesOf,
): Promise<FormDefinition<Values, UserCodeRow> | 'none' | null> {
  const caption = await chooseCaption(ctx, of);
  if (caption === null || caption === 'none') return caption;
  return {
    title: `Add UDC: ${caption.name}`,
    fields: [
      typeField,
      { name: 'caption', label: 'UDC caption', kind: 'readonly' },
      await valueField(ctx, caption.code, null),
    ],
    initial: { type: of.level, caption: caption.name, value: '' },
    today: ctx.today,
    save: ({ value }, _, idempotencyKey) => of.add({ caption: caption.code, value }, { idempotencyKey }),
    undo: ({ id, version: made }) =>
      takingBack(`user code ${id}`, made, (version, how, { recordId = id }) =>
        of.remove({ id: recordId, version }, how),
      ),
  };
}

/** The form of a code that is there: only its value can be changed. */
export async function userCodeForm(
  ctx: CodesContext,
  of: CodesOf,
  { id, caption, captionName, value: kept, version }: UserCodeRow,
): Promise<FormDefinition<Values, UserCodeRow>> {
  const values = (value: string): Values => ({ type: of.level, caption: captionName, value });
  return {
    title: `Edit UDC: ${captionName}`,
    fields: [
      typeField,
      { name: 'caption', label: 'UDC caption', kind: 'readonly' },
      await valueField(ctx, caption, kept),
    ],
    initial: values(kept),
    version,
    today: ctx.today,
    save: ({ value }, read) => of.change({ id, version: read, value }),
    undo: ({ version: made }, { before }) =>
      takingBack(`user code ${id}`, made, (at, how, { recordId = id }) =>
        of.change({ id: recordId, version: at, value: before.value }, how),
      ),
  };
}
