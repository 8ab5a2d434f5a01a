import { formatCents } from '#domain/money.ts';
import type { ActionMode } from '#domain/history-actions.ts';
import { adjustBill } from '#services/corrections/adjust-bill.ts';
import { editAdjustment, enterAdjustment } from '#services/corrections/adjust.ts';
import { billLines, type BillLineView } from '#services/corrections/bill.ts';
import type { CorrectionFacts } from '#services/corrections/facts.ts';
import { reverseCharges } from '#services/corrections/reverse-charges.ts';
import type { FormField, FormValues } from '#ui/form/definition.ts';
import { centsOf, codeChoices, correct, type Ctx, dateField, given, memoField, reasonField, textOf } from './ask.ts';

type Entry = CorrectionFacts['entry'];
type Values = Readonly<Record<string, string>>;

const lineName = (line: BillLineView, place: number): string =>
  line.description ?? line.serviceName ?? `Line ${place + 1}`;

const directionField: FormField = {
  name: 'direction',
  label: 'Credit or debit',
  kind: 'code',
  required: true,
  choices: [
    { value: 'credit', label: 'Credit' },
    { value: 'debit', label: 'Debit' },
  ],
  help: 'A credit lowers what is owed.',
};

/** What an adjustment is filled in with, on a charge or on the account itself. */
async function adjustmentFields(ctx: Ctx, lines: readonly BillLineView[]): Promise<FormField[]> {
  const choices = lines.map((line, place) => ({
    value: String(line.lineId),
    label: lineName(line, place),
    detail: formatCents(line.openCents),
  }));
  return [
    directionField,
    { name: 'cents', label: 'Amount', kind: 'amount', required: true },
    reasonField(await codeChoices(ctx, 'adjustment_reason')),
    ...(choices.length > 1
      ? [{ name: 'lineId', label: 'Line', kind: 'code', choices, help: 'Empty: the whole charge.' } satisfies FormField]
      : []),
    dateField,
    memoField,
  ];
}

const adjustmentOf = (values: Values) => ({
  direction: values.direction === 'debit' ? ('debit' as const) : ('credit' as const),
  cents: centsOf(values.cents) ?? 0,
  reason: values.reason ?? '',
  ...given('effectiveOn', textOf(values.effectiveOn)),
  dueOn: null,
  lineId: textOf(values.lineId) === null ? null : Number(values.lineId),
  serviceTypeId: null,
  memo: textOf(values.memo),
});

/** An adjustment of a charge, or with no charge of the account. */
export async function addAdjustment(ctx: Ctx, target: Entry | null): Promise<boolean> {
  const lines = target === null ? [] : await ctx.call(billLines, { transactionId: target.id });
  return correct<Parameters<typeof enterAdjustment.run>[1], Values>(ctx, {
    title: target === null ? 'Adjust account' : 'Adjust charge',
    fields: await adjustmentFields(ctx, lines),
    initial: { direction: 'credit', cents: '', reason: '', lineId: '', effectiveOn: ctx.today, memo: '' },
    correction: enterAdjustment,
    inputOf: (values) => ({
      ...adjustmentOf(values),
      ...(target === null ? { accountId: ctx.params.accountId! } : { transactionId: target.id }),
    }),
    action: 'Enter adjustment',
    done: 'The adjustment is entered.',
  });
}

/** The same form again for an adjustment that is not posted. */
async function changeAdjustment(ctx: Ctx, { entry, correctsLineId }: CorrectionFacts): Promise<boolean> {
  const lines = entry.correctsId === null ? [] : await ctx.call(billLines, { transactionId: entry.correctsId });
  return correct<Parameters<typeof editAdjustment.run>[1], Values>(ctx, {
    title: 'Change adjustment',
    fields: await adjustmentFields(ctx, lines),
    initial: {
      direction: entry.amountCents > 0 ? 'debit' : 'credit',
      cents: formatCents(Math.abs(entry.amountCents)),
      reason: entry.reason ?? '',
      lineId: correctsLineId === null ? '' : String(correctsLineId),
      effectiveOn: entry.effectiveOn,
      memo: entry.memo ?? '',
    },
    correction: editAdjustment,
    inputOf: (values) => ({ ...adjustmentOf(values), transactionId: entry.id, version: entry.version }),
    action: 'Change adjustment',
    done: 'The adjustment is changed.',
  });
}

export const adjustForm = (ctx: Ctx, facts: CorrectionFacts, mode: ActionMode): Promise<boolean> =>
  mode === 'edit' ? changeAdjustment(ctx, facts) : addAdjustment(ctx, facts.entry);

const thousandths = (milli: number): string => String(milli / 1000);

/** Amount of each line, and its quantity where one was measured; what is locked says why. */
function lineFields(lines: readonly BillLineView[], only: (values: FormValues) => true | string): FormField[] {
  return lines.flatMap((line, place): FormField[] => {
    const name = lineName(line, place);
    const open = (lock: string | null) => (values: FormValues) => (lock === null ? only(values) : lock);
    const amount: FormField = {
      name: `amount${place}`,
      label: name,
      kind: 'amount',
      enabled: open(line.amount),
      help: line.baseLineId === null ? '' : 'Follows the line that it is calculated from, unless it is changed itself.',
    };
    if (line.quantityMilli === null) return [amount];
    const unit = line.unit ?? 'quantity';
    return [
      amount,
      {
        name: `quantity${place}`,
        label: `  ${unit}`,
        kind: 'text',
        maxLength: 16,
        enabled: open(line.quantity),
        help: 'What is billed by the same reading follows, unless it is changed itself.',
      },
    ];
  });
}

const lineValues = (lines: readonly BillLineView[]): Values =>
  Object.fromEntries(
    lines.flatMap((line, place) => [
      [`amount${place}`, formatCents(line.amountCents)],
      [`quantity${place}`, line.quantityMilli === null ? '' : thousandths(line.quantityMilli)],
    ]),
  );

/** Lines that were typed otherwise than they stand. */
const changedLines = (lines: readonly BillLineView[], values: Values) =>
  lines.flatMap((line, place) => {
    const cents = centsOf(values[`amount${place}`]);
    const typed = (values[`quantity${place}`] ?? '').trim();
    const quantity = line.quantityMilli === null || typed === '' ? null : Math.round(Number(typed) * 1000);
    const amountCents = cents === undefined || cents === line.amountCents ? undefined : cents;
    const quantityMilli =
      quantity === null || Number.isNaN(quantity) || quantity === line.quantityMilli ? undefined : quantity;
    return amountCents === undefined && quantityMilli === undefined
      ? []
      : [{ lineId: line.lineId, ...given('amountCents', amountCents), ...given('quantityMilli', quantityMilli) }];
  });

export async function adjustBillForm(ctx: Ctx, entry: Entry): Promise<boolean> {
  const lines = (await ctx.call(billLines, { transactionId: entry.id })).filter(({ reversed }) => !reversed);
  return correct<Parameters<typeof adjustBill.run>[1], Values>(ctx, {
    title: `Adjust bill ${entry.number ?? ''}`.trim(),
    fields: [...lineFields(lines, () => true), reasonField(await codeChoices(ctx, 'adjustment_reason')), memoField],
    initial: { ...lineValues(lines), reason: '', memo: '' },
    correction: adjustBill,
    inputOf: (values) => ({
      transactionId: entry.id,
      lines: changedLines(lines, values),
      reason: values.reason ?? '',
      memo: textOf(values.memo),
    }),
    action: 'Adjust bill',
    done: 'The bill is adjusted.',
  });
}

export async function reverseChargesForm(ctx: Ctx, entry: Entry): Promise<boolean> {
  const all = await ctx.call(billLines, { transactionId: entry.id });
  const lines = all.filter(({ reversed }) => !reversed);
  const ticked =
    lines.length <= 1
      ? []
      : await ctx.pickMany({
          title: 'Which lines? (taxes follow)',
          choices: lines.map((line, place) => ({
            value: String(line.lineId),
            label: lineName(line, place),
            detail: formatCents(line.amountCents),
          })),
          ticked: lines.map(({ lineId }) => String(lineId)),
        });
  if (ticked === null || (lines.length > 1 && ticked.length === 0)) return false;
  const chosen = ticked.length === 0 ? lines : lines.filter(({ lineId }) => ticked.includes(String(lineId)));
  const rebilled = (values: FormValues): true | string => (values.rebill === true ? true : 'Tick Bill anew first.');
  const free = chosen.map((line) => ({ ...line, amount: null, quantity: null }));
  return correct<Parameters<typeof reverseCharges.run>[1], FormValues>(ctx, {
    title: `Reverse charges ${entry.number ?? ''}`.trim(),
    fields: [
      reasonField(await codeChoices(ctx, 'reversal_reason')),
      memoField,
      { name: 'rebill', label: 'Bill anew', kind: 'flag', help: 'Makes a corrected bill of the same lines.' },
      { name: 'dueOn', label: 'Due', kind: 'date', enabled: rebilled, help: 'Empty: as long after its day as before.' },
      ...lineFields(free, rebilled),
    ],
    initial: { reason: '', memo: '', rebill: false, dueOn: '', ...lineValues(chosen) },
    correction: reverseCharges,
    inputOf: (values) => ({
      transactionId: entry.id,
      lineIds: chosen.map(({ lineId }) => lineId),
      reason: String(values.reason),
      memo: textOf(values.memo),
      ...(values.rebill === true ? { rebill: changedLines(chosen, values as Values) } : {}),
      ...given('dueOn', values.rebill === true ? textOf(values.dueOn) : null),
    }),
    action: 'Reverse charges',
    done: 'The charges are reversed.',
  });
}
