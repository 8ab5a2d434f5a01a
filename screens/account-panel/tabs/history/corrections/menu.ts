import { formatCents } from '#domain/money.ts';
import type { ActionMode, HistoryAction, OfferedAction } from '#domain/history-actions.ts';
import { may } from '#services/actor.ts';
import { deleteCharge } from '#services/charges/write.ts';
import { deleteUnposted } from '#services/corrections/adjust.ts';
import { correctionFacts, type CorrectionFacts } from '#services/corrections/facts.ts';
import { deleteRefund } from '#services/corrections/refund.ts';
import { getPayment } from '#services/payments/get.ts';
import { deletePayment } from '#services/payments/write.ts';
import { KIND_LABELS } from '#services/history/kinds.ts';
import type { Choice } from '#ui/choice.ts';
import { pickPaper } from '../paper.ts';
import { applyCreditNow, convertCreditNow, refundForm, transferBalanceForm, writeOffForm } from './account.ts';
import type { Ctx } from './ask.ts';
import { addAdjustment, adjustBillForm, adjustForm, reverseChargesForm } from './bills.ts';
import {
  chargeBackForm,
  refundReferenceForm,
  reinstateForm,
  returnForm,
  reverseForm,
  transferForm,
} from './payments.ts';
import { addSpecial, pendingSpecials } from './special.ts';

type Run = (ctx: Ctx, facts: CorrectionFacts, mode: ActionMode) => Promise<boolean>;

/** What each action of a line is called, and what it opens; answers whether anything was changed. */
const ACTIONS: Readonly<Record<HistoryAction, { readonly label: string; readonly run: Run }>> = {
  adjustBill: { label: 'Adjust bill', run: (ctx, { entry }) => adjustBillForm(ctx, entry) },
  adjust: { label: 'Adjust', run: adjustForm },
  reverseCharges: { label: 'Reverse charges', run: (ctx, { entry }) => reverseChargesForm(ctx, entry) },
  transfer: { label: 'Transfer payment', run: (ctx, { entry }) => transferForm(ctx, entry) },
  return: { label: 'Returned item (NSF)', run: (ctx, { entry }, mode) => returnForm(ctx, entry, mode) },
  chargeBack: { label: 'Chargeback', run: (ctx, { entry }) => chargeBackForm(ctx, entry) },
  reverse: { label: 'Reverse payment', run: (ctx, { entry }) => reverseForm(ctx, entry) },
  refund: { label: 'Refund: reference', run: (ctx, { entry }) => refundReferenceForm(ctx, entry) },
  reinstate: { label: 'Take write-off back', run: (ctx, { entry }) => reinstateForm(ctx, entry) },
  delete: { label: 'Delete', run: (ctx, { entry }) => remove(ctx, entry) },
};

/** Of the account itself, whatever line has the cursor. */
const OF_ACCOUNT: readonly {
  readonly label: string;
  readonly right: string;
  readonly run: (ctx: Ctx) => Promise<boolean>;
}[] = [
  { label: 'Adjust the account', right: 'adjustments.enter', run: (ctx) => addAdjustment(ctx, null) },
  { label: 'Add special charge', right: 'charges.special', run: addSpecial },
  { label: 'Special charges that wait', right: 'charges.special', run: pendingSpecials },
  { label: 'Refund open credit', right: 'payments.refund', run: refundForm },
  { label: 'Apply open credit', right: 'balances.transfer', run: applyCreditNow },
  { label: 'Convert credit of services', right: 'balances.transfer', run: convertCreditNow },
  { label: 'Transfer balance', right: 'balances.transfer', run: transferBalanceForm },
  { label: 'Write off', right: 'writeoffs.enter', run: writeOffForm },
];

async function remove(ctx: Ctx, entry: CorrectionFacts['entry']): Promise<boolean> {
  const { id: transactionId, kind, version, amountCents, effectiveOn } = entry;
  const sure = await ctx.confirm({
    title: `Delete ${KIND_LABELS[kind].toLowerCase()}?`,
    lines: [`${formatCents(amountCents)} of ${effectiveOn}, not posted.`, 'The audit trail keeps it.'],
    action: 'Delete',
  });
  if (!sure) return false;
  if (kind === 'payment') await removePayment(ctx, entry.paymentId!);
  else if (kind === 'charge') await ctx.call(deleteCharge, { transactionId, version });
  else await ctx.call(kind === 'refund' ? deleteRefund : deleteUnposted, { transactionId, version });
  ctx.toast('Deleted.', 'good');
  return true;
}

/** All parts of it, on whichever accounts (seed: Delete Unposted Payment). */
async function removePayment(ctx: Ctx, paymentId: number): Promise<void> {
  const { version } = await ctx.call(getPayment, { paymentId });
  await ctx.call(deletePayment, { paymentId, version });
}

const MODES: Readonly<Record<ActionMode, string>> = { add: '', edit: 'change', view: 'look at it' };

type Picked = (ctx: Ctx) => Promise<boolean>;

function lineChoices(facts: CorrectionFacts): Choice<Picked>[] {
  return facts.actions.map((offered: OfferedAction) => {
    const { label, run } = ACTIONS[offered.action];
    if ('mode' in offered) {
      const detail = offered.action === 'delete' ? '' : MODES[offered.mode];
      return { value: (ctx) => run(ctx, facts, offered.mode), label, detail };
    }
    const { reason } = offered;
    const refuse: Picked = (ctx) => {
      ctx.toast(reason, 'warning');
      return Promise.resolve(false);
    };
    return { value: refuse, label, detail: `– ${reason}` };
  });
}

/** What can be done with a line of the history, then what with its account; by one's rights (seed: the buttons below the list). */
export async function openMenu(ctx: Ctx, transactionId: number | null): Promise<void> {
  const facts = transactionId === null ? null : await ctx.call(correctionFacts, { transactionId });
  const account = ctx.params.accountId === null ? [] : OF_ACCOUNT.filter(({ right }) => may(ctx.actor, right));
  const paper: Picked = async () => {
    await pickPaper(ctx);
    return false;
  };
  const choices = [
    ...(facts === null ? [] : lineChoices(facts)),
    // Papers are of the line in the list; a window may show another transaction.
    ...(may(ctx.actor, 'paper.print') && ctx.get().details === null
      ? [{ value: paper, label: 'Print or send', detail: 'paper' }]
      : []),
    ...account.map(({ label, run }): Choice<Picked> => ({ value: run, label, detail: 'account' })),
  ];
  if (choices.length === 0) return ctx.toast('There is nothing that you may do here.', 'warning');
  const title = facts === null ? 'The account' : `${KIND_LABELS[facts.entry.kind]} ${facts.entry.number ?? ''}`.trim();
  const picked = await ctx.choose(title, choices);
  if (picked !== null && (await picked(ctx))) await afterwards(ctx);
}

/** Opens at once the first of these actions that fits the transaction; why none does is said. */
export async function openAction(ctx: Ctx, transactionId: number, actions: readonly HistoryAction[]): Promise<void> {
  const facts = await ctx.call(correctionFacts, { transactionId });
  const offered = facts.actions.find(({ action }) => actions.includes(action));
  if (offered === undefined) return ctx.toast('It does not fit this transaction.', 'warning');
  if ('reason' in offered) return ctx.toast(offered.reason, 'warning');
  if (await ACTIONS[offered.action].run(ctx, facts, offered.mode)) await afterwards(ctx);
}

async function afterwards(ctx: Ctx): Promise<void> {
  // What a window shows of the transaction is no longer so.
  ctx.set({ details: null });
  // Cards, ageing and sums too, not the rows alone.
  await ctx.reload();
}
