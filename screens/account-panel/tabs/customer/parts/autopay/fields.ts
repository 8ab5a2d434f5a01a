import {
  ACCOUNT_TYPES,
  AUTOPAY_OPTIONS,
  type AutopayOption,
  DRAW_DAYS,
  type DrawOn,
  takesDays,
} from '#domain/autopay.ts';
import { formatCents, parseCents } from '#domain/money.ts';
import type { AutopayDetails } from '#services/autopay/list.ts';
import { Failure } from '#services/failure.ts';
import type { Choice } from '#ui/choice.ts';
import type { FormField, FormValues } from '#ui/form/definition.ts';

/** What a form answers with: the instrument, and what to say. */
export interface Done {
  readonly autopayId: number;
  readonly told: string;
  /** The instrument's version, after an edit. */
  readonly version?: number;
}

/** The instrument's name among the changes that can be taken back. */
export const instrumentOf = (autopayId: number): string => `automatic payment ${autopayId}`;

/** What is agreed, as it is typed. */
export type TermsValues = FormValues & {
  readonly notifyInAdvance: boolean;
  readonly option: string;
  readonly maximum: string;
  readonly fixed: string;
  readonly drawOn: string;
  readonly drawDays: string;
  readonly authorisedOn: string;
};

const choicesOf = (words: Readonly<Record<string, string>>): Choice<string>[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

export const NOTIFY_FIELD: FormField = {
  name: 'notifyInAdvance',
  label: 'Notify in advance',
  kind: 'flag',
  help: 'The customer is told the amount before it is drawn.',
};

export const ACCOUNT_TYPE_FIELD: FormField = {
  name: 'accountType',
  label: 'Account type',
  kind: 'code',
  required: true,
  choices: choicesOf(ACCOUNT_TYPES),
};

/** Fields of drafts and cards alike, after those of the instrument itself. */
export const TERMS_FIELDS: readonly FormField[] = [
  {
    name: 'option',
    label: 'Special options',
    kind: 'code',
    required: true,
    choices: choicesOf(AUTOPAY_OPTIONS),
    help: 'The balance; never more than a maximum; always a fixed amount; the budget or statement balance.',
  },
  {
    name: 'maximum',
    label: 'Maximum amount',
    kind: 'amount',
    required: true,
    shown: ({ option }) => option === 'maximum',
    help: 'What is owed above it stays due.',
  },
  {
    name: 'fixed',
    label: 'Fixed amount',
    kind: 'amount',
    required: true,
    shown: ({ option }) => option === 'fixed',
    help: 'Drawn whatever is owed; what is too much is credited to the next cycle.',
  },
  {
    name: 'drawOn',
    label: 'Drawn',
    kind: 'code',
    required: true,
    choices: choicesOf(DRAW_DAYS),
    help: 'When banks are closed on the day, on the next day on which they are open.',
  },
  {
    name: 'drawDays',
    label: 'Days, or the day',
    kind: 'text',
    maxLength: 2,
    required: true,
    shown: ({ drawOn }) => takesDays(String(drawOn)),
    help: 'Days after the bill, 0 to 60; or the day of the month, 1 to 28.',
  },
  {
    name: 'authorisedOn',
    label: 'Authorised on',
    kind: 'date',
    help: 'The day of the signature; empty: not signed yet, and nothing is drawn until then.',
  },
];

/** Offered while others of the customer are active: one of them is drawn from by itself. */
export const AUTOMATIC_FIELD: FormField = {
  name: 'automatic',
  label: 'Automatic',
  kind: 'flag',
  help: 'This one is drawn from by itself; the others wait.',
};

/** The terms of an instrument as the form shows them; of a new one what most customers choose. */
export const termsValues = (one: AutopayDetails | null): TermsValues => ({
  notifyInAdvance: one?.notifyInAdvance ?? false,
  option: one?.option ?? 'balance',
  maximum: one?.option === 'maximum' && one.amountCents !== null ? formatCents(one.amountCents) : '',
  fixed: one?.option === 'fixed' && one.amountCents !== null ? formatCents(one.amountCents) : '',
  drawOn: one?.drawOn ?? 'due',
  drawDays: one?.drawDays === null || one === null ? '' : String(one.drawDays),
  authorisedOn: one?.authorisedOn ?? '',
});

/** The terms as the operations take them. */
export function typedTerms(values: TermsValues) {
  const { option, drawOn, drawDays, authorisedOn, notifyInAdvance } = values;
  const amount = option === 'maximum' ? values.maximum : option === 'fixed' ? values.fixed : '';
  if (takesDays(drawOn) && !/^\d+$/.test(drawDays)) {
    throw new Failure('invalid', 'How many days?', { drawDays: 'Enter a number.' });
  }
  return {
    notifyInAdvance,
    option: option as AutopayOption,
    amountCents: amount === '' ? null : parseCents(amount),
    drawOn: drawOn as DrawOn,
    drawDays: takesDays(drawOn) ? Number(drawDays) : null,
    authorisedOn: authorisedOn === '' ? null : authorisedOn,
  };
}

/** Runs a save; what is wrong with the amount is said at the field that it was typed in. */
export async function atItsField<T>({ option }: TermsValues, save: () => Promise<T>): Promise<T> {
  try {
    return await save();
  } catch (error) {
    if (!(error instanceof Failure) || error.fields.amountCents === undefined) throw error;
    const { amountCents, ...others } = error.fields;
    throw new Failure(error.code, error.message, { ...others, [option]: amountCents });
  }
}
