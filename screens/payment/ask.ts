import { formatCents } from '#domain/money.ts';
import { isCivilDate } from '#domain/civil-date.ts';
import { paymentDay } from '#services/payments/day.ts';
import { listBatches } from '#services/batches/list.ts';
import type { FormDefinition, FormValues } from '#ui/form/definition.ts';
import { change, type PaymentContext } from './context.ts';
import { methodChoices } from './methods.ts';
import { type Channel, type Mode, withTender } from './model.ts';
import { loadRecent } from './recent.ts';
import { showSlices } from './steps.ts';

export const MODES: Readonly<Record<Mode, { readonly label: string; readonly detail: string }>> = {
  automatic: { label: 'Automatic', detail: 'by the payoff order' },
  fifo: { label: 'FIFO', detail: 'oldest invoice first, each whole before the next' },
  manual: { label: 'Manual', detail: 'you say which charges' },
  spec: { label: 'By invoice', detail: 'you say how much of which invoice' },
};

export const CHANNELS: Readonly<Record<Channel, string>> = {
  counter: 'Counter',
  mail: 'Mail',
  phone: 'Phone',
  web: 'Web',
  lockbox: 'Lockbox',
  import: 'Import',
  draft: 'Bank draft',
};
/** What somebody at this screen may take; the others come by themselves. */
const TAKEN_HERE = ['counter', 'mail', 'phone', 'web'] as const satisfies readonly Channel[];

/** How the money is spread over what is owed. */
export async function chooseMode(ctx: PaymentContext): Promise<void> {
  const mode = await ctx.choose(
    'How it is spread',
    (Object.keys(MODES) as Mode[]).map((value) => ({ value, ...MODES[value] })),
  );
  if (mode === null) return;
  const accounts = ctx.get().entry.accounts.map((account) => ({ ...account, charges: new Map<number, string>() }));
  change(ctx, { mode, accounts, restToAccount: false, preview: null, previewOf: '' });
  if (ctx.get().focus === 'charges') ctx.set({ focus: 'amount' });
  await showSlices(ctx);
}

/** The method from its list, with what the customer's record refuses left out. */
export async function pickMethod(ctx: PaymentContext): Promise<void> {
  const method = await ctx.choose(
    'Paid by',
    methodChoices(ctx.get().entry).map(({ code, name, digit, letter }) => ({
      value: code,
      label: name,
      detail: [digit, letter].filter(Boolean).join(' or '),
    })),
  );
  if (method !== null) ctx.set({ entry: withTender(ctx.get().entry, { method }), problem: '' });
}

type Details = FormValues & { readonly paidOn: string; readonly channel: string; readonly memo: string };

const detailsForm = (ctx: PaymentContext): FormDefinition<Details, Details> => {
  const { paidOn, channel, entry } = ctx.get();
  return {
    title: 'Date, memo, how it came',
    today: ctx.today,
    fields: [
      { name: 'paidOn', label: 'Paid on', kind: 'date', help: 'Stays for the payments that follow; empty is today.' },
      { name: 'memo', label: 'Memo', kind: 'text', maxLength: 200 },
      {
        name: 'channel',
        label: 'Came by',
        kind: 'code',
        required: true,
        choices: TAKEN_HERE.map((value) => ({ value, label: CHANNELS[value] })),
        help: 'Stays for the payments that follow. What comes over the counter is in your drawer.',
      },
    ],
    initial: { paidOn: paidOn ?? '', memo: entry.memo, channel },
    save: async (values) => {
      if (values.paidOn !== '') await ctx.call(paymentDay, { paidOn: values.paidOn });
      return values;
    },
  };
};

/** Payment date, memo and channel. */
export async function askDetails(ctx: PaymentContext): Promise<void> {
  const saved = await ctx.form(detailsForm(ctx));
  if (!saved) return;
  const paidOn = isCivilDate(saved.paidOn) && saved.paidOn !== ctx.today ? saved.paidOn : null;
  ctx.set({ paidOn, channel: saved.channel as Channel });
  change(ctx, { memo: saved.memo });
  await showSlices(ctx);
}

/** The batch that payments go into from now on. */
export async function chooseBatch(ctx: PaymentContext): Promise<void> {
  const batches = await ctx.call(listBatches, { status: 'open', kind: 'payments', mine: false, limit: 100 });
  const OWN = 0;
  const chosen = await ctx.choose('Batch', [
    { value: OWN, label: 'My own of today', detail: 'opened by itself' },
    ...batches.map(({ id, number, description, count, cents, createdBy }) => ({
      value: id,
      label: `${number}  ${description ?? ''}`.trim(),
      detail: `${count} for ${formatCents(cents)}, ${createdBy}`,
    })),
  ]);
  if (chosen === null) return;
  ctx.set({ batchId: chosen === OWN ? null : chosen });
  await loadRecent(ctx);
}

/** The payment-center notes of the accounts, whole. */
export async function showNotes(ctx: PaymentContext): Promise<void> {
  const { entry, refused } = ctx.get();
  const all = [...entry.accounts.map(({ facts }) => facts), ...(refused ? [refused] : [])];
  const lines = all.flatMap(({ number, name, notes, unposted }) => [
    `${number} ${name}`,
    ...notes.flatMap(({ subject, body }) => [subject, ...body.split('\n').map((text) => `  ${text}`)]),
    ...unposted.map(
      (item) => `Unposted ${item.kind} ${item.number ?? ''} ${formatCents(item.amountCents)} by ${item.by}`,
    ),
    '',
  ]);
  await ctx.show('Notes and unposted items', lines.length > 0 ? lines : ['There are none.']);
}
