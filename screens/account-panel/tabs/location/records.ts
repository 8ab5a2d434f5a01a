import type { Command } from '#keymap/command.ts';
import { may } from '#services/actor.ts';
import { locationFields, type RecordFields } from '#services/custom-fields/read.ts';
import { saveLocationFields } from '#services/custom-fields/write.ts';
import { locationCodes, type UserCodeRow } from '#services/user-codes/read.ts';
import { addLocationCode, changeLocationCode, removeLocationCode } from '#services/user-codes/write.ts';
import { undoably } from '#ui/undo.ts';
import { blank, fact, heading } from '../../document/lines.ts';
import type { DocLine } from '../../document/model.ts';
import { type CodesOf, newUserCodeForm, userCodeForm } from '../../records/code-forms.ts';
import { anyFilled, fieldLines, fieldsForm, type FieldsOf, nameCells } from '../../records/field-form.ts';
import type { TabContext } from '../../tab.ts';

/** What is kept with the location besides its own fields; read when the tab is shown. */
export interface LocationRecords {
  readonly codes: readonly UserCodeRow[];
  readonly fields: RecordFields;
}

/** The part of the tab's state that this needs. */
export interface WithRecords {
  readonly records: LocationRecords | null;
}

type Ctx<S extends WithRecords> = TabContext<S>;

export async function readRecords(call: Ctx<WithRecords>['call'], locationId: number): Promise<LocationRecords> {
  const codes = await call(locationCodes, { locationId });
  return { codes, fields: await call(locationFields, { locationId }) };
}

/** A heading in the alert style with its mark, where something is entered under it. */
const alertHeading = (text: string, filled: boolean): DocLine =>
  filled ? { ...heading(text), pieces: [[`${text}!`, 'warning']] } : heading(text);

/** Location codes and custom fields, each with what opens it. */
export function recordLines({ codes, fields }: LocationRecords, width: number): DocLine[] {
  const labelWidth = nameCells(
    codes.map(({ captionName }) => captionName),
    width,
  );
  const action = { kind: 'record', what: 'fields', id: 0 } as const;
  return [
    blank('codes'),
    alertHeading('Location Codes', codes.length > 0),
    ...(codes.length === 0 ? [fact('code.none', 'None', '')] : []),
    ...codes.map(({ id, captionName, valueName }) =>
      fact(`code.${id}`, captionName, valueName, { labelWidth, action: { kind: 'record', what: 'code', id } }),
    ),
    blank('fields'),
    alertHeading('Custom Fields', anyFilled(fields)),
    ...(fields.fields.length === 0 ? [fact('field.none', 'None', '')] : []),
    ...fieldLines('field', fields.fields, width).map((line) => ({ ...line, action })),
  ];
}

const codesOf = <S extends WithRecords>({ call, params }: Ctx<S>): CodesOf => {
  const locationId = params.locationId!;
  return {
    level: 'location',
    list: () => call(locationCodes, { locationId }),
    add: (given, options) => call(addLocationCode, { locationId, ...given }, options),
    change: (given, options) => call(changeLocationCode, { locationId, ...given }, options),
    remove: (given, options) => call(removeLocationCode, { locationId, ...given }, options),
  };
};

const fieldsOf = <S extends WithRecords>({ call, params }: Ctx<S>): FieldsOf => {
  const locationId = params.locationId!;
  return {
    record: `fields of location ${locationId}`,
    read: () => call(locationFields, { locationId }),
    save: (values, version, options) => call(saveLocationFields, { locationId, values, version }, options),
  };
};

async function done<S extends WithRecords>(ctx: Ctx<S>, told: string): Promise<void> {
  ctx.set({ records: await readRecords(ctx.call, ctx.params.locationId!) } as Partial<S>);
  ctx.toast(told, 'good');
}

async function addCode<S extends WithRecords>(ctx: Ctx<S>): Promise<void> {
  const form = await newUserCodeForm(ctx, codesOf(ctx));
  if (form === 'none') return ctx.toast('Every caption has its value already. Setup (=SET) adds captions.', 'info');
  const added = form && (await ctx.form(form));
  if (added) await done(ctx, `${added.captionName} is ${added.valueName}.`);
}

const NOT_ALLOWED = 'You may not change locations (locations.edit).';

/** Enter on a line of these; false when it is none of them. */
export async function openRecord<S extends WithRecords>(ctx: Ctx<S>, what: string, id: number): Promise<boolean> {
  if (what !== 'code' && what !== 'fields') return false;
  if (!may(ctx.actor, 'locations.edit')) ctx.toast(NOT_ALLOWED, 'warning');
  else if (what === 'fields') await editFields(ctx);
  else {
    const row = ctx.get().records?.codes.find((one) => one.id === id);
    const saved = row && (await ctx.form(await userCodeForm(ctx, codesOf(ctx), row)));
    if (saved) await done(ctx, `${saved.captionName} is ${saved.valueName}.`);
  }
  return true;
}

async function editFields<S extends WithRecords>(ctx: Ctx<S>): Promise<void> {
  const fields = await fieldsOf(ctx).read();
  if (fields.fields.length === 0) {
    return ctx.toast('There are no custom fields of locations. Setup (=SET) adds some.', 'info');
  }
  const draft = { form: 'location.fields', subjectId: ctx.params.locationId };
  if (await ctx.form(fieldsForm(ctx, fields, fieldsOf(ctx), draft))) await done(ctx, 'Custom fields are saved.');
}

async function removeCode<S extends WithRecords>(ctx: Ctx<S>, row: UserCodeRow): Promise<void> {
  const sure = await ctx.confirm({
    title: 'Take this code away?',
    lines: [`${row.captionName}: ${row.valueName}`],
    action: 'Delete code',
  });
  if (!sure) return;
  const { id, version, caption, value } = row;
  await undoably(ctx.undo, {
    title: `Delete location code ${row.captionName}`,
    record: `user code ${id}`,
    version,
    run: async () => ({ ...(await codesOf(ctx).remove({ id, version })), version: 0 }),
    back: () => (_, how) => codesOf(ctx).add({ caption, value }, how),
  });
  await done(ctx, `${row.captionName} is taken away.`);
}

/** Commands on codes and fields; `under` is the id of the code with the cursor. */
export function recordCommands<S extends WithRecords>(
  under: (ctx: Ctx<S>) => number | null,
): readonly Command<Ctx<S>>[] {
  const rowUnder = (ctx: Ctx<S>) => ctx.get().records?.codes.find(({ id }) => id === under(ctx));
  const common = { group: 'record', permission: 'locations.edit', background: true } as const;
  return [
    { ...common, id: 'location.addCode', title: 'Add a location code', keys: ['c'], run: addCode },
    {
      ...common,
      id: 'location.removeCode',
      title: 'Delete the location code',
      keys: ['D', 'delete'],
      when: (ctx) => (rowUnder(ctx) ? true : 'The cursor is on no location code.'),
      run: (ctx) => removeCode(ctx, rowUnder(ctx)!),
    },
    { ...common, id: 'location.fields', title: 'Edit the custom fields', keys: ['e'], run: editFields },
  ];
}

/** Opens the form of the fields again that was left with something typed. */
export const recordForms = {
  'location.fields': async <S extends WithRecords>(ctx: Ctx<S>, locationId: number | null): Promise<boolean> => {
    if (locationId !== ctx.params.locationId || !may(ctx.actor, 'locations.edit')) return false;
    await editFields(ctx);
    return true;
  },
};
