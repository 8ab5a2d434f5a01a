import { formatCents } from '#domain/money.ts';
import type { ActionMode } from '#domain/history-actions.ts';
import type { CorrectionFacts } from '#services/corrections/facts.ts';
import { reinstate } from '#services/corrections/reinstate.ts';
import { correctRefund } from '#services/corrections/refund.ts';
import { editReturnFee } from '#services/corrections/return-fee.ts';
import { chargeBack, returnPayment } from '#services/corrections/return-payment.ts';
import { reversePayment } from '#services/corrections/reverse-payment.ts';
import { listTenders } from '#services/corrections/tenders.ts';
import { transferPayment } from '#services/corrections/transfer-payment.ts';
import { getOptions } from '#services/options/operations.ts';
import { openDetails } from '../window.ts';
import { accountNumbered, toAccountField } from './account-choice.ts';
import {
  centsOf,
  codeChoices,
  correct,
  type Ctx,
  dateField,
  given,
  memoField,
  reasonField,
  referenceField,
  textOf,
} from './ask.ts';

type Entry = CorrectionFacts['entry'];

/** Tenders of the payment that can go back, ticked by the operator where there are several (seed: Select Payment Methods). */
async function pickTenders(ctx: Ctx, { id: transactionId }: Entry, cores: readonly string[]): Promise<number[] | null> {
  const tenders = (await ctx.call(listTenders, { transactionId })).filter(
    ({ core, takenBack }) => !takenBack && core !== null && cores.includes(core),
  );
  if (tenders.length <= 1) return tenders.flatMap(({ tenderId }) => (tenderId === null ? [] : [tenderId]));
  const ticked = await ctx.pickMany({
    title: 'Which payment methods?',
    choices: tenders.map(({ tenderId, method, amountCents, reference }) => ({
      value: String(tenderId),
      label: `${method ?? ''} ${formatCents(amountCents)}`,
      detail: reference ?? '',
    })),
    ticked: [],
  });
  return ticked === null || ticked.length === 0 ? null : ticked.map(Number);
}

export async function returnForm(ctx: Ctx, entry: Entry, mode: ActionMode): Promise<boolean> {
  if (mode === 'view') {
    await openDetails(ctx, entry.id);
    return false;
  }
  if (mode === 'edit') return feeForm(ctx, entry);
  const tenderIds = await pickTenders(ctx, entry, ['check', 'draft']);
  if (tenderIds === null) return false;
  const { nsfFeeCents } = await ctx.call(getOptions, {});
  return correct(ctx, {
    title: 'Returned item (NSF)',
    fields: [
      reasonField(await codeChoices(ctx, 'return_reason')),
      { name: 'feeCents', label: 'Fee', kind: 'amount', help: 'For each item; 0: none.' },
      dateField,
      referenceField,
      memoField,
    ],
    initial: { reason: 'R01', feeCents: formatCents(nsfFeeCents), effectiveOn: ctx.today, reference: '', memo: '' },
    correction: returnPayment,
    inputOf: (values) => ({
      transactionId: entry.id,
      ...(tenderIds.length === 0 ? {} : { tenderIds }),
      reason: values.reason,
      reference: textOf(values.reference),
      memo: textOf(values.memo),
      ...given('effectiveOn', textOf(values.effectiveOn)),
      feeCents: centsOf(values.feeCents) ?? 0,
    }),
    action: 'Return payment',
    done: 'The item is returned.',
  });
}

const feeForm = (ctx: Ctx, entry: Entry): Promise<boolean> =>
  correct(ctx, {
    title: 'Fee of a returned item',
    fields: [{ name: 'feeCents', label: 'Fee', kind: 'amount', required: true }, referenceField, memoField],
    initial: { feeCents: formatCents(entry.amountCents), reference: entry.reference ?? '', memo: entry.memo ?? '' },
    correction: editReturnFee,
    inputOf: (values) => ({
      transactionId: entry.id,
      version: entry.version,
      feeCents: centsOf(values.feeCents) ?? 0,
      reference: textOf(values.reference),
      memo: textOf(values.memo),
    }),
    action: 'Change fee',
    done: 'The fee is changed.',
  });

export async function chargeBackForm(ctx: Ctx, entry: Entry): Promise<boolean> {
  const tenderIds = await pickTenders(ctx, entry, ['card']);
  if (tenderIds === null) return false;
  return correct(ctx, {
    title: 'Chargeback',
    fields: [referenceField, dateField, memoField],
    initial: { reference: '', effectiveOn: ctx.today, memo: '' },
    correction: chargeBack,
    inputOf: (values) => ({
      transactionId: entry.id,
      ...(tenderIds.length === 0 ? {} : { tenderIds }),
      reference: textOf(values.reference),
      memo: textOf(values.memo),
      ...given('effectiveOn', textOf(values.effectiveOn)),
    }),
    action: 'Charge back',
    done: 'The payment is charged back.',
  });
}

export const reverseForm = async (ctx: Ctx, entry: Entry): Promise<boolean> =>
  correct(ctx, {
    title: 'Reverse payment',
    fields: [reasonField(await codeChoices(ctx, 'reversal_reason')), dateField, memoField],
    initial: { reason: '', effectiveOn: ctx.today, memo: '' },
    correction: reversePayment,
    inputOf: (values) => ({
      transactionId: entry.id,
      reason: values.reason,
      memo: textOf(values.memo),
      ...given('effectiveOn', textOf(values.effectiveOn)),
    }),
    action: 'Reverse payment',
    done: 'The payment is reversed.',
  });

export const transferForm = async (ctx: Ctx, entry: Entry): Promise<boolean> =>
  correct(ctx, {
    title: 'Transfer payment',
    fields: [
      await toAccountField(ctx),
      { name: 'cents', label: 'Amount', kind: 'amount', help: 'Empty: everything that is left of it.' },
      memoField,
    ],
    initial: { toAccountId: '', cents: formatCents(-entry.amountCents), memo: '' },
    correction: transferPayment,
    inputOf: async (values) => ({
      transactionId: entry.id,
      toAccountId: await accountNumbered(ctx, values.toAccountId),
      ...given('cents', centsOf(values.cents)),
      memo: textOf(values.memo),
    }),
    action: 'Transfer payment',
    done: 'The payment is transferred.',
  });

export const refundReferenceForm = (ctx: Ctx, entry: Entry): Promise<boolean> =>
  correct(ctx, {
    title: 'Refund: another reference',
    fields: [{ ...referenceField, required: true }, memoField],
    initial: { reference: entry.reference ?? '', memo: '' },
    correction: correctRefund,
    inputOf: (values) => ({ transactionId: entry.id, reference: values.reference, memo: textOf(values.memo) }),
    action: 'Note reference',
    done: 'The reference is noted beside the refund.',
  });

export const reinstateForm = (ctx: Ctx, entry: Entry): Promise<boolean> =>
  correct(ctx, {
    title: 'Take write-off back',
    fields: [
      {
        name: 'cents',
        label: 'Amount',
        kind: 'amount',
        help: 'Empty: everything that stands; the oldest debts first.',
      },
      referenceField,
      memoField,
    ],
    initial: { cents: '', reference: '', memo: '' },
    correction: reinstate,
    inputOf: (values) => ({
      transactionId: entry.id,
      ...given('cents', centsOf(values.cents)),
      reference: textOf(values.reference),
      memo: textOf(values.memo),
    }),
    action: 'Reinstate debt',
    done: 'The debt is owed again.',
  });
