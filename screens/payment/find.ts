import { isWrittenAsSsn } from '#domain/sensitive.ts';
import { parseScanLine, SCAN_LINE_DIGITS } from '#domain/scan-line.ts';
import { Failure } from '#services/failure.ts';
import { find, insteadOf, type LookupRow } from '#services/lookup/find.ts';
import { emptyField, type FieldState } from '#ui/field/model.ts';
import { addAccount } from './account.ts';
import type { PaymentContext } from './context.ts';

/** Accounts that are shown below the field. */
export const HITS = 8;
/** A run of digits that only a scanner types. */
const SCANNED = new RegExp(`^\\d{${SCAN_LINE_DIGITS - 2},}$`);

let questions = 0;
/** Answers under way by the number of their question: Enter behind quick typing waits for its own. */
const underWay = new Map<number, Promise<void>>();

/** The field changed: everything is looked for again, and what was said of the last payment stays. */
export function retype(ctx: PaymentContext, typed: FieldState): void {
  const before = ctx.get().find.text;
  ctx.set({ find: typed, picked: false, problem: '', refused: null });
  if (typed.text !== before) void look(ctx);
}

/** Looks for what is typed; a failure is said and leaves what was shown. */
export function look(ctx: PaymentContext): Promise<void> {
  const question = ++questions;
  const text = ctx.get().find.text.trim();
  ctx.set({ asked: question });
  if (text === '' || SCANNED.test(text)) {
    ctx.set({ hits: [], hit: 0, note: '', answered: question });
    return Promise.resolve();
  }
  const done = answer(ctx, question, text)
    .catch(() => ctx.toast('That could not be looked for. Try again.', 'bad'))
    .finally(() => underWay.delete(question));
  underWay.set(question, done);
  return done;
}

async function answer(ctx: PaymentContext, question: number, text: string): Promise<void> {
  const found = await ctx.call(find, { text, limit: HITS });
  if (ctx.get().asked !== question) return;
  const hits = found.rows.filter(({ accountId }) => accountId !== null);
  const note = found.more ? 'type more to narrow' : insteadOf(found, text);
  ctx.set({ hits, hit: 0, answered: question, note });
}

/** The one account that is meant beyond doubt: an account number as typed, or the only answer. */
function meant(hits: readonly LookupRow[]): LookupRow | null {
  const numbers = hits.filter(({ match }) => match.exact && match.kind === 'accountNumber');
  if (numbers.length === 1) return numbers[0]!;
  const exact = hits.filter(({ match }) => match.exact);
  if (exact.length === 1) return exact[0]!;
  return hits.length === 1 ? hits[0]! : null;
}

/**
 * Enter in the field: the account that is meant joins the payment. Where several answer the
 * operator says which, and what was typed ahead is forgotten: it was for somebody else's account.
 * @throws Failure that says why none was chosen
 */
export async function choose(ctx: PaymentContext): Promise<void> {
  const text = ctx.get().find.text.trim();
  const scanned = parseScanLine(text);
  if (scanned) {
    ctx.set({ find: emptyField(scanned.accountNumber) });
    await look(ctx);
    const row = ctx.get().hits.find(({ accountNumber }) => accountNumber === scanned.accountNumber);
    if (!row) throw new Failure('not_found', `There is no account ${scanned.accountNumber}, as the scan line says.`);
    return addAccount(ctx, row.accountId!, scanned.amountCents);
  }
  if (SCANNED.test(text)) {
    ctx.set({ find: emptyField() });
    throw new Failure('invalid', 'The scan line was read wrong. Scan it again, or type the account number.');
  }
  await underWay.get(ctx.get().asked);
  const { hits, hit, picked } = ctx.get();
  const row = picked ? hits[hit] : meant(hits);
  if (row) return addAccount(ctx, row.accountId!);
  if (hits.length === 0) throw new Failure('not_found', nothing(text));
  throw new Failure('invalid', `${hits.length} accounts answer. Choose with the arrows, then Enter.`);
}

const nothing = (text: string): string =>
  isWrittenAsSsn(text) ? 'Not looked for here: use “Find by sensitive number”, which hides it.' : 'Nothing is found.';

/** Another of the accounts found. */
export function moveHit(ctx: PaymentContext, by: 1 | -1): void {
  const { hits, hit, picked } = ctx.get();
  const next = picked ? hit + by : by > 0 ? hit : hits.length - 1;
  ctx.set({ picked: true, hit: Math.max(0, Math.min(hits.length - 1, next)) });
}
