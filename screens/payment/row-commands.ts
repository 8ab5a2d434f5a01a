import type { Command } from '#keymap/command.ts';
import type { Key } from '#keymap/keys.ts';
import { removeAccount } from './account.ts';
import { clearCharges, payAll, payThis } from './charges.ts';
import { change, type PaymentContext } from './context.ts';
import { type Part, sourceFirst } from './model.ts';
import { giveReceipt } from './receipt.ts';
import { deletePaymentOf, editPaymentOf, listed } from './recent.ts';
import { makeSource, moveRow } from './steps.ts';

type PaymentCommand = Command<PaymentContext>;

const at =
  (part: Part) =>
  (ctx: PaymentContext): boolean =>
    ctx.get().focus === part;

const unposted = (ctx: PaymentContext): true | string => {
  const payment = listed(ctx);
  if (!payment) return 'No payment is here.';
  return payment.posted ? 'It is posted: reverse it instead.' : true;
};

/** Rows of a page of charges on the smallest screen. */
const PAGE = 10;

const WAYS: readonly (readonly [string, string, number, readonly Key[]])[] = [
  ['pageDown', 'Ten rows down', PAGE, ['pagedown']],
  ['pageUp', 'Ten rows up', -PAGE, ['pageup']],
  ['first', 'First row', -Infinity, ['home']],
  ['last', 'Last row', Infinity, ['end']],
];

/** What can be done with a charge, with an account of the payment, and with a payment taken before. */
export const rowCommands: readonly PaymentCommand[] = [
  ...WAYS.map(([name, title, by, keys]): PaymentCommand => ({
    id: `payment.row.${name}`,
    title,
    group: 'list',
    keys,
    applies: (ctx) => ['accounts', 'charges'].includes(ctx.get().focus),
    run: (ctx) => moveRow(ctx, by),
  })),
  {
    id: 'payment.payThis',
    title: 'Put what remains on this charge',
    group: 'list',
    keys: ['p', 'space'],
    hint: 'Pay this',
    footer: 90,
    applies: at('charges'),
    run: payThis,
  },
  {
    id: 'payment.payAll',
    title: 'Put what remains on the charges in their order',
    group: 'list',
    keys: ['a'],
    hint: 'Pay all',
    footer: 88,
    applies: at('charges'),
    run: payAll,
  },
  {
    id: 'payment.payNone',
    title: 'Take all amounts off',
    group: 'list',
    keys: ['u'],
    applies: at('charges'),
    run: clearCharges,
  },
  {
    id: 'payment.rest',
    title: 'Apply remaining balance to account, or no longer',
    group: 'list',
    keys: ['r'],
    hint: 'Rest',
    footer: 86,
    applies: at('charges'),
    run: (ctx) => change(ctx, { restToAccount: !ctx.get().entry.restToAccount }),
  },
  {
    id: 'payment.source',
    title: 'Make this account the one who pays',
    group: 'list',
    keys: ['*', 's'],
    hint: 'Source',
    footer: 90,
    applies: at('accounts'),
    run: makeSource,
  },
  {
    id: 'payment.removeAccount',
    title: 'Take this account out of the payment',
    group: 'list',
    keys: ['delete', 'D'],
    hint: 'Remove',
    footer: 88,
    applies: at('accounts'),
    run: (ctx) => {
      const { entry, row } = ctx.get();
      const account = sourceFirst(entry)[row];
      if (account) removeAccount(ctx, account.facts.accountId);
    },
  },
  {
    id: 'payment.edit',
    title: 'Change the unposted payment',
    group: 'list',
    keys: ['e'],
    hint: 'Edit',
    footer: 90,
    permission: 'payments.edit',
    applies: at('recent'),
    when: unposted,
    run: (ctx) => editPaymentOf(ctx, listed(ctx)!.paymentId),
  },
  {
    id: 'payment.delete',
    title: 'Delete the unposted payment',
    group: 'list',
    keys: ['delete', 'D'],
    hint: 'Delete',
    footer: 88,
    permission: 'payments.edit',
    applies: at('recent'),
    when: unposted,
    run: (ctx) => deletePaymentOf(ctx, listed(ctx)!),
  },
  {
    id: 'payment.receipt',
    title: 'Print or send the receipt',
    group: 'list',
    keys: ['p'],
    hint: 'Receipt',
    footer: 89,
    permission: 'paper.print',
    background: true,
    applies: at('recent'),
    when: (ctx) => (listed(ctx) ? true : 'No payment is here.'),
    run: giveReceipt,
  },
];
