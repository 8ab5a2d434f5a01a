import { formatCents, parseCents } from '#domain/money.ts';
import { applyDeposit } from '#services/deposits/apply.ts';
import { chargeDeposit } from '#services/deposits/charge.ts';
import type { DepositReceipt } from '#services/deposits/input.ts';
import type { DepositDetails } from '#services/deposits/list.ts';
import { recommendDeposit } from '#services/deposits/recommend.ts';
import { refundDeposit } from '#services/deposits/refund.ts';
import { takeBackDeposit } from '#services/deposits/take-back.ts';
import { listDepositCodes } from '#services/deposits/terms.ts';
import { forfeitDeposit, transferDeposit } from '#services/deposits/transfer.ts';
import { Failure } from '#services/failure.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import type { ScreenContext } from '#ui/screen.ts';

/** What these forms need of the tab. */
export type FormContext = Pick<ScreenContext<unknown, unknown>, 'call' | 'confirm' | 'today'>;

type Typed = FormValues & Readonly<Record<string, string>>;
/** A form of something that is done with a deposit. */
export type DepositForm = FormDefinition<Typed, DepositReceipt>;

const HOLDERS = [
  { value: 'account', label: 'account' },
  { value: 'customer', label: 'customer' },
  { value: 'location', label: 'location' },
] as const;

type Holder = (typeof HOLDERS)[number]['value'];

/** Cents of an amount field; undefined when it was left empty. */
const centsOf = (typed: string | undefined): number | undefined =>
  typed === undefined || typed === '' ? undefined : (parseCents(typed) ?? undefined);

const reason: FormField = { name: 'reason', label: 'Reason', kind: 'text', required: true, maxLength: 200 };

const override = (help: string): FormField => ({
  name: 'overrideReason',
  label: 'Override',
  kind: 'text',
  maxLength: 200,
  help,
});

const heldField: FormField = { name: 'held', label: 'Held', kind: 'readonly' };

const heldText = ({ heldCents, accruedCents }: DepositDetails): string =>
  `${formatCents(heldCents)}${accruedCents > 0 ? ` and ${formatCents(accruedCents)} of interest` : ''}`;

const titleOf = (verb: string, { number, code }: DepositDetails): string => `${verb} deposit ${number ?? code}`;

/** Asks what is about to happen, on what and how much. @throws Failure when it is not to happen */
async function sure(ctx: FormContext, title: string, lines: readonly string[], action: string): Promise<void> {
  if (!(await ctx.confirm({ title, lines, action }))) throw new Failure('refused', 'Nothing was done.');
}

/** The form of a new deposit of an account. */
export async function chargeForm(ctx: FormContext, accountId: number): Promise<DepositForm> {
  const codes = (await ctx.call(listDepositCodes, {})).filter(({ active }) => active === 1);
  const { amountCents, bills, of } = await ctx.call(recommendDeposit, { accountId });
  const recommended =
    amountCents === null ? 'no bill to judge by' : `${formatCents(amountCents)}, from ${bills} bills of the ${of}`;
  return {
    title: 'Charge a deposit',
    verb: 'Charge',
    fields: [
      {
        name: 'code',
        label: 'Deposit',
        kind: 'code',
        required: true,
        choices: codes.map(({ code, name, terms }) => ({
          value: code,
          label: code,
          detail: `${name} ${formatCents(terms.amountCents)}`,
        })),
      },
      { name: 'holder', label: 'Held for', kind: 'code', required: true, choices: HOLDERS },
      { name: 'recommended', label: 'Recommended', kind: 'readonly' },
      { name: 'amountCents', label: 'Amount', kind: 'amount', help: 'Empty: the amount of the code.' },
      { name: 'dueOn', label: 'Due', kind: 'date', help: 'Of instalments the first; empty: in 21 days.' },
      { name: 'instalments', label: 'Instalments', kind: 'text', maxLength: 2, help: 'One a month.' },
      { name: 'remarks', label: 'Remarks', kind: 'text', maxLength: 200 },
      override('Why more is held of this customer than the company allows.'),
    ],
    initial: {
      code: codes[0]?.code ?? '',
      holder: 'account',
      recommended,
      amountCents: '',
      dueOn: '',
      instalments: '1',
      remarks: '',
      overrideReason: '',
    },
    today: ctx.today,
    save: ({ code, holder, amountCents, dueOn, instalments, remarks, overrideReason }, _version, idempotencyKey) => {
      if (!/^\d+$/.test(instalments!)) throw new Failure('invalid', 'How many?', { instalments: 'Enter a number.' });
      return ctx.call(
        chargeDeposit,
        {
          accountId,
          code: code!,
          holder: holder as Holder,
          amountCents: centsOf(amountCents),
          dueOn: dueOn === '' ? undefined : dueOn,
          instalments: Number(instalments),
          remarks: remarks === '' ? null : remarks,
          overrideReason,
        },
        { idempotencyKey },
      );
    },
  };
}

/** The form that pays debts of an account from a deposit. */
export const applyForm = (ctx: FormContext, deposit: DepositDetails, accountId: number | null): DepositForm => ({
  title: titleOf('Apply', deposit),
  verb: 'Apply',
  fields: [
    heldField,
    { name: 'amountCents', label: 'Amount', kind: 'amount', help: 'Empty: as much as is owed. Interest comes first.' },
    {
      name: 'only',
      label: 'Only',
      kind: 'code',
      choices: [
        { value: 'service', label: 'service', detail: 'debts of the service that it was charged for' },
        { value: 'interest', label: 'interest', detail: 'the interest alone, the deposit stays' },
      ],
    },
  ],
  initial: { held: heldText(deposit), amountCents: '', only: '' },
  version: deposit.version,
  today: ctx.today,
  save: async ({ amountCents, only }, version, idempotencyKey) =>
    ctx.call(
      applyDeposit,
      {
        depositId: deposit.id,
        version,
        accountId,
        amountCents: centsOf(amountCents),
        only: only === '' ? null : (only as 'service' | 'interest'),
      },
      { idempotencyKey },
    ),
});

/** The form that gives a deposit back. */
export const refundForm = (ctx: FormContext, deposit: DepositDetails): DepositForm => ({
  title: titleOf('Refund', deposit),
  verb: 'Refund',
  fields: [
    heldField,
    { name: 'amountCents', label: 'Amount', kind: 'amount', help: 'Empty: all of it. All interest comes on top.' },
    { name: 'method', label: 'By', kind: 'text', maxLength: 40 },
    { name: 'reference', label: 'Reference', kind: 'text', maxLength: 40, help: 'Number of the check.' },
    override('Why it is refunded although something is past due, or its code is not refundable.'),
  ],
  initial: { held: heldText(deposit), amountCents: '', method: 'check', reference: '', overrideReason: '' },
  version: deposit.version,
  today: ctx.today,
  save: async ({ amountCents, method, reference, overrideReason }, version, idempotencyKey) => {
    const cents = centsOf(amountCents) ?? deposit.heldCents;
    await sure(
      ctx,
      'Refund the deposit?',
      [`${formatCents(cents + deposit.accruedCents)} by ${method}, interest included`, titleOf('Of', deposit)],
      'Refund',
    );
    const facts = { depositId: deposit.id, version, amountCents: centsOf(amountCents), method, reference };
    return ctx.call(refundDeposit, { ...facts, overrideReason }, { idempotencyKey });
  },
});

/** The form that moves a deposit to another account or holder. */
export const transferForm = (ctx: FormContext, deposit: DepositDetails, account: string): DepositForm => ({
  title: titleOf('Transfer', deposit),
  verb: 'Transfer',
  fields: [
    heldField,
    { name: 'toAccount', label: 'To account', kind: 'text', required: true, maxLength: 40, help: 'Its number.' },
    { name: 'holder', label: 'Held for', kind: 'code', required: true, choices: HOLDERS },
    { name: 'remarks', label: 'Remarks', kind: 'text', maxLength: 200 },
  ],
  initial: { held: heldText(deposit), toAccount: account, holder: 'account', remarks: '' },
  version: deposit.version,
  today: ctx.today,
  save: async ({ toAccount, holder, remarks }, version, idempotencyKey) => {
    const interest = deposit.accruedCents > 0 ? [`Interest ${formatCents(deposit.accruedCents)} stays here.`] : [];
    const what = `${formatCents(deposit.heldCents)} to account ${toAccount}, for its ${holder}`;
    await sure(ctx, 'Transfer the deposit?', [what, ...interest], 'Transfer');
    const facts = { depositId: deposit.id, version, toAccount, holder: holder as Holder };
    return ctx.call(transferDeposit, { ...facts, remarks: remarks === '' ? null : remarks }, { idempotencyKey });
  },
});

/** A form that asks for a reason: what is held is forfeited, or what nobody paid is taken back. */
export const reasonForm = (ctx: FormContext, deposit: DepositDetails, what: 'forfeit' | 'takeBack'): DepositForm => {
  const forfeit = what === 'forfeit';
  const cents = forfeit ? deposit.heldCents : deposit.chargedCents - deposit.collectedCents;
  return {
    title: titleOf(forfeit ? 'Forfeit' : 'Take back', deposit),
    verb: forfeit ? 'Forfeit' : 'Take back',
    fields: [{ ...heldField, label: forfeit ? 'Held' : 'Not paid' }, reason],
    initial: { held: formatCents(cents), reason: '' },
    version: deposit.version,
    today: ctx.today,
    save: async ({ reason: why }, version, idempotencyKey) => {
      const facts = { depositId: deposit.id, version, reason: why! };
      if (!forfeit) return ctx.call(takeBackDeposit, facts, { idempotencyKey });
      const lines = [`${formatCents(cents)} becomes revenue.`, 'No interest is paid.'];
      await sure(ctx, 'Forfeit the deposit?', lines, 'Forfeit');
      return ctx.call(forfeitDeposit, facts, { idempotencyKey });
    },
  };
};
