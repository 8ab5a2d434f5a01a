import type { Command } from '#keymap/command.ts';
import { listCommands } from '#ui/table/commands.ts';
import { askDetails, chooseBatch, chooseMode, pickMethod, showNotes } from './ask.ts';
import type { PaymentContext } from './context.ts';
import { lens } from './lens.ts';
import { isBegun, type Part, sourceFirst } from './model.ts';
import { rowCommands } from './row-commands.ts';
import { addTender, goOn, movePart, moveRow, removeTender, repeatLast, stepBack } from './steps.ts';
import { take } from './take.ts';

type PaymentCommand = Command<PaymentContext>;

const at =
  (...parts: readonly Part[]) =>
  (ctx: PaymentContext): boolean =>
    parts.includes(ctx.get().focus);
const notAt =
  (...parts: readonly Part[]) =>
  (ctx: PaymentContext): boolean =>
    !parts.includes(ctx.get().focus);
const begun = (ctx: PaymentContext): true | string => (isBegun(ctx.get()) ? true : 'Choose the account first.');

const loop: readonly PaymentCommand[] = [
  {
    id: 'payment.go',
    title: 'Go on: choose the account, accept the amount, the method, and take the payment',
    group: 'record',
    keys: ['enter'],
    run: goOn,
  },
  {
    id: 'payment.take',
    title: 'Take the payment as it stands',
    group: 'record',
    keys: ['f9', 'ctrl+s'],
    hint: 'Take',
    footer: 100,
    when: begun,
    run: take,
  },
  {
    id: 'payment.back',
    title: 'One step back, at last out of the payment',
    group: 'go',
    keys: ['escape', 'f12'],
    applies: (ctx) => isBegun(ctx.get()) || ctx.get().focus === 'recent' || ctx.get().find.text !== '',
    run: stepBack,
  },
  {
    id: 'payment.repeat',
    title: 'Amount and method of the payment before once more',
    group: 'record',
    keys: ['f6', 'alt+r'],
    hint: 'Repeat',
    footer: 66,
    when: (ctx) => (ctx.get().last === null ? 'No payment was taken yet.' : begun(ctx)),
    run: repeatLast,
  },
  {
    id: 'payment.addAccount',
    title: 'Add an account to the payment',
    group: 'record',
    keys: ['f7', 'alt+a'],
    hint: '+Account',
    footer: 74,
    applies: notAt('recent'),
    when: begun,
    run: (ctx) => ctx.set({ focus: 'find' }),
  },
  {
    id: 'payment.addTender',
    title: 'Add a means of payment',
    group: 'record',
    keys: ['f8', 'alt+t'],
    hint: '+Tender',
    footer: 72,
    applies: notAt('recent'),
    when: begun,
    run: addTender,
  },
  {
    id: 'payment.removeTender',
    title: 'Take the means of payment in hand away',
    group: 'record',
    keys: ['alt+x'],
    when: (ctx) => (ctx.get().entry.tenders.length > 1 ? true : 'There is only one.'),
    run: removeTender,
  },
  {
    id: 'payment.method',
    title: 'Choose the method from its list',
    group: 'record',
    keys: ['f4'],
    applies: at('method'),
    run: pickMethod,
  },
  {
    id: 'payment.mode',
    title: 'Choose how it is spread: automatic, FIFO, manual, by invoice',
    group: 'record',
    keys: ['f4', 'alt+m'],
    hint: 'Spread',
    footer: 64,
    applies: notAt('method'),
    when: begun,
    run: chooseMode,
  },
];

const more: readonly PaymentCommand[] = [
  {
    id: 'payment.details',
    title: 'Payment date, memo, and how it came',
    group: 'record',
    keys: ['alt+d'],
    run: askDetails,
  },
  {
    id: 'payment.notes',
    title: 'Read the notes and unposted items of the accounts',
    group: 'record',
    keys: ['alt+n'],
    when: (ctx) => (ctx.get().refused ? true : begun(ctx)),
    run: showNotes,
  },
  {
    id: 'payment.batch',
    title: 'Choose the batch that payments go into',
    group: 'go',
    keys: ['alt+b'],
    permission: 'history.read',
    run: chooseBatch,
  },
  {
    id: 'payment.account',
    title: 'Open the account of the payment',
    group: 'go',
    keys: ['alt+o'],
    permission: 'accounts.read',
    when: (ctx) => (ctx.get().refused ? true : begun(ctx)),
    run: (ctx) => {
      const { entry, row, refused } = ctx.get();
      const accountId = (sourceFirst(entry)[row] ?? entry.accounts[0])?.facts.accountId ?? refused?.accountId;
      if (accountId !== undefined) ctx.open('account', { accountId });
    },
  },
  {
    id: 'payment.nextPart',
    title: 'Next part: field, amount, method, accounts, charges, list',
    group: 'go',
    keys: ['tab'],
    run: (ctx) => movePart(ctx, 1),
  },
  {
    id: 'payment.partBefore',
    title: 'The part before',
    group: 'go',
    keys: ['shift+tab'],
    run: (ctx) => movePart(ctx, -1),
  },
  {
    id: 'payment.toList',
    title: 'To the payments taken last',
    group: 'go',
    keys: ['alt+l'],
    run: (ctx) => ctx.set({ focus: 'recent' }),
  },
  {
    id: 'payment.nextRow',
    title: 'Next account, charge or means of payment',
    group: 'list',
    keys: ['down'],
    applies: notAt('recent', 'find'),
    run: (ctx) => moveRow(ctx, 1),
  },
  {
    id: 'payment.rowBefore',
    title: 'The account, charge or means of payment before',
    group: 'list',
    keys: ['up'],
    applies: notAt('recent', 'find'),
    run: (ctx) => moveRow(ctx, -1),
  },
];

export const commands: readonly PaymentCommand[] = [...loop, ...more, ...rowCommands, ...listCommands(lens)];
