import { isOddlyLarge } from '#domain/large-amount.ts';
import { type Cents, formatCents, parseCents } from '#domain/money.ts';
import { Failure, KEY_USED } from '#services/failure.ts';
import { type PaymentPreview, previewPayment } from '#services/payments/preview.ts';
import { editPayment, enterPayment, type PaymentReceipt } from '#services/payments/write.ts';
import { change, type PaymentContext } from './context.ts';
import { changeCents, factsOf, isByHand, owedCents, tenderedCents } from './facts.ts';
import { methodChoices, methodOf } from './methods.ts';
import { currentTender, datedAgain, type Entry, newEntry, type Part, type PaymentState } from './model.ts';
import { loadRecent } from './recent.ts';

/** Puts the keys where something is wrong. @throws Failure, so that nothing typed ahead goes on */
export function wrong(ctx: PaymentContext, focus: Part, message: string): never {
  ctx.set({ focus, problem: message });
  throw new Failure('invalid', message);
}

/** The amount in hand. @throws Failure that says why it is none */
export function checkAmount(ctx: PaymentContext): Cents {
  const { text } = currentTender(ctx.get().entry).amount;
  const cents = parseCents(text);
  if (text.trim() === '') wrong(ctx, 'amount', 'Enter the amount.');
  if (cents === null) wrong(ctx, 'amount', 'Not an amount. Type it like 12.50 or 1,200.');
  if (cents <= 0) wrong(ctx, 'amount', 'Enter an amount above zero.');
  return cents;
}

/** Looks at what the payment would do; what it warns of is then on the screen. */
export async function preview(ctx: PaymentContext): Promise<PaymentPreview> {
  const state = ctx.get();
  const { editing } = state.entry;
  const facts = factsOf(state);
  const question = JSON.stringify(facts);
  if (state.entry.preview && state.entry.previewOf === question) return state.entry.preview;
  const answer = await ctx.call(previewPayment, { ...facts, ...(editing ? { insteadOf: editing.paymentId } : {}) });
  change(ctx, { preview: answer, previewOf: question });
  return answer;
}

/** Where the fields of a refusal are on this screen. */
function partOf({ fields }: Failure): Part | null {
  const [field = ''] = Object.keys(fields);
  if (field.endsWith('.method')) return 'method';
  if (field.endsWith('.reference')) return 'extra';
  if (field.startsWith('tenders')) return 'amount';
  if (/\.(?:debits|invoices)|^restToAccount/.test(field)) return 'charges';
  return field.startsWith('accounts') ? 'accounts' : null;
}

/** Whatever cannot be taken leaves everything as it was typed, with the keys at what is wrong. */
async function keeping<T>(ctx: PaymentContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { entry, focus } = ctx.get();
    if (error.message === KEY_USED) {
      await loadRecent(ctx);
      wrong(ctx, focus, TAKEN_BEFORE);
    }
    const wanted = partOf(error) ?? focus;
    const there = wanted !== 'charges' || isByHand(entry);
    ctx.set({
      problem: error.message,
      focus: there && (wanted !== 'accounts' || entry.accounts.length > 1) ? wanted : 'amount',
    });
    throw error;
  }
}

/** Takes the payment, or saves the changed one. @throws Failure, with everything typed still there */
export async function take(ctx: PaymentContext): Promise<void> {
  const { entry } = ctx.get();
  entry.tenders.forEach((_, at) => {
    change(ctx, { at });
    checkAmount(ctx);
  });
  change(ctx, { at: entry.at });
  const choices = methodChoices(entry);
  const odd = entry.tenders.findIndex(({ method }) => !choices.some(({ code }) => code === method));
  if (odd >= 0) {
    change(ctx, { at: odd });
    wrong(ctx, 'method', 'Choose how it is paid.');
  }
  const short = changeCents(entry);
  if (short !== null && short < 0) wrong(ctx, 'extra', `${formatCents(-short)} less was given than is taken.`);
  const { duplicate } = await keeping(ctx, () => preview(ctx));
  const large = largeText(ctx.get().entry);
  if (duplicate !== null && !(await mayRepeat(ctx, duplicate))) return;
  if (large !== null && !(await mayBeLarge(ctx, large))) return;
  const state = ctx.get();
  const receipt = await keeping(ctx, () => send(ctx, state));
  taken(ctx, state, receipt);
}

/** The answer to the first try was lost on its way: it was taken as it was typed then. */
const TAKEN_BEFORE = 'This was taken already, as it was typed first: see the list. Esc leaves this entry.';

const mayRepeat = (ctx: PaymentContext, duplicate: string): Promise<boolean> =>
  ctx.confirm({
    title: 'Take it once more?',
    lines: [duplicate, `Once more ${formatCents(tenderedCents(ctx.get().entry))}?`],
    action: 'Take it again',
  });

/** What is odd about the amount; null when nothing is. */
function largeText(entry: Entry): string | null {
  const owed = entry.accounts.reduce((sum, { facts }) => sum + owedCents(facts), 0);
  const cents = tenderedCents(entry);
  return isOddlyLarge(cents, owed) ? `${formatCents(owed)} is owed.` : null;
}

const mayBeLarge = (ctx: PaymentContext, owed: string): Promise<boolean> =>
  ctx.confirm({
    title: 'Take so much?',
    lines: [`${formatCents(tenderedCents(ctx.get().entry))} for ${ctx.get().entry.accounts[0]!.facts.number}`, owed],
    action: 'Take it',
  });

function send(ctx: PaymentContext, state: PaymentState): Promise<PaymentReceipt> {
  const { editing, key } = state.entry;
  const { channel: _channel, batchId: _batch, ...facts } = factsOf(state);
  return editing
    ? ctx.call(
        editPayment,
        { ...facts, paymentId: editing.paymentId, version: editing.version },
        { idempotencyKey: key },
      )
    : ctx.call(enterPayment, factsOf(state), { idempotencyKey: key });
}

/** The receipt is told and the field is ready for the next. */
function taken(ctx: PaymentContext, state: PaymentState, receipt: PaymentReceipt): void {
  const { entry } = state;
  const tender = entry.tenders.at(-1)!;
  const single = entry.tenders.length === 1;
  ctx.set({
    ...datedAgain(state),
    entry: newEntry(tender.method, isByHand(entry) ? 'automatic' : entry.mode),
    lastMethod: tender.method,
    last: single ? { method: tender.method, amount: tender.amount.text } : ctx.get().last,
    focus: 'find',
    problem: '',
    row: 0,
    said: wordsOf(state, receipt),
  });
  loadRecent(ctx).catch(() => ctx.toast('The list could not be renewed; the payment is taken.', 'warning'));
}

/** `R0000012 taken: 45.20 Cash, 10023 Rivera, Ana M. Balance 0.00. Give back 4.80.` */
function wordsOf({ entry }: PaymentState, receipt: PaymentReceipt): string {
  const paid = receipt.accounts.filter(({ cents }) => cents > 0);
  const [first, ...others] = paid;
  const name = entry.accounts.find(({ facts }) => facts.accountId === first!.accountId)?.facts.name ?? '';
  const who = others.length === 0 ? `${first!.number} ${name}` : `${paid.length} accounts`;
  const how = entry.tenders.map(({ method }) => methodOf(entry, method)?.name ?? method).join(' + ');
  const back = changeCents(entry);
  const left = paid.reduce((sum, { afterCents }) => sum + afterCents, 0);
  return [
    `${receipt.receipt} ${entry.editing ? 'saved' : 'taken'}: ${formatCents(receipt.totalCents)} ${how}, ${who}.`,
    back === null ? '' : `GIVE BACK ${formatCents(back)}.`,
    `Balance ${formatCents(left)}.`,
  ]
    .filter(Boolean)
    .join(' ');
}
