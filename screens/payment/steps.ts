import { formatCents } from '#domain/money.ts';
import { may } from '#services/actor.ts';
import { emptyField } from '#ui/field/model.ts';
import { proposed } from './account.ts';
import { chargeRows, currentCharge, payThis } from './charges.ts';
import { change, type PaymentContext } from './context.ts';
import { isByHand, remainingCents, tenderedCents } from './facts.ts';
import { choose, retype } from './find.ts';
import { extraOf, methodChoices } from './methods.ts';
import {
  currentTender,
  datedAgain,
  isBegun,
  newEntry,
  newTender,
  type Part,
  sourceFirst,
  withTender,
} from './model.ts';
import { editPaymentOf, listed } from './recent.ts';
import { checkAmount, preview, take } from './take.ts';

/** Enter: the part in hand is done, on to the next; behind the last the payment is taken. */
export async function goOn(ctx: PaymentContext): Promise<void> {
  const { focus } = ctx.get();
  if (focus === 'find') return found(ctx);
  if (focus === 'amount') return amountDone(ctx);
  if (focus === 'method') return methodDone(ctx);
  if (focus === 'extra') return tenderDone(ctx);
  if (focus === 'accounts') return accountDone(ctx);
  if (focus === 'charges') return chargeDone(ctx);
  const payment = listed(ctx);
  if (payment && may(ctx.actor, 'payments.edit')) await editPaymentOf(ctx, payment.paymentId);
}

async function found(ctx: PaymentContext): Promise<void> {
  const state = ctx.get();
  if (state.find.text.trim() !== '') {
    await choose(ctx);
    return showSlices(ctx);
  }
  if (isBegun(state)) return ctx.set({ focus: 'amount' });
  ctx.toast('Scan a stub, or type an account number, a name, an address, a phone or a meter.', 'info');
}

async function amountDone(ctx: PaymentContext): Promise<void> {
  const amount = emptyField(formatCents(checkAmount(ctx)));
  const { entry } = ctx.get();
  const { method, methodTyped } = currentTender(entry);
  const focus = methodTyped && extraOf(entry, method).asked ? 'extra' : 'method';
  ctx.set({ entry: withTender(entry, { amount, proposed: true }), focus, problem: '' });
  if (!isByHand(entry)) await showSlices(ctx);
}

/** What each account gets, and what there is to be thought of; what it refuses is told when it is taken. */
export async function showSlices(ctx: PaymentContext): Promise<void> {
  const { entry } = ctx.get();
  if (isByHand(entry) || tenderedCents(entry) <= 0) return;
  await preview(ctx).catch(() => change(ctx, { preview: null, previewOf: '' }));
}

async function methodDone(ctx: PaymentContext): Promise<void> {
  const { entry } = ctx.get();
  if (extraOf(entry, currentTender(entry).method).asked) return ctx.set({ focus: 'extra', problem: '' });
  return tenderDone(ctx);
}

async function tenderDone(ctx: PaymentContext): Promise<void> {
  const state = ctx.get();
  if (isByHand(state.entry) && remainingCents(state) !== 0 && !state.entry.restToAccount) {
    return ctx.set({ focus: 'charges', row: 0, fresh: true, problem: '' });
  }
  return take(ctx);
}

async function accountDone(ctx: PaymentContext): Promise<void> {
  const { row, entry } = ctx.get();
  if (row + 1 < entry.accounts.length) ctx.set({ row: row + 1, fresh: true });
  else ctx.set({ focus: 'amount' });
  await showSlices(ctx);
}

async function chargeDone(ctx: PaymentContext): Promise<void> {
  const state = ctx.get();
  if (remainingCents(state) === 0 || currentCharge(state) === undefined) return take(ctx);
  if (state.fresh) payThis(ctx);
  else ctx.set({ row: Math.min(state.row + 1, chargeRows(state.entry).length - 1), fresh: true });
}

/** The parts that can have the keys now, in their order. */
export function partsOf(ctx: PaymentContext): readonly Part[] {
  const state = ctx.get();
  if (!isBegun(state)) return ['find', 'recent'];
  const { entry } = state;
  return [
    'find',
    'amount',
    'method',
    'extra',
    ...(entry.accounts.length > 1 ? (['accounts'] as const) : []),
    ...(isByHand(entry) ? (['charges'] as const) : []),
    'recent',
  ];
}

export function movePart(ctx: PaymentContext, by: 1 | -1): void {
  const parts = partsOf(ctx);
  const at = parts.indexOf(ctx.get().focus);
  ctx.set({ focus: parts[(at + by + parts.length) % parts.length]!, row: 0, fresh: true });
}

/** Another row of the accounts or charges, or another tender: as many further, or the first or last. */
export function moveRow(ctx: PaymentContext, by: number): void {
  const { focus, entry, row } = ctx.get();
  if (focus === 'accounts' || focus === 'charges') {
    const count = focus === 'accounts' ? entry.accounts.length : chargeRows(entry).length;
    return ctx.set({ row: Math.max(0, Math.min(count - 1, row + by)), fresh: true });
  }
  change(ctx, { at: Math.max(0, Math.min(entry.tenders.length - 1, entry.at + by)) });
}

/** One more means of payment, proposed with what is still owed and a method that is not in it yet. */
export async function addTender(ctx: PaymentContext): Promise<void> {
  const amount = emptyField(formatCents(checkAmount(ctx)));
  const entry = withTender(ctx.get().entry, { amount, proposed: true });
  const used = new Set(entry.tenders.map(({ method }) => method));
  const method = methodChoices(entry).find(({ code }) => !used.has(code))?.code ?? currentTender(entry).method;
  const more = {
    ...entry,
    tenders: [...entry.tenders, newTender(method)],
    at: entry.tenders.length,
  };
  ctx.set({ entry: proposed({ ...more, preview: null, previewOf: '' }), focus: 'amount', problem: '' });
  await showSlices(ctx);
}

export function removeTender(ctx: PaymentContext): void {
  const { entry } = ctx.get();
  const tenders = entry.tenders.filter((_, place) => place !== entry.at);
  ctx.set({ entry: { ...entry, tenders, at: Math.min(entry.at, tenders.length - 1) }, focus: 'amount' });
}

/** The tender and amount of the payment before, once more. */
export function repeatLast(ctx: PaymentContext): void {
  const { last, entry } = ctx.get();
  if (!last) return;
  ctx.set({
    entry: withTender(entry, { amount: emptyField(last.amount), proposed: true, method: last.method }),
    focus: 'method',
    problem: '',
  });
}

/** The account under the cursor is who pays, and paid first. */
export async function makeSource(ctx: PaymentContext): Promise<void> {
  const { entry, row } = ctx.get();
  const account = sourceFirst(entry)[row];
  if (!account) return;
  change(ctx, { sourceId: account.facts.accountId });
  ctx.set({ row: 0, fresh: true });
  await showSlices(ctx);
}

/** Whether something beyond one proposed amount would be lost. */
const isWorth = ({ accounts, tenders, editing, memo }: ReturnType<PaymentContext['get']>['entry']): boolean =>
  accounts.length > 1 ||
  accounts.some(({ charges }) => charges.size > 0) ||
  tenders.length > 1 ||
  editing !== null ||
  memo !== '' ||
  tenders[0]!.reference.text !== '';

/** One step back: to the part before, out of the list, at last out of the payment, which is asked when it was work. */
export async function stepBack(ctx: PaymentContext): Promise<void> {
  const state = ctx.get();
  const { focus, entry } = state;
  if (focus === 'find') {
    if (state.find.text !== '') return retype(ctx, emptyField());
    return ctx.set({ focus: 'amount' });
  }
  if (focus === 'recent') return ctx.set({ focus: isBegun(state) ? 'amount' : 'find' });
  if (focus === 'extra') return ctx.set({ focus: 'method' });
  if (focus !== 'amount') return ctx.set({ focus: 'amount' });
  if (isWorth(entry) && !(await mayDrop(ctx))) return;
  ctx.set({
    ...datedAgain(state),
    entry: newEntry(state.lastMethod, isByHand(entry) ? 'automatic' : entry.mode),
    focus: 'find',
    problem: '',
  });
}

function mayDrop(ctx: PaymentContext): Promise<boolean> {
  const { entry } = ctx.get();
  return ctx.confirm({
    title: entry.editing ? 'Leave the payment as it was?' : 'Drop this payment?',
    lines: [
      `${formatCents(tenderedCents(entry))} for ${entry.accounts.map(({ facts }) => facts.number).join(', ')}`,
      entry.editing ? 'What was changed is lost.' : 'Nothing of it has been taken.',
    ],
    action: entry.editing ? 'Leave it' : 'Drop it',
  });
}
