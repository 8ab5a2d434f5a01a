import { formatCents } from '#domain/money.ts';
import { billNow } from '#services/corrections/bill-special-charges.ts';
import { applyCredit, convertCredit } from '#services/corrections/credit.ts';
import { enterRefund } from '#services/corrections/refund.ts';
import {
  addSpecialCharge,
  editSpecialCharge,
  listSpecialCharges,
  removeSpecialCharge,
  type SpecialChargeRow,
} from '#services/corrections/special-charges.ts';
import { transferBalance } from '#services/corrections/transfer-balance.ts';
import { writeOff } from '#services/corrections/write-off.ts';
import type { FormDefinition, FormField } from '#ui/form/definition.ts';
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

type SpecialValues = Readonly<Record<'code' | 'description' | 'cents' | 'taxable' | 'reason', string>>;

/** Unless the operator says otherwise a charge is taxed as its code says. */
const TAXABLE = [
  { value: 'code', label: 'As the code says' },
  { value: 'yes', label: 'Taxed' },
  { value: 'no', label: 'Not taxed' },
];

/** A special charge that waits for the next bill, new or as it stands. */
async function specialForm(
  ctx: Ctx,
  row: SpecialChargeRow | null,
): Promise<FormDefinition<SpecialValues, { readonly specialChargeId: number }>> {
  const inputOf = (values: SpecialValues) => ({
    code: values.code,
    description: values.description,
    cents: centsOf(values.cents) ?? 0,
    ...given('taxable', values.taxable === 'code' ? null : values.taxable === 'yes'),
    serviceTypeId: row?.serviceTypeId ?? null,
    reason: textOf(values.reason),
  });
  return {
    title: row === null ? 'Add special charge' : 'Change special charge',
    fields: [
      { name: 'code', label: 'Code', kind: 'code', required: true, choices: await codeChoices(ctx, 'charge_code') },
      { name: 'description', label: 'Description', kind: 'text', maxLength: 120, help: 'Empty: that of the code.' },
      { name: 'cents', label: 'Amount', kind: 'amount', required: true, help: 'Below zero: a credit.' },
      { name: 'taxable', label: 'Tax', kind: 'code', required: true, choices: TAXABLE },
      { name: 'reason', label: 'Why', kind: 'text', maxLength: 200 },
    ],
    initial: {
      code: row?.code ?? '',
      description: row?.description ?? '',
      cents: row === null ? '' : formatCents(row.amountCents),
      taxable: row === null ? 'code' : row.taxable === 1 ? 'yes' : 'no',
      reason: row?.reason ?? '',
    },
    version: row?.version ?? 0,
    today: ctx.today,
    save: (values, version, idempotencyKey) =>
      row === null
        ? ctx.call(addSpecialCharge, { ...inputOf(values), accountId: accountOf(ctx) }, { idempotencyKey })
        : ctx.call(editSpecialCharge, { ...inputOf(values), specialChargeId: row.specialChargeId, version }),
  };
}

export async function addSpecial(ctx: Ctx): Promise<boolean> {
  const saved = await ctx.form(await specialForm(ctx, null));
  if (saved !== null) ctx.toast('The special charge waits for the next bill.', 'good');
  return saved !== null;
}

/** Those that wait: each is changed or removed, or all are billed now. */
export async function pendingSpecials(ctx: Ctx): Promise<boolean> {
  const rows = await ctx.call(listSpecialCharges, { accountId: accountOf(ctx), all: false });
  if (rows.length === 0) {
    ctx.toast('No special charge waits on this account.');
    return false;
  }
  const row = await ctx.choose<SpecialChargeRow | 'bill'>('Special charges that wait', [
    ...rows.map((one) => ({ value: one, label: one.description, detail: formatCents(one.amountCents) })),
    { value: 'bill', label: 'Bill them all now' },
  ]);
  if (row === null) return false;
  if (row === 'bill') {
    return correctAtOnce(ctx, {
      title: 'Bill special charges now',
      correction: billNow,
      input: { accountId: accountOf(ctx) },
      action: 'Bill now',
      done: 'The special charges are billed.',
    });
  }
  const what = await ctx.choose('What shall become of it?', [
    { value: 'edit', label: 'Change' },
    { value: 'remove', label: 'Remove' },
  ]);
  if (what === 'edit') {
    const saved = (await ctx.form(await specialForm(ctx, row))) !== null;
    if (saved) ctx.toast('The special charge is changed.', 'good');
    return saved;
  }
  const lines = [`${row.description}, ${formatCents(row.amountCents)}`, 'It will not be billed.'];
  if (what !== 'remove' || !(await ctx.confirm({ title: 'Remove special charge?', lines, action: 'Remove' })))
    return false;
  const { specialChargeId, version } = row;
  await ctx.call(removeSpecialCharge, { specialChargeId, version, reason: null });
  ctx.toast('Removed.', 'good');
  return true;
}
