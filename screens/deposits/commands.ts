import { formatCents } from '#domain/money.ts';
import type { Command } from '#keymap/command.ts';
import { depositDetails } from '#services/deposits/list.ts';
import { creditInterestRun, listInterest } from '#services/deposits/interest-run.ts';
import { refundRun } from '#services/deposits/refund-run.ts';
import { counted } from '#ui/money.ts';
import { listCommands } from '#ui/table/commands.ts';
import { currentRow, markedRows } from '#ui/table/lens.ts';
import { showDeposit } from '../account-panel/tabs/location/deposit-commands.ts';
import { load } from './fetch.ts';
import { lens } from './lens.ts';
import type { DepositsContext } from './model.ts';

const current = (ctx: DepositsContext) => currentRow(lens, ctx.get());

/** The marked deposits, else the one with the cursor. */
function selected(ctx: DepositsContext) {
  const marked = markedRows(lens, ctx.get());
  const row = current(ctx);
  return marked.length > 0 ? marked : row ? [row] : [];
}

async function giveBack(ctx: DepositsContext): Promise<void> {
  const rows = selected(ctx);
  const held = rows.reduce((sum, { heldCents }) => sum + heldCents, 0);
  const as = await ctx.choose('Give back', [
    { value: 'check' as const, label: 'By check' },
    { value: 'credit' as const, label: 'To the account', detail: 'it pays what is owed, the rest is open credit' },
  ]);
  if (as === null) return;
  const sure = await ctx.confirm({
    title: 'Give deposits back?',
    lines: [
      `${rows.length} ${rows.length === 1 ? `deposit of ${rows[0]!.customer}` : 'deposits'}`,
      `${formatCents(held)} and the interest on it, ${as === 'check' ? 'by check' : 'to the account'}`,
    ],
    action: 'Give back',
  });
  if (!sure) return;
  const done = await ctx.call(refundRun, { depositIds: rows.map(({ depositId }) => depositId), as });
  ctx.set({ list: { ...ctx.get().list, marks: new Set(), anchor: null } });
  await ctx.reload();
  ctx.toast(`${done.deposits} given back: ${formatCents(done.refundedCents)} with interest.`, 'good');
}

/** The account that it is held for, else the one that it is booked on. */
async function openAccount(ctx: DepositsContext): Promise<void> {
  const { depositId, accountId } = current(ctx)!;
  const booked = accountId ?? (await ctx.call(depositDetails, { depositId })).bookedOn?.accountId;
  if (booked === undefined) return ctx.toast('It is booked on no account.', 'warning');
  ctx.open('account', { accountId: booked, tab: 'location' });
}

async function interest(ctx: DepositsContext): Promise<void> {
  const due = await ctx.call(listInterest, {});
  if (due.deposits === 0) return ctx.toast('No interest is due on any deposit.', 'info');
  const sure = await ctx.confirm({
    title: 'Credit interest on deposits?',
    lines: [
      `${counted(due.deposits, 'deposit')}, up to ${ctx.today}`,
      `${formatCents(due.interestCents)} in all; it pays what is owed, the rest is open credit.`,
    ],
    action: 'Credit interest',
  });
  if (!sure) return;
  const done = await ctx.call(creditInterestRun, {});
  await ctx.reload();
  ctx.toast(`${formatCents(done.interestCents)} of interest credited on ${counted(done.deposits, 'deposit')}.`, 'good');
}

export const commands: readonly Command<DepositsContext>[] = [
  {
    id: 'deposits.show',
    title: 'Show all of the deposit',
    group: 'record',
    keys: ['enter'],
    hint: 'Details',
    footer: 60,
    permission: 'deposits.read',
    background: true,
    when: (ctx) => (current(ctx) ? true : 'There is no deposit here.'),
    run: (ctx) => showDeposit(ctx, current(ctx)!.depositId),
  },
  {
    id: 'deposits.giveBack',
    title: 'Give back the marked deposits',
    group: 'record',
    keys: ['p', 'f9'],
    hint: 'Give back',
    footer: 58,
    permission: 'deposits.manage',
    background: true,
    when: (ctx) => {
      const rows = selected(ctx);
      if (rows.length === 0) return 'There is no deposit here.';
      const held = rows.find(({ obstacles }) => obstacles.length > 0);
      return held ? `${held.number ?? ''} is not to be given back yet: ${held.obstacles.join(', ')}.`.trim() : true;
    },
    run: giveBack,
  },
  {
    id: 'deposits.interest',
    title: 'Credit interest on all deposits up to today',
    group: 'record',
    keys: ['i'],
    hint: 'Interest',
    footer: 56,
    permission: 'deposits.manage',
    background: true,
    run: interest,
  },
  {
    id: 'deposits.all',
    title: 'Show only what is to be given back, or all',
    group: 'list',
    keys: ['t'],
    hint: 'Only',
    footer: 50,
    run: async (ctx) => {
      ctx.set({ all: !ctx.get().all, list: { ...ctx.get().list, cursor: 0, top: 0, marks: new Set() } });
      await load(ctx);
    },
  },
  {
    id: 'deposits.account',
    title: 'Open the account',
    group: 'go',
    keys: ['o'],
    hint: 'Account',
    footer: 40,
    permission: 'accounts.read',
    when: (ctx) => (current(ctx) ? true : 'There is no deposit here.'),
    run: openAccount,
  },
  ...listCommands(lens),
];
