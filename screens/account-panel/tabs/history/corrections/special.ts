import { formatCents } from '#domain/money.ts';
import { billNow } from '#services/corrections/bill-special-charges.ts';
import {
  addSpecialCharge,
  editSpecialCharge,
  listSpecialCharges,
  removeSpecialCharge,
  type SpecialChargeRow,
} from '#services/corrections/special-charges.ts';
import { historyChoices } from '#services/history/statements.ts';
import type { FormField } from '#ui/form/definition.ts';
import { centsOf, codeChoices, correct, correctAtOnce, type Ctx, given, textOf } from './ask.ts';

const accountOf = (ctx: Ctx): number => ctx.params.accountId!;

type SpecialValues = Readonly<Record<'code' | 'description' | 'cents' | 'taxable' | 'service' | 'reason', string>>;

/** Unless the operator says otherwise a charge is taxed as its code says. */
const TAXABLE = [
  { value: 'code', label: 'As the code says' },
  { value: 'yes', label: 'Taxed' },
  { value: 'no', label: 'Not taxed' },
];

/** A service by its code; one that the account has no more stays choosable on the charge that is of it. */
interface Service {
  readonly id: number;
  readonly code: string;
  readonly name: string;
}

async function servicesOf(ctx: Ctx, kept: number | null): Promise<readonly Service[]> {
  const { services } = await ctx.call(historyChoices, { accountId: accountOf(ctx) });
  if (kept === null || services.some(({ id }) => id === kept)) return services;
  return [...services, { id: kept, code: 'kept', name: 'As it is: the account has it no more' }];
}

async function specialFields(ctx: Ctx, services: readonly Service[]): Promise<FormField[]> {
  const choices = services.map(({ code, name }) => ({ value: code, label: name }));
  return [
    { name: 'code', label: 'Code', kind: 'code', required: true, choices: await codeChoices(ctx, 'charge_code') },
    { name: 'description', label: 'Description', kind: 'text', maxLength: 120, help: 'Empty: that of the code.' },
    { name: 'cents', label: 'Amount', kind: 'amount', required: true, help: 'Below zero: a credit.' },
    { name: 'taxable', label: 'Tax', kind: 'code', required: true, choices: TAXABLE },
    { name: 'service', label: 'Service', kind: 'code', choices, help: 'Empty: of no service.' },
    { name: 'reason', label: 'Why', kind: 'text', maxLength: 200 },
  ];
}

const NEW: SpecialValues = { code: '', description: '', cents: '', taxable: 'code', service: '', reason: '' };

const valuesOf = (row: SpecialChargeRow, services: readonly Service[]): SpecialValues => ({
  code: row.code,
  description: row.description,
  cents: formatCents(row.amountCents),
  taxable: row.taxable === 1 ? 'yes' : 'no',
  service: services.find(({ id }) => id === row.serviceTypeId)?.code ?? '',
  reason: row.reason ?? '',
});

const asked = (values: SpecialValues, services: readonly Service[]) => ({
  code: values.code,
  description: values.description,
  cents: centsOf(values.cents) ?? 0,
  ...given('taxable', values.taxable === 'code' ? null : values.taxable === 'yes'),
  serviceTypeId: services.find(({ code }) => code === values.service)?.id ?? null,
  reason: textOf(values.reason),
});

/** A new charge that waits for the next bill. */
export async function addSpecial(ctx: Ctx): Promise<boolean> {
  const services = await servicesOf(ctx, null);
  return correct(ctx, {
    title: 'Add special charge',
    fields: await specialFields(ctx, services),
    initial: NEW,
    correction: addSpecialCharge,
    inputOf: (values) => ({ ...asked(values, services), accountId: accountOf(ctx) }),
    action: 'Add charge',
    done: 'The special charge waits for the next bill.',
  });
}

async function changeSpecial(ctx: Ctx, row: SpecialChargeRow): Promise<boolean> {
  const services = await servicesOf(ctx, row.serviceTypeId);
  return correct(ctx, {
    title: 'Change special charge',
    fields: await specialFields(ctx, services),
    initial: valuesOf(row, services),
    correction: editSpecialCharge,
    inputOf: (values) => ({ ...asked(values, services), specialChargeId: row.specialChargeId, version: row.version }),
    action: 'Change charge',
    done: 'The special charge is changed.',
  });
}

const removeSpecial = (ctx: Ctx, { specialChargeId, version, description, amountCents }: SpecialChargeRow) =>
  correctAtOnce(ctx, {
    title: `Remove ${description}, ${formatCents(amountCents)}`,
    correction: removeSpecialCharge,
    input: { specialChargeId, version, reason: null },
    action: 'Remove',
    done: 'Removed: it will not be billed.',
  });

const billThem = (ctx: Ctx): Promise<boolean> =>
  correctAtOnce(ctx, {
    title: 'Bill special charges now',
    correction: billNow,
    input: { accountId: accountOf(ctx) },
    action: 'Bill now',
    done: 'The special charges are billed.',
  });

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
  if (row === 'bill') return billThem(ctx);
  const what = await ctx.choose(`${row.description}, ${formatCents(row.amountCents)}`, [
    { value: changeSpecial, label: 'Change' },
    { value: removeSpecial, label: 'Remove' },
  ]);
  return what === null ? false : what(ctx, row);
}
