import { type Counted, DENOMINATIONS, worthOf } from '#domain/denominations.ts';
import { formatCents, parseCents } from '#domain/money.ts';
import { closeDrawer } from '#services/drawers/close.ts';
import type { DrawerRow } from '#services/drawers/find.ts';
import type { DrawerRecord } from '#services/drawers/list.ts';
import { openDrawer } from '#services/drawers/open.ts';
import { Failure } from '#services/failure.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import type { DrawersContext } from './model.ts';

/** The form of a drawer being opened. */
export const openForm = (
  ctx: DrawersContext,
): FormDefinition<FormValues & { readonly floatCents: string }, DrawerRow> => ({
  title: 'Open my drawer',
  verb: 'Open',
  today: ctx.today,
  fields: [
    { name: 'floatCents', label: 'Float', kind: 'amount', required: true, help: 'The money that is in it now.' },
  ],
  initial: { floatCents: '' },
  save: ({ floatCents }, _, key) =>
    ctx.call(openDrawer, { floatCents: parseCents(floatCents) ?? 0 }, { idempotencyKey: key }),
});

/** `$20`, `25¢` without a sign that a terminal may not have: `.25`. */
export const denominationName = (cents: number): string =>
  cents >= 100 ? String(cents / 100) : `.${String(cents).padStart(2, '0')}`;

const fieldName = (cents: number): string => `n${cents}`;

const countFields: readonly FormField[] = DENOMINATIONS.map((cents) => ({
  name: fieldName(cents),
  label: `${denominationName(cents)} x`,
  kind: 'text',
  maxLength: 6,
  help: `How many of ${formatCents(cents)}; or their worth behind an equals sign: =40.`,
}));

type Denomination = (typeof DENOMINATIONS)[number];

/** What is behind an equals sign; null where there is none. */
const worthTyped = (text: string): number | null => (text.startsWith('=') ? parseCents(text.slice(1)) : null);

/** How many there are: as counted, or by what they are worth; null where it is no number of them. */
function countTyped(cents: Denomination, typed: string): Counted['count'] | null {
  const text = typed.trim();
  const worth = worthTyped(text);
  const count = text === '' ? 0 : worth === null ? Number(text) : worth / cents;
  return Number.isInteger(count) && count >= 0 ? count : null;
}

/** The same for saving. @throws Failure at the field */
function countOf(cents: Denomination, typed: string): Counted['count'] {
  const count = countTyped(cents, typed);
  if (count !== null) return count;
  const words =
    worthTyped(typed.trim()) === null ? 'Give a number.' : `That is no whole number of ${formatCents(cents)}.`;
  throw new Failure('invalid', words, { [fieldName(cents)]: words });
}

/** `138.50 counted, 1.50 short`: what is typed so far against what should be there, which the slip tells too. */
function tallyOf(values: Readonly<Record<string, string>>, expectedCents: number): string {
  const counts = DENOMINATIONS.map((cents) => ({
    cents,
    count: countTyped(cents, values[fieldName(cents)] ?? '') ?? 0,
  }));
  const counted = worthOf(counts);
  const difference = counted + (parseCents(values.paidOut ?? '') ?? 0) - expectedCents;
  const off =
    difference === 0 ? 'as expected' : `${formatCents(Math.abs(difference))} ${difference > 0 ? 'over' : 'short'}`;
  return `${formatCents(counted)} counted, ${off}`;
}

/** The form of the count: every note and coin, what was given out, and why it is over or short. */
export const closeForm = (
  ctx: DrawersContext,
  { drawer, expectedCents }: DrawerRecord,
): FormDefinition<Record<string, string>, DrawerRow> => ({
  title: `Count drawer ${drawer.number}`,
  verb: 'Close',
  today: ctx.today,
  version: drawer.version,
  fields: [
    ...countFields,
    {
      name: 'paidOut',
      label: 'Given out',
      kind: 'amount',
      help: 'Cash that went to the safe, to the bank, or otherwise.',
    },
    { name: 'reason', label: 'Over/short', kind: 'text', maxLength: 200, help: 'Why it is not what it should be.' },
  ],
  initial: { ...Object.fromEntries(DENOMINATIONS.map((cents) => [fieldName(cents), ''])), paidOut: '', reason: '' },
  tally: (values) => tallyOf(values, expectedCents),
  draft: { form: 'drawer', subjectId: drawer.id },
  save: async (values, version) => {
    const counts = DENOMINATIONS.map((cents) => ({ cents, count: countOf(cents, values[fieldName(cents)] ?? '') }));
    return ctx.call(closeDrawer, {
      drawerId: drawer.id,
      version,
      counts: counts.filter(({ count }) => count > 0),
      paidOutCents: parseCents(values.paidOut ?? '') ?? 0,
      reason: values.reason?.trim() || null,
    });
  },
});
