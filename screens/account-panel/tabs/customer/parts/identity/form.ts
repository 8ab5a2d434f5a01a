import { type CustomerRecord, RECORD_LABELS, RECORD_TABLES, type RecordField } from '#domain/customer-record.ts';
import { may, SEE_PRIVATE } from '#services/actor.ts';
import { listCodeValues } from '#services/code-tables/values.ts';
import { editRecord, type RecordReceipt } from '#services/customers/record/edit.ts';
import type { RecordPatch } from '#services/customers/record/input.ts';
import { readRecord, type StoredRecord } from '#services/customers/record/read.ts';
import { Failure } from '#services/failure.ts';
import { listFormats } from '#services/paper/formats.ts';
import type { Choice } from '#ui/choice.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import { KINDS } from '../../../../dashboard/facts.ts';
import { withAdding } from '../../../../../setup/add-in-place.ts';
import { takingBack } from '#ui/undo.ts';
import type { PartContext } from '../part.ts';
import { endingChoice } from './methods.ts';

/** The fields of the two forms over the one record. */
export const WHO: readonly RecordField[] = [
  'kind',
  'title',
  'firstName',
  'middleName',
  'lastName',
  'suffix',
  'spouseName',
  'businessName',
  'altId',
  'accountStatus',
  'active',
  'public',
  'bankrupt',
  'noPayments',
  'noChecks',
  'noCollections',
];
export const DEALING: readonly RecordField[] = [
  'segment',
  'taxExemptNumber',
  'defaultTerms',
  'branch',
  'salesperson',
  'chainAccount',
  'customerGroup',
  'customerGroup2',
  'bypassRateUntil',
  'identityCheck',
  'statementFormat',
  'dunningHoldUntil',
];

const FLAGS: ReadonlySet<RecordField> = new Set<RecordField>([
  'active',
  'public',
  'bankrupt',
  'noPayments',
  'noChecks',
  'noCollections',
]);
const DATES: ReadonlySet<RecordField> = new Set(['bypassRateUntil', 'dunningHoldUntil']);

const LONGEST: Partial<Record<RecordField, number>> = {
  title: 30,
  firstName: 60,
  middleName: 60,
  lastName: 60,
  suffix: 20,
  spouseName: 120,
  businessName: 120,
  altId: 40,
  taxExemptNumber: 40,
};

const HELP: Partial<Record<RecordField, string>> = {
  kind: 'With the type the fields of the name change; what was typed stays.',
  altId: 'A former number, for example: the look-up finds the customer by it.',
  accountStatus: 'The day on which it was assigned is set when it is saved.',
  public: 'Not public: only who may see private customers sees it.',
  bankrupt: 'Can keep the customer out of what is done about late accounts.',
  noPayments: 'No payment of any kind is taken.',
  bypassRateUntil: 'Rate increases reach the customer from this day on.',
  customerGroup: 'Who may see and change the customer can hang on it.',
  customerGroup2: 'For lists alone.',
};

const isBusiness = ({ kind }: FormValues): boolean =>
  kind === 'profit' || kind === 'nonprofit' || kind === 'government';
const PERSONS: ReadonlySet<RecordField> = new Set<RecordField>([
  'title',
  'firstName',
  'middleName',
  'lastName',
  'suffix',
  'spouseName',
]);
const REQUIRED: ReadonlySet<RecordField> = new Set(['kind', 'accountStatus', 'segment']);

type Choices = Partial<Record<RecordField, readonly Choice<string>[]>>;

/** The values of each field that holds a code; one in use that was retired stays choosable here. */
async function choicesOf(ctx: PartContext, record: StoredRecord, fields: readonly RecordField[]): Promise<Choices> {
  const choices: Choices = {
    kind: Object.entries(KINDS).map(([value, { word }]) => ({ value, label: word })),
    segment: [
      { value: 'residential', label: 'Residential' },
      { value: 'commercial', label: 'Commercial' },
    ],
  };
  const kept = (field: RecordField, list: readonly Choice<string>[]): readonly Choice<string>[] => {
    const value = record[field] as string | null;
    return value === null || list.some((one) => one.value === value) ? list : [...list, { value, label: value }];
  };
  for (const [field, table] of Object.entries(RECORD_TABLES) as [RecordField, string][]) {
    if (!fields.includes(field)) continue;
    const values = await ctx.call(listCodeValues, { table, all: false });
    choices[field] = kept(
      field,
      values.map(({ code, name }) => ({ value: code, label: name })),
    );
  }
  if (fields.includes('statementFormat')) {
    const formats = may(ctx.actor, listFormats.permission)
      ? await ctx.call(listFormats, { kind: 'statement', all: false })
      : [];
    choices.statementFormat = kept(
      'statementFormat',
      formats.map(({ code, name }) => ({ value: code, label: name })),
    );
  }
  return choices;
}

const kindOf = (name: RecordField, choices: Choices): FormField['kind'] => {
  if (FLAGS.has(name)) return 'flag';
  if (DATES.has(name)) return 'date';
  return choices[name] ? 'code' : 'text';
};

/** What is asked of a name hangs on the kind of customer. */
const shownOf = (name: RecordField): FormField['shown'] => {
  if (PERSONS.has(name)) return (values) => !isBusiness(values);
  return name === 'businessName' ? isBusiness : undefined;
};

/** Names of people who came with an import may be missing, and need not be found out before anything else is changed. */
const isRequired = (name: RecordField, record: StoredRecord): boolean => {
  if (name === 'firstName' || name === 'lastName') return record.kind !== 'individual' || record[name] !== null;
  return REQUIRED.has(name) || name === 'businessName';
};

const fieldsOf = (names: readonly RecordField[], choices: Choices, record: StoredRecord): FormField[] =>
  names.flatMap((name): FormField[] => [
    {
      name,
      label: RECORD_LABELS[name],
      kind: kindOf(name, choices),
      required: isRequired(name, record),
      maxLength: LONGEST[name],
      choices: choices[name],
      help: HELP[name],
      shown: shownOf(name),
    },
    ...(name === 'accountStatus'
      ? [{ name: 'assignedOn', label: 'Date status assigned', kind: 'readonly' } satisfies FormField]
      : []),
  ]);

/** A record as a form holds it. */
const valuesOf = (record: StoredRecord, names: readonly RecordField[]): FormValues => ({
  ...Object.fromEntries(
    names.map((name) => [name, FLAGS.has(name) ? record[name] === 1 : ((record[name] as string | null) ?? '')]),
  ),
  assignedOn: record.statusAssignedOn,
});

/** What a form holds, as the record keeps it. */
const patchOf = (values: FormValues, names: readonly RecordField[]): RecordPatch =>
  Object.fromEntries(
    names.map((name) => {
      const value = values[name];
      if (FLAGS.has(name)) return [name, value === true ? 1 : 0];
      return [name, value === '' || value === undefined ? null : value];
    }),
  ) as RecordPatch;

/** Whether the editor agrees to lose sight of the customer. @throws Failure `refused` when not */
async function mayHide(ctx: PartContext, before: CustomerRecord, patch: RecordPatch): Promise<boolean> {
  if (patch.public !== 0 || before.public === 0 || may(ctx.actor, SEE_PRIVATE)) return false;
  const sure = await ctx.confirm({
    title: 'Make this customer private?',
    lines: ['You may not see private customers (customers.private):', 'you will no longer see this one.'],
    action: 'Make private',
  });
  if (!sure) throw new Failure('refused', 'Nothing was saved.', { public: 'Left as it is until you decide.' });
  return true;
}

/** Who the customer is, or how it is dealt with. */
export async function recordForm(
  ctx: PartContext,
  names: readonly RecordField[],
  begin?: RecordField,
): Promise<FormDefinition<FormValues, RecordReceipt>> {
  const { customerId } = ctx;
  let before = await ctx.call(readRecord, { customerId });
  return {
    title: `${names === WHO ? 'Edit' : 'Groups and terms of'} customer ${before.number}`,
    fields: withAdding(ctx, fieldsOf(names, await choicesOf(ctx, before, names), before), RECORD_TABLES),
    initial: valuesOf(before, names),
    begin,
    version: before.version,
    draft: ctx.draft(names === WHO ? 'who' : 'dealing', customerId),
    today: ctx.today,
    save: async (values, version) => {
      const patch = patchOf(values, names);
      const hides = await mayHide(ctx, before, patch);
      const endAutopays = await endingChoice(ctx, before, patch);
      return ctx.call(editRecord, { customerId, version, changes: patch, hides, endAutopays });
    },
    undo: ({ version: made, endedAutopays, hidden }, { before: values }) =>
      // Payments that ended with it would stay so.
      endedAutopays > 0 || hidden
        ? null
        : takingBack(`customer ${customerId}`, made, (version, how) => {
            const changes = patchOf(values, names);
            return ctx.call(editRecord, { customerId, version, changes, hides: false, takesBack: true }, how);
          }),
    current: async () => {
      before = await ctx.call(readRecord, { customerId });
      const { version, changedBy, changedAt } = before;
      return { values: valuesOf(before, names), version, changedBy, changedAt };
    },
  };
}
