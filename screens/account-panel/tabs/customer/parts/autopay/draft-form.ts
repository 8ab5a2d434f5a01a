import type { BankAccountType } from '#domain/autopay.ts';
import { plainRouting, routingProblem } from '#domain/routing-number.ts';
import { lastFour, masked, plainValue, SENSITIVE_LONGEST, valueProblem } from '#domain/sensitive.ts';
import { may } from '#services/actor.ts';
import { addBank, findBanks } from '#services/autopay/banks.ts';
import { addDraft, editDraft } from '#services/autopay/draft.ts';
import { type AutopayDetails, readAutopay } from '#services/autopay/list.ts';
import type { Choice } from '#ui/choice.ts';
import type { FormDefinition, FormField } from '#ui/form/definition.ts';
import { takingBack } from '#ui/undo.ts';
import type { PartContext } from '../part.ts';
import {
  ACCOUNT_TYPE_FIELD,
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

type DraftValues = TermsValues & {
  readonly accountType: string;
  readonly routingNumber: string;
  readonly accountNumber: string;
  readonly automatic: boolean;
  /** What may be shown of the number that is kept. */
  readonly masked: string;
};

/** The form of a new bank, over the form that needs it; answers it as a choice. */
const newBank = (ctx: PartContext) => (): Promise<Choice<string> | null> =>
  ctx.form<{ readonly routingNumber: string; readonly name: string }, Choice<string>>({
    title: 'New bank code',
    today: ctx.today,
    initial: { routingNumber: '', name: '' },
    fields: [
      {
        name: 'routingNumber',
        label: 'Routing no.',
        kind: 'text',
        required: true,
        maxLength: 11,
        check: (typed) => routingProblem(plainRouting(typed)),
        help: 'Nine digits, as on a check at the bottom left.',
      },
      { name: 'name', label: 'Bank', kind: 'text', required: true, maxLength: 60 },
    ],
    save: async (values) => {
      const { routingNumber, name } = await ctx.call(addBank, values);
      return { value: routingNumber, label: name };
    },
  });

const MASKED_KIND = 'bank-account';

function numberField(ctx: PartContext, kept: AutopayDetails | null): FormField {
  const sees = may(ctx.actor, 'sensitive.last4');
  return {
    name: 'accountNumber',
    label: 'Account no.',
    kind: 'secret',
    required: kept === null || !kept.complete,
    maxLength: SENSITIVE_LONGEST,
    check: (typed) => valueProblem(MASKED_KIND, plainValue(MASKED_KIND, typed)),
    mask: {
      kept: 'masked',
      typed: (text) => masked(MASKED_KIND, sees ? lastFour(MASKED_KIND, plainValue(MASKED_KIND, text)) : null),
    },
    help: `Hidden while it is typed, and sealed.${kept?.complete ? ` Empty: ${kept.masked} stays.` : ''}`,
  };
}

const valuesOf = (one: AutopayDetails | null): DraftValues => ({
  ...termsValues(one),
  accountType: one?.accountType ?? 'checking',
  routingNumber: one?.routingNumber ?? '',
  accountNumber: '',
  automatic: true,
  masked: one?.complete ? one.masked : '',
});

/** The form of a bank draft, new or kept; `others`: the customer has other active instruments. */
export async function draftForm(
  ctx: PartContext,
  kept: AutopayDetails | null,
  others: boolean,
): Promise<FormDefinition<DraftValues, Done>> {
  const { customerId } = ctx;
  const banks = await ctx.call(findBanks, { text: '', limit: 1000 });
  const fields: readonly FormField[] = [
    NOTIFY_FIELD,
    ACCOUNT_TYPE_FIELD,
    {
      name: 'routingNumber',
      label: 'Bank routing no.',
      kind: 'code',
      required: true,
      choices: banks.map(({ routingNumber, name }) => ({ value: routingNumber, label: name })),
      addNew: newBank(ctx),
      help: 'The beginning of its number or name, or F4; + adds a bank.',
    },
    numberField(ctx, kept),
    ...TERMS_FIELDS,
    ...(kept === null && others ? [AUTOMATIC_FIELD] : []),
  ];
  return {
    title: kept === null ? 'Automatic bank draft' : `Bank draft ${kept.bankOrBrand} ${kept.masked}`,
    today: ctx.today,
    fields,
    initial: valuesOf(kept),
    draft: kept === null ? ctx.draft('autopay.add', customerId) : ctx.draft('autopay', kept.id),
    ...(kept && {
      version: kept.version,
      current: async () => {
        const now = await ctx.call(readAutopay, { customerId, autopayId: kept.id });
        return { values: valuesOf(now), version: now.version, changedBy: now.changedBy, changedAt: now.changedAt };
      },
    }),
    save: (values, version, idempotencyKey) =>
      atItsField(values, async () => {
        const { routingNumber, accountNumber, automatic } = values;
        const accountType = values.accountType as BankAccountType;
        const typed = { customerId, accountType, routingNumber, accountNumber, ...typedTerms(values) };
        if (kept === null) {
          const { autopayId } = await ctx.call(addDraft, { ...typed, automatic }, { idempotencyKey });
          return { autopayId, told: 'Set up, with its account number sealed.' };
        }
        return { told: 'Saved.', ...(await ctx.call(editDraft, { ...typed, autopayId: kept.id, version })) };
      }),
    undo: ({ autopayId, version: made }, { before, typed }) =>
      // A number that was replaced is known to nobody any more; what was set up is ended, not undone.
      kept === null || made === undefined || typed.accountNumber !== ''
        ? null
        : takingBack(instrumentOf(autopayId), made, (version, how) => {
            const { routingNumber } = before;
            const accountType = before.accountType as BankAccountType;
            const given = { customerId, autopayId, version, accountType, routingNumber, ...typedTerms(before) };
            return ctx.call(editDraft, { ...given, accountNumber: '' }, how);
          }),
  };
}
