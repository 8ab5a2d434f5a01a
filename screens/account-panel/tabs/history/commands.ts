import type { Command } from '#keymap/command.ts';
import type { HistoryView } from '#services/history/kinds.ts';
import type { Choice } from '#ui/choice.ts';
import { formatCents } from '#domain/money.ts';
import { listCommands } from '#ui/table/commands.ts';
import { currentRow } from '#ui/table/lens.ts';
import type { TabContext } from '../../tab.ts';
import { correctionCommands } from './corrections.ts';
import { invoiceView, showInvoice } from './invoice-view.ts';
import { historyLens } from './lens.ts';
import { linkedCommand } from './linked.ts';
import { show } from './load.ts';
import { EVERYTHING, type HistoryState, type PickedView, scopeLabel, scopesOf, whomOf } from './model.ts';
import { paperCommands } from './paper.ts';
import { windowCommands } from './window-commands.ts';
import { openDetails, openExplanation } from './window.ts';

type Ctx = TabContext<HistoryState>;

const inList = (ctx: Ctx): boolean => ctx.get().details === null;

const BY_KIND: readonly (readonly [HistoryView, string, string])[] = [
  ['charges', 'Charges', 'bills, penalties, fees'],
  ['payments', 'Payments and credits', 'with returns, refunds and transfers'],
  ['adjustments', 'Adjustments', 'with write-offs and interest'],
  ['unposted', 'Unposted', 'not in the balance yet'],
];

/** Everything, the parts by kind, then by service and by bill where there are any. */
export function viewChoices(state: HistoryState): Choice<PickedView>[] {
  const { choices, scope, picked } = state;
  const own = scope === 'account' ? choices : null;
  const all: Choice<PickedView>[] = [
    { value: EVERYTHING, label: EVERYTHING.label },
    ...BY_KIND.map(([view, label, detail]) => ({ value: { view, label }, label, detail })),
    ...(own?.services ?? []).map(({ id, code, name }) => ({
      value: { view: 'service' as const, label: name, serviceTypeId: id },
      label: `Service ${name}`,
      detail: code,
    })),
    ...(own?.statements ?? []).map(({ id, number, billedOn, balanceCents }) => ({
      value: { view: 'statement' as const, label: `Bill ${number}`, statementId: id },
      label: `Bill ${number}`,
      detail: `${billedOn}  ${formatCents(balanceCents)}`,
    })),
    ...(own?.invoices ?? []).map(({ id, number, invoicedOn, amountCents }) => ({
      value: invoiceView(id, number, invoicedOn),
      label: invoiceView(id, number, invoicedOn).label,
      detail: `${invoicedOn}  ${formatCents(amountCents)}`,
    })),
  ];
  return all.map((choice) =>
    choice.value.label === picked.label ? { ...choice, detail: `${choice.detail ?? ''} shown now`.trim() } : choice,
  );
}

async function pickView(ctx: Ctx): Promise<void> {
  const picked = await ctx.choose('View', viewChoices(ctx.get()));
  if (picked !== null) await show(ctx, { picked });
}

async function pickScope(ctx: Ctx): Promise<void> {
  const scope = await ctx.choose(
    'History of',
    scopesOf(ctx.params).map((value) => ({ value, label: scopeLabel(value) })),
  );
  // The parts by service, bill and invoice are an account's.
  if (scope !== null)
    await show(ctx, { scope, picked: scope === 'account' ? ctx.get().picked : wide(ctx.get().picked) });
}

const wide = (picked: PickedView): PickedView =>
  ['service', 'statement', 'invoice'].includes(picked.view) ? EVERYTHING : picked;

async function pickDay(ctx: Ctx): Promise<void> {
  const asOf = await ctx.form({
    title: 'History as of',
    verb: 'Show',
    fields: [
      {
        name: 'day',
        label: 'Day',
        kind: 'date',
        help: 'The ledger as it stood at the end of that day. Empty: everything that is entered.',
      },
    ],
    initial: { day: ctx.get().asOf ?? '' },
    today: ctx.today,
    save: ({ day }) => Promise.resolve(day),
  });
  if (asOf !== null) await show(ctx, { asOf: asOf === '' ? null : asOf });
}

/** Commands of the History tab: the list's, its parts, and those of the details window. */
export const historyCommands: readonly Command<Ctx>[] = [
  {
    id: 'history.details',
    title: 'Show the transaction',
    group: 'record',
    keys: ['enter', 'right', 'l'],
    hint: 'Details',
    footer: 60,
    applies: inList,
    when: (ctx) => (currentRow(historyLens, ctx.get()) ? true : 'There is no transaction here.'),
    run: async (ctx) => {
      const row = currentRow(historyLens, ctx.get());
      if (row) await openDetails(ctx, row.id);
    },
  },
  {
    id: 'history.view',
    title: 'Choose what is shown',
    group: 'list',
    keys: ['w'],
    hint: 'View',
    footer: 50,
    applies: inList,
    background: true,
    run: pickView,
  },
  {
    id: 'history.invoice',
    title: 'Show the invoice of the line: what corrects and what paid it',
    group: 'list',
    keys: ['i'],
    hint: 'Invoice',
    footer: 38,
    applies: inList,
    background: true,
    when: (ctx) => (currentRow(historyLens, ctx.get()) ? true : 'There is no transaction here.'),
    run: showInvoice,
  },
  {
    id: 'history.asOf',
    title: 'Choose the day as of which it is shown',
    group: 'list',
    keys: ['a'],
    hint: 'As of',
    footer: 40,
    applies: inList,
    background: true,
    run: pickDay,
  },
  {
    id: 'history.scope',
    title: 'Choose whose history is shown',
    group: 'list',
    keys: ['o'],
    hint: 'Of whom',
    footer: 35,
    applies: inList,
    background: true,
    when: (ctx) => (scopesOf(ctx.params).length > 1 ? true : 'There is only one history here.'),
    run: pickScope,
  },
  {
    id: 'history.explain',
    title: 'Explain the balance',
    group: 'record',
    keys: ['B'],
    hint: 'Explain',
    footer: 45,
    applies: inList,
    when: (ctx) => (scopesOf(ctx.params).length > 0 ? true : 'There is no history here.'),
    run: (ctx) => openExplanation(ctx, null),
  },
  {
    id: 'history.ar',
    title: 'A/R history of a range of days',
    group: 'go',
    keys: ['H'],
    hint: 'A/R',
    footer: 34,
    applies: inList,
    when: (ctx) => (scopesOf(ctx.params).length > 0 ? true : 'There is no history here.'),
    run: (ctx) => {
      const { asOf } = ctx.get();
      ctx.open('ar-history', { ...whomOf(ctx.get(), ctx.params), ...(asOf === null ? {} : { to: asOf }) });
    },
  },
  linkedCommand,
  ...paperCommands,
  ...correctionCommands,
  ...listCommands(historyLens),
  ...windowCommands,
];
