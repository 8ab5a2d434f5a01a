import { formatCents, parseCents } from '#domain/money.ts';
import { BATCH_KIND_LABELS, BATCH_KINDS_LIST } from '#services/batches/kinds.ts';
import type { BatchRow } from '#services/batches/list.ts';
import { type BatchReceipt, editBatch, openBatch } from '#services/batches/state.ts';
import { Failure } from '#services/failure.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import type { BatchesContext } from './model.ts';

type BatchValues = FormValues & {
  readonly kind: string;
  readonly description: string;
  readonly controlCents: string;
  readonly controlCount: string;
};

const kindField: FormField = {
  name: 'kind',
  label: 'Kind',
  kind: 'code',
  required: true,
  choices: BATCH_KINDS_LIST.map((value) => ({ value, label: BATCH_KIND_LABELS[value] })),
};
const ownFields: readonly FormField[] = [
  { name: 'description', label: 'Description', kind: 'text', maxLength: 120, help: 'Mail of Monday, deposit slip 7.' },
  {
    name: 'controlCents',
    label: 'Control total',
    kind: 'amount',
    help: 'What the adding machine’s tape says; empty where nobody counted.',
  },
  { name: 'controlCount', label: 'Control count', kind: 'text', maxLength: 7, help: 'How many there are; or empty.' },
];

/** @throws Failure at the field */
function controls({ description, controlCents, controlCount }: BatchValues) {
  if (!/^\d*$/.test(controlCount.trim())) {
    throw new Failure('invalid', 'Give the count in digits.', { controlCount: 'Give the count in digits.' });
  }
  return {
    description: description.trim() === '' ? null : description.trim(),
    controlCents: controlCents === '' ? null : parseCents(controlCents),
    controlCount: controlCount.trim() === '' ? null : Number(controlCount),
  };
}

/** The form of a new batch. */
export const openForm = (ctx: BatchesContext): FormDefinition<BatchValues, BatchReceipt> => ({
  title: 'Open a batch',
  verb: 'Open',
  today: ctx.today,
  fields: [kindField, ...ownFields],
  initial: { kind: 'payments', description: '', controlCents: '', controlCount: '' },
  save: (values, _, key) =>
    ctx.call(openBatch, { kind: values.kind as BatchRow['kind'], ...controls(values) }, { idempotencyKey: key }),
});

/** The form of description and control figures. */
export const editForm = (ctx: BatchesContext, batch: BatchRow): FormDefinition<BatchValues, BatchReceipt> => ({
  title: `Batch ${batch.number}`,
  today: ctx.today,
  version: batch.version,
  fields: [{ ...kindField, kind: 'readonly' }, ...ownFields],
  initial: {
    kind: BATCH_KIND_LABELS[batch.kind],
    description: batch.description ?? '',
    controlCents: batch.controlCents === null ? '' : formatCents(batch.controlCents),
    controlCount: batch.controlCount === null ? '' : String(batch.controlCount),
  },
  save: (values, version) => ctx.call(editBatch, { batchId: batch.id, version, ...controls(values) }),
});
