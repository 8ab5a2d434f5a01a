import { addCard, beginCard, type CardSetup, editCard } from '#services/autopay/card.ts';
import { type AutopayDetails, readAutopay } from '#services/autopay/list.ts';
import { Failure } from '#services/failure.ts';
import type { FormDefinition, FormField } from '#ui/form/definition.ts';
import { takingBack } from '#ui/undo.ts';
import { wrap } from '#ui/width.ts';
import type { PartContext } from '../part.ts';
import {
  atItsField,
  AUTOMATIC_FIELD,
  type Done,
  instrumentOf,
  NOTIFY_FIELD,
  TERMS_FIELDS,
  type TermsValues,
  termsValues,
  typedTerms,
} from './fields.ts';

type CardValues = TermsValues & {
  readonly result: string;
  readonly file: string;
  readonly automatic: boolean;
};

const LINK_WIDTH = 68;

const RESULT_FIELDS: readonly FormField[] = [
  {
    name: 'result',
    label: 'Result',
    kind: 'secret',
    maxLength: 4000,
    help: 'Paste the line that the processor showed; it begins with mdcard1. Never a card number.',
  },
  {
    name: 'file',
    label: 'or its file',
    kind: 'text',
    maxLength: 1000,
    help: 'The file in which the processor sent it.',
  },
];

const valuesOf = (one: AutopayDetails | null): CardValues => ({
  ...termsValues(one),
  result: '',
  file: '',
  automatic: true,
});

/** The pasted line, or that of the file. @throws Failure */
async function resultOf(ctx: PartContext, { result, file }: CardValues): Promise<string> {
  if (result.trim() !== '') return result;
  if (file.trim() === '') {
    throw new Failure('invalid', 'Paste the result, or name its file.', { result: 'Paste the result.' });
  }
  try {
    return (await ctx.readFile(file.trim())).lines.join('');
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.code, error.message, { file: error.fields.path ?? error.message });
  }
}

/** The form of a card: of a new one the signed result and the terms, of a kept one the terms alone. */
export function cardForm(
  ctx: PartContext,
  kept: AutopayDetails | null,
  others: boolean,
): FormDefinition<CardValues, Done> {
  const { customerId } = ctx;
  const isNew = kept === null;
  return {
    title: isNew ? 'Automatic card payment' : `Credit card ${kept.bankOrBrand} ${kept.masked}`,
    today: ctx.today,
    fields: [
      ...(isNew ? RESULT_FIELDS : []),
      NOTIFY_FIELD,
      ...TERMS_FIELDS,
      ...(isNew && others ? [AUTOMATIC_FIELD] : []),
    ],
    initial: valuesOf(kept),
    draft: isNew ? ctx.draft('autopay.card', customerId) : ctx.draft('autopay', kept.id),
    ...(kept && {
      version: kept.version,
      current: async () => {
        const now = await ctx.call(readAutopay, { customerId, autopayId: kept.id });
        return { values: valuesOf(now), version: now.version, changedBy: now.changedBy, changedAt: now.changedAt };
      },
    }),
    save: (values, version) =>
      atItsField(values, async () => {
        const terms = { customerId, ...typedTerms(values) };
        if (!isNew) {
          return { told: 'Saved.', ...(await ctx.call(editCard, { ...terms, autopayId: kept.id, version })) };
        }
        const result = await resultOf(ctx, values);
        const { autopayId } = await ctx.call(addCard, { ...terms, result, automatic: values.automatic });
        return { autopayId, told: 'Set up, with the card’s token sealed.' };
      }),
    undo: ({ autopayId, version: made }, { before }) =>
      isNew || made === undefined
        ? null
        : takingBack(instrumentOf(autopayId), made, (version, how) =>
            ctx.call(editCard, { customerId, autopayId, version, ...typedTerms(before) }, how),
          ),
  };
}

const time = (at: number): string => new Date(at).toTimeString().slice(0, 5);

/** Hands the link of the hosted form over, as often as it is wanted; true when the result is at hand. */
async function handOver(ctx: PartContext, { url, processor, expiresAt, demo }: CardSetup): Promise<boolean> {
  const name = processor === '' ? 'the processor' : processor;
  for (;;) {
    const what = await ctx.choose<'copy' | 'show' | 'pretend' | 'result'>(
      `Hosted form of ${name}, until ${time(expiresAt)}`,
      [
        { value: 'copy', label: 'Copy the link', detail: 'for the browser or a message to the customer' },
        { value: 'show', label: 'Show the link' },
        ...(demo
          ? [{ value: 'pretend' as const, label: 'Copy the command that answers', detail: 'a demo has no processor' }]
          : []),
        { value: 'result', label: 'Enter the result', detail: 'once the card was entered there' },
      ],
    );
    if (what === null) return false;
    if (what === 'result') return true;
    if (what === 'copy') ctx.copy(url, 'the link');
    else if (what === 'pretend') ctx.copy(`meterdesk demo-card '${url}'`, 'the command');
    else await ctx.show(`Link to the hosted form of ${name}`, wrap(url, LINK_WIDTH));
  }
}

/** Sets a card up: the link out, the processor’s signed answer in. Answers what was done; null when left. */
export async function setUpCard(ctx: PartContext, others: boolean): Promise<Done | null> {
  const setup = await ctx.call(beginCard, { customerId: ctx.customerId });
  return (await handOver(ctx, setup)) ? ctx.form(cardForm(ctx, null, others)) : null;
}
