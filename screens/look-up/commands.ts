import { accountsOfCustomer } from '#services/lookup/choices.ts';
import type { Command } from '#keymap/command.ts';
import { money } from '#ui/money.ts';
import { listCommands } from '#ui/table/commands.ts';
import { currentRow } from '#ui/table/lens.ts';
import { stateText } from './columns.ts';
import { answered, first, last, type LookUpContext, prefetchBehind, search } from './fetch.ts';
import { narrow, widen } from './filters.ts';
import { lens } from './lens.ts';
import { browsedOrder, type Order, ORDER_TITLES, type Row } from './model.ts';

type LookUpCommand = Command<LookUpContext>;

const some = (ctx: LookUpContext): true | string => (ctx.get().rows.length > 0 ? true : 'Nothing is found.');

/** The first accounts of a customer are rows of their own; with more than these one is chosen. */
const ACCOUNTS_LISTED = 3;

const hasMore = (row: Row): boolean => 'match' in row && row.match.kind !== 'address' && row.accounts > ACCOUNTS_LISTED;

function openRow(ctx: LookUpContext, row: Row): void {
  if (row.accountId !== null) ctx.open('account', { accountId: row.accountId });
  else if (row.customerId !== null) ctx.open('account', { customerId: row.customerId });
  else ctx.open('account', { locationId: row.locationId });
}

/** Enter behind quick typing means what was typed, so its answer is awaited. */
async function open(ctx: LookUpContext): Promise<void> {
  await answered(ctx);
  const row = currentRow(lens, ctx.get());
  if (!row) return ctx.toast('Nothing is found.', 'info');
  if (hasMore(row)) return chooseAccount(ctx, row);
  openRow(ctx, row);
}

/** One of all accounts that the row's customer has or had. */
async function chooseAccount(ctx: LookUpContext, row: Row): Promise<void> {
  if (row.customerId === null) return ctx.toast('Nobody lives there.', 'info');
  const accounts = await ctx.call(accountsOfCustomer, { customerId: row.customerId });
  if (accounts.length < 2) return openRow(ctx, row);
  const accountId = await ctx.choose(
    `Accounts of ${row.customerName}`,
    accounts.map((account) => ({
      value: account.accountId,
      label: `${account.accountNumber}  ${account.line1}, ${account.city}`,
      detail: [stateText({ ...row, ...account }), money(account.balanceCents)].filter(Boolean).join('  '),
    })),
  );
  if (accountId !== null) ctx.open('account', { accountId });
}

async function pay(ctx: LookUpContext): Promise<void> {
  await answered(ctx);
  const accountId = currentRow(lens, ctx.get())?.accountId;
  if (accountId) ctx.open('payment', { accountId });
  else ctx.toast('There is no account to pay for.', 'info');
}

async function chooseOrder(ctx: LookUpContext): Promise<void> {
  const now = ctx.get().order;
  const order = await ctx.choose(
    'Order',
    (Object.keys(ORDER_TITLES) as Order[]).map((value) => ({
      value,
      label: ORDER_TITLES[value],
      detail: value === now ? 'now' : value === 'best' ? 'of what is typed' : 'from what is typed on',
    })),
  );
  if (order === null || order === now) return;
  ctx.set({ order });
  await search(ctx);
}

/** Home and End reach the ends of the whole list, not of the window that is held. */
const toEnds: Readonly<Record<string, (ctx: LookUpContext) => Promise<void>>> = {
  'look-up.home': first,
  'look-up.end': last,
};

/** The database sorts and narrows this list, so the list's own sort and filter do not exist here. */
const ABSENT = new Set(['look-up.sort', 'look-up.filter']);

const ofList: LookUpCommand[] = listCommands(lens)
  .filter(({ id }) => !ABSENT.has(id))
  .map((command) => ({
    ...command,
    run: (ctx: LookUpContext) => {
      const toEnd = toEnds[command.id];
      if (toEnd && browsedOrder(ctx.get()) !== null) return toEnd(ctx);
      const done = command.run(ctx);
      if (done instanceof Promise) return done.then(() => prefetchBehind(ctx));
      return prefetchBehind(ctx);
    },
  }));

export const commands: readonly LookUpCommand[] = [
  {
    id: 'look-up.open',
    title: 'Open the account',
    group: 'go',
    keys: ['enter'],
    hint: 'Open',
    footer: 90,
    run: open,
  },
  {
    id: 'look-up.narrow',
    title: 'Narrow the list: activity, standing, cycle, route, class, city',
    group: 'list',
    keys: ['f4'],
    hint: 'Narrow',
    footer: 80,
    run: narrow,
  },
  {
    id: 'look-up.order',
    title: 'Choose the order',
    group: 'list',
    keys: ['f6', 's'],
    hint: 'Order',
    footer: 70,
    run: chooseOrder,
  },
  {
    id: 'look-up.switch',
    title: 'Go to the list, or back to the text',
    group: 'list',
    keys: ['tab', 'shift+tab'],
    hint: 'List/text',
    footer: 60,
    run: (ctx) => ctx.set({ typing: !ctx.get().typing }),
  },
  {
    id: 'look-up.type',
    title: 'Type what to look for',
    group: 'list',
    keys: ['/', 'i'],
    run: (ctx) => ctx.set({ typing: true }),
  },
  {
    id: 'look-up.accounts',
    title: 'Choose among all accounts of the customer',
    group: 'go',
    keys: ['a', 'alt+a'],
    when: some,
    run: async (ctx) => {
      await answered(ctx);
      const row = currentRow(lens, ctx.get());
      if (row) await chooseAccount(ctx, row);
    },
  },
  {
    id: 'look-up.pay',
    title: 'Take a payment for the account',
    group: 'go',
    keys: ['$', 'alt+p'],
    permission: 'payments.enter',
    when: some,
    run: pay,
  },
  {
    id: 'look-up.widen',
    title: 'Take all filters off',
    group: 'list',
    when: (ctx) => (ctx.get().labels.length > 0 ? true : 'No filter is on.'),
    run: widen,
  },
  ...ofList,
];
