import { findAccount } from '#services/accounts/open.ts';
import { arHistory, type ArHistory } from '#services/ar/history.ts';
import { Failure } from '#services/failure.ts';
import type { Command } from '#keymap/command.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { listCommands, listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { currentRow, updateList } from '#ui/table/lens.ts';
import { newList } from '#ui/table/model.ts';
import { lens } from './lens.ts';
import { type ArContext, type ArParams, type ArState, type ArWhom, createAr, linesOf } from './model.ts';
import { ArView, NOBODY } from './view.tsx';

type Days = Pick<ArState, 'from' | 'to'>;

const ask = (ctx: ArContext, whom: ArWhom, { from, to }: Days, detail: boolean): Promise<ArHistory> =>
  ctx.call(arHistory, {
    ...whom,
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    detail,
  });

/** Shows an answer, the cursor within it. */
function show(ctx: ArContext, answer: ArHistory): void {
  const rows = linesOf(answer.rows);
  ctx.set({ answer, rows });
  updateList(lens, ctx, (list) => list);
}

/** Whose number was typed behind the screen's code. */
async function found(ctx: ArContext): Promise<ArWhom | null> {
  const number = ctx.params?.number ?? '';
  if (number === '') return null;
  const named = await ctx.call(findAccount, { number });
  if (!named) throw new Failure('not_found', `No account and no customer has the number ${number}, or it is private.`);
  const whom = named.accountId === null ? { customerId: named.customerId } : { accountId: named.accountId };
  ctx.set({ whom });
  return whom;
}

async function load(ctx: ArContext): Promise<void> {
  const whom = ctx.get().whom ?? (await found(ctx));
  if (whom === null) return;
  const { from, to, detail } = ctx.get();
  const answer = await ask(ctx, whom, { from, to }, detail);
  // Asked otherwise meanwhile: the answer to that is on its way.
  const now = ctx.get();
  if (now.from === from && now.to === to && now.detail === detail) show(ctx, answer);
}

const dayOf = (text: string): string | null => (text === '' ? null : text);

async function pickDays(ctx: ArContext): Promise<void> {
  const { from: first, to: last, detail, whom } = ctx.get();
  if (whom === null) return;
  await ctx.form({
    title: 'A/R history of which days',
    verb: 'Show',
    fields: [
      { name: 'from', label: 'From', kind: 'date', help: 'Empty: a year before the last day.' },
      { name: 'to', label: 'To', kind: 'date', help: 'Empty: today.' },
    ],
    initial: { from: first ?? '', to: last ?? '' },
    today: ctx.today,
    save: async (typed) => {
      const days = { from: dayOf(typed.from), to: dayOf(typed.to) };
      const answer = await ask(ctx, whom, days, detail);
      ctx.set({ ...days, list: newList() });
      show(ctx, answer);
      return answer;
    },
  });
}

/** The transaction of the row, or the one that a line of its detail speaks of, in the history that it belongs to. */
function openRow(ctx: ArContext): void {
  const row = currentRow(lens, ctx.get());
  if (row === undefined) return;
  const { accountId } = row.detail ?? row.event;
  const record = row.detail?.transactionId ?? row.event.id;
  ctx.open('account', { accountId, tab: 'history', record });
}

/** On paper there is the history of one account. */
const oneAccount = (ctx: ArContext): true | string => {
  const { whom } = ctx.get();
  if (whom === null) return NOBODY;
  return 'accountId' in whom ? true : 'Open the history of one account to print it; X prints the list.';
};

async function print(ctx: ArContext): Promise<void> {
  const { whom, answer, detail } = ctx.get();
  if (whom === null || !('accountId' in whom) || answer === null) return;
  const { from, to } = answer;
  await ctx.paper({
    kind: 'ar_history',
    accountId: whom.accountId,
    title: `A/R history ${from} to ${to}`,
    from,
    to,
    detail,
  });
}

const named = (ctx: ArContext): true | string => (ctx.get().whom ? true : NOBODY);

const commands: readonly Command<ArContext>[] = [
  {
    id: 'ar.open',
    title: 'Open the transaction in the history',
    group: 'go',
    keys: ['enter'],
    hint: 'Open',
    footer: 60,
    permission: 'accounts.read',
    when: (ctx) => (currentRow(lens, ctx.get()) ? true : 'There is no event here.'),
    run: openRow,
  },
  {
    id: 'ar.days',
    title: 'Choose the days',
    group: 'list',
    keys: ['d'],
    hint: 'Days',
    footer: 50,
    background: true,
    when: named,
    run: pickDays,
  },
  {
    id: 'ar.detail',
    title: 'With or without the detail of each event',
    group: 'list',
    keys: ['t'],
    hint: 'Detail',
    footer: 40,
    when: named,
    run: async (ctx) => {
      ctx.set({ detail: !ctx.get().detail });
      await load(ctx);
    },
  },
  {
    id: 'ar.paper',
    title: 'Print or send the A/R history',
    group: 'record',
    keys: ['p'],
    hint: 'Print',
    footer: 30,
    permission: 'paper.print',
    background: true,
    when: oneAccount,
    run: print,
  },
  ...listCommands(lens),
];

/** A/R summary history: a row for each financial event of a range of days. */
export const arHistoryScreen: ScreenDefinition<ArParams | undefined, ArState> = {
  id: 'ar-history',
  code: 'ARH',
  title: 'A/R history',
  permission: 'history.read',
  crumb: () => 'A/R history',
  parseArgument: (argument) => ({ number: argument.trim() }),
  create: createAr,
  load,
  commands,
  typing: (state) => listTyping(lens, state),
  onInput: (ctx, event) => listInput(lens, ctx, event),
  View: ArView,
};
