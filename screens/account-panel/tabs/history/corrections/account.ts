import { applyCredit, convertCredit } from '#services/corrections/credit.ts';
import { enterRefund } from '#services/corrections/refund.ts';
import { transferBalance } from '#services/corrections/transfer-balance.ts';
import { writeOff } from '#services/corrections/write-off.ts';
import type { FormField } from '#ui/form/definition.ts';
import { accountNumbered, toAccountField } from './account-choice.ts';
import {
  centsOf,
  codeChoices,
  correct,
  correctAtOnce,
  type Ctx,
  given,
  memoField,
  reasonField,
  referenceField,
  textOf,
} from './ask.ts';

const accountOf = (ctx: Ctx): number => ctx.params.accountId!;
const amountField = (help: string): FormField => ({ name: 'cents', label: 'Amount', kind: 'amount', help });

export const refundForm = (ctx: Ctx): Promise<boolean> =>
  correct(ctx, {
    title: 'Refund',
    fields: [
      amountField('Empty: all open credit.'),
      {
        name: 'method',
        label: 'How',
        kind: 'code',
        required: true,
        choices: [
          { value: 'check', label: 'Check' },
          { value: 'card', label: 'Card' },
          { value: 'draft', label: 'ACH' },
        ],
      },
      referenceField,
      memoField,
    ],
    initial: { cents: '', method: 'check', reference: '', memo: '' },
    correction: enterRefund,
    inputOf: (values) => ({
      accountId: accountOf(ctx),
      ...given('cents', centsOf(values.cents)),
      method: values.method as 'check' | 'card' | 'draft',
      reference: textOf(values.reference),
      memo: textOf(values.memo),
    }),
    action: 'Enter refund',
    done: 'The refund waits for its batch.',
  });

export const writeOffForm = async (ctx: Ctx): Promise<boolean> =>
  correct(ctx, {
    title: 'Write off',
    fields: [
      amountField('Empty: everything owed; else the oldest debts first.'),
      reasonField(await codeChoices(ctx, 'write_off_reason')),
      memoField,
    ],
    initial: { cents: '', reason: '', memo: '' },
    correction: writeOff,
    inputOf: (values) => ({
      accountId: accountOf(ctx),
      ...given('cents', centsOf(values.cents)),
      reason: values.reason,
      memo: textOf(values.memo),
    }),
    action: 'Write off',
    done: 'The debt is written off.',
  });

export const transferBalanceForm = async (ctx: Ctx): Promise<boolean> =>
  correct(ctx, {
    title: 'Transfer balance',
    fields: [
      await toAccountField(ctx),
      {
        name: 'what',
        label: 'What',
        kind: 'code',
        required: true,
        choices: [
          { value: 'debts', label: 'Debts' },
          { value: 'credit', label: 'Open credit' },
        ],
      },
      amountField('Empty: everything; else the oldest first.'),
      memoField,
    ],
    initial: { toAccountId: '', what: 'debts', cents: '', memo: '' },
    correction: transferBalance,
    inputOf: async (values) => ({
      accountId: accountOf(ctx),
      toAccountId: await accountNumbered(ctx, values.toAccountId),
      what: values.what === 'credit' ? ('credit' as const) : ('debts' as const),
      ...given('cents', centsOf(values.cents)),
      memo: textOf(values.memo),
    }),
    action: 'Transfer balance',
    done: 'The balance is transferred.',
  });

export const applyCreditNow = (ctx: Ctx): Promise<boolean> =>
  correctAtOnce(ctx, {
    title: 'Apply open credit',
    correction: applyCredit,
    input: { accountId: accountOf(ctx) },
    action: 'Apply credit',
    done: 'The credit is applied.',
  });

export const convertCreditNow = (ctx: Ctx): Promise<boolean> =>
  correctAtOnce(ctx, {
    title: 'Turn credit of services into open credit',
    correction: convertCredit,
    input: { accountId: accountOf(ctx), memo: null },
    action: 'Convert credit',
    done: 'It is open credit now.',
  });
