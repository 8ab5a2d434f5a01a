import type { InputEvent } from '#keymap/keys.ts';
import { emptyField, fieldInput, type FieldState } from '#ui/field/model.ts';
import { listInput } from '#ui/table/input.ts';
import { typeCharge } from './charges.ts';
import { change, type PaymentContext } from './context.ts';
import { moveHit, retype } from './find.ts';
import { lens } from './lens.ts';
import { isCash, methodChoices, methodOfKey } from './methods.ts';
import { currentTender, sourceFirst, type TenderDraft, withTender } from './model.ts';
import { wrong } from './take.ts';

const LONGEST = { find: 200, amount: 16, reference: 60 } as const;

const textOf = (event: InputEvent): string => (event.type === 'paste' ? event.text : (event.text ?? ''));

/** What is typed goes to the part that has the keys; false when it is none of its. */
export function paymentInput(ctx: PaymentContext, event: InputEvent): boolean {
  const { focus } = ctx.get();
  if (focus === 'recent') return listInput(lens, ctx, event);
  // Alt+B is the batch here; a word back in a field is Ctrl+Left too.
  if (event.type === 'key' && (event.key === 'escape' || event.key === 'alt+b')) return false;
  if (focus === 'find') return findInput(ctx, event);
  if (focus === 'amount') return amountInput(ctx, event);
  if (focus === 'method') return methodInput(ctx, event);
  if (focus === 'extra') return extraInput(ctx, event);
  return rowInput(ctx, event);
}

function findInput(ctx: PaymentContext, event: InputEvent): boolean {
  const { find, hits } = ctx.get();
  // No record begins with these: as the first character they mean a screen or a command, as everywhere.
  if (event.type === 'key' && find.text === '' && (event.key === '=' || event.key === '>')) {
    ctx.find(event.key);
    return true;
  }
  if (event.type === 'key' && (event.key === 'up' || event.key === 'down') && hits.length > 0) {
    moveHit(ctx, event.key === 'down' ? 1 : -1);
    return true;
  }
  const next = fieldInput(find, event, { maxLength: LONGEST.find });
  if (next === null) return false;
  retype(ctx, next);
  return true;
}

/** Digits are the amount and take the place of what was proposed; letters, which no amount has, choose the method. */
function amountInput(ctx: PaymentContext, event: InputEvent): boolean {
  const { entry } = ctx.get();
  const { amount, proposed } = currentTender(entry);
  const text = textOf(event);
  if (event.type === 'key' && /^\p{L}$/u.test(text)) return chooseMethod(ctx, text, { methodTyped: true });
  const replaces = proposed && (text !== '' || (event.type === 'key' && /^(?:backspace|delete)$/.test(event.key)));
  const next = fieldInput(replaces ? emptyField() : amount, event, { maxLength: LONGEST.amount });
  if (next === null) return false;
  const same = next.text === amount.text;
  const typed = withTender(entry, { amount: next, proposed: proposed && same });
  // What was shown of another amount holds no more.
  ctx.set({ problem: '', entry: same ? typed : { ...typed, preview: null, previewOf: '' } });
  return true;
}

/** The method by its digit or letter. @throws Failure when it is none's: behind it may come the number of a check. */
function chooseMethod(ctx: PaymentContext, text: string, patch: Partial<TenderDraft> = {}): boolean {
  const { entry, focus } = ctx.get();
  const method = methodOfKey(methodChoices(entry), text);
  if (!method) wrong(ctx, focus, `No way to pay has the key ${text}.`);
  ctx.set({ problem: '', entry: withTender(entry, { ...patch, method: method.code }) });
  return true;
}

function methodInput(ctx: PaymentContext, event: InputEvent): boolean {
  if (event.type === 'paste') return true;
  const step = event.key === 'right' || event.key === 'space' ? 1 : event.key === 'left' ? -1 : 0;
  if (step !== 0) {
    const { entry } = ctx.get();
    const choices = methodChoices(entry);
    const at = choices.findIndex(({ code }) => code === currentTender(entry).method);
    const next = choices[(at + step + choices.length) % Math.max(1, choices.length)];
    if (next) ctx.set({ problem: '', entry: withTender(entry, { method: next.code }) });
    return true;
  }
  const text = textOf(event);
  return text !== '' && !/^(?:ctrl|alt)\+/.test(event.key) ? chooseMethod(ctx, text) : false;
}

function extraInput(ctx: PaymentContext, event: InputEvent): boolean {
  const { entry } = ctx.get();
  const tender = currentTender(entry);
  const field: 'given' | 'reference' = isCash(entry, tender.method) ? 'given' : 'reference';
  const next = fieldInput(tender[field], event, { maxLength: field === 'given' ? LONGEST.amount : LONGEST.reference });
  if (next === null) return false;
  ctx.set({ problem: '', entry: withTender(entry, { [field]: next }) });
  return true;
}

/** The amount of the row with the cursor, typed at its end. */
function rowInput(ctx: PaymentContext, event: InputEvent): boolean {
  const text = textOf(event);
  const erases = event.type === 'key' && event.key === 'backspace';
  if (!erases && !/^[\d.,]+$/.test(text)) return false;
  const { fresh } = ctx.get();
  const edit = (old: string): string => {
    const field: FieldState = emptyField(fresh ? '' : old);
    return (erases && fresh ? field : (fieldInput(field, event, { maxLength: LONGEST.amount }) ?? field)).text;
  };
  if (ctx.get().focus === 'charges') typeCharge(ctx, edit);
  else typeWanted(ctx, edit);
  ctx.set({ fresh: false, problem: '' });
  return true;
}

/** What the account with the cursor is to get. */
function typeWanted(ctx: PaymentContext, edit: (text: string) => string): void {
  const { entry, row } = ctx.get();
  const account = sourceFirst(entry)[row];
  if (!account) return;
  const id = account.facts.accountId;
  const accounts = entry.accounts.map((one) =>
    one.facts.accountId === id ? { ...one, wanted: edit(one.wanted) } : one,
  );
  change(ctx, { accounts });
}
