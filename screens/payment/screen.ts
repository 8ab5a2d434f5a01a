import { formatCents } from '#domain/money.ts';
import { emptyField } from '#ui/field/model.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { listTyping } from '#ui/table/commands.ts';
import { addAccount, refreshAccounts } from './account.ts';
import { commands } from './commands.ts';
import type { PaymentContext } from './context.ts';
import { paymentDraft, resumePayment, takeUpLeft } from './draft.ts';
import { tenderedCents } from './facts.ts';
import { look } from './find.ts';
import { paymentInput } from './input.ts';
import { lens } from './lens.ts';
import { createPayment, isBegun, type PaymentParams, type PaymentState } from './model.ts';
import { editPaymentOf, loadRecent } from './recent.ts';
import { PaymentView } from './view.tsx';

/** The first time what it was opened for; later what others may have changed, with everything typed left alone. */
async function load(ctx: PaymentContext): Promise<void> {
  await loadRecent(ctx);
  if (ctx.get().begun) return refreshAccounts(ctx);
  ctx.set({ begun: true });
  if (await takeUpLeft(ctx)) return;
  const { accountId, paymentId, text } = ctx.params ?? {};
  if (paymentId !== undefined) await editPaymentOf(ctx, paymentId);
  else if (accountId !== undefined) await addAccount(ctx, accountId);
  else if (text) await look(ctx);
}

/** Takes payments: find, amount, method, Enter, next. */
export const payment: ScreenDefinition<PaymentParams | undefined, PaymentState> = {
  id: 'payment',
  code: 'PAY',
  title: 'Take payments',
  permission: 'payments.enter',
  crumb: ({ entry }) => {
    if (entry.editing) return `Change ${entry.editing.receipt}`;
    return entry.accounts.length === 0 ? 'Payments' : `Payment ${entry.accounts[0]!.facts.number}`;
  },
  parseArgument: (argument) => ({ text: argument.trim() }),
  create: (params) => ({ ...createPayment(params), find: emptyField(params?.text ?? '') }),
  load,
  commands,
  typing: (state) => {
    if (state.focus === 'recent') return listTyping(lens, state);
    return state.focus !== 'accounts' && state.focus !== 'charges';
  },
  onInput: paymentInput,
  draft: paymentDraft,
  resume: resumePayment,
  legend: () => [
    { sign: '*', meaning: 'Who pays: paid first, and receives what is left over' },
    { sign: 'applied', meaning: 'What was put on charges or invoices by hand' },
  ],
  unsaved: (state) =>
    isBegun(state)
      ? `a payment of ${formatCents(tenderedCents(state.entry))} for ${state.entry.accounts[0]!.facts.number}`
      : null,
  View: PaymentView,
};
