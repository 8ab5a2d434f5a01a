import { historyDetails } from '#services/history/details.ts';
import { explainBalance } from '#services/history/explain.ts';
import { invoiceDetails } from '#services/history/invoice.ts';
import { isInvoice } from '#services/history/kinds.ts';
import { paymentDetails } from '#services/history/payment.ts';
import type { ScreenContext, Size } from '#ui/screen.ts';
import { clampList, moveList, newList, type ListState, type Move } from '#ui/table/model.ts';
import type { PanelSubject } from '../../tab.ts';
import type { DetailsLine } from './details.ts';
import { revealTransaction } from './load.ts';
import { type DetailsState, type HistoryState, type OpenPage, scopeLabel, whomOf } from './model.ts';
import { pageLines, type WindowPage } from './pages.ts';

type Ctx = ScreenContext<PanelSubject, HistoryState>;

/** Lines and cells that the frame of the window takes. */
const FRAME = { rows: 2, columns: 7 } as const;

/** The page on top. */
export const topPage = ({ trail }: DetailsState): OpenPage => trail.at(-1)!;

/** Lines of the page on top. */
export const windowLines = (details: DetailsState, size: Size): readonly DetailsLine[] =>
  pageLines(topPage(details).page, size.columns - FRAME.columns);

/** Cursor and first line within what there is to show. */
export const windowPlace = (details: DetailsState, count: number, size: Size): ListState =>
  clampList(place(details), { count, height: Math.max(1, size.rows - FRAME.rows) });

const place = (details: DetailsState): ListState => {
  const { cursor, top } = topPage(details);
  return { ...newList(), cursor, top };
};

const placed = ({ trail }: DetailsState, { cursor, top }: { cursor: number; top: number }): DetailsState => ({
  trail: [...trail.slice(0, -1), { ...trail.at(-1)!, cursor, top }],
});

export function moveInWindow(ctx: Ctx, move: Move): void {
  const { details } = ctx.get();
  if (details === null) return;
  const count = windowLines(details, ctx.size()).length;
  const moved = moveList(place(details), move, { count, height: ctx.size().rows - FRAME.rows });
  ctx.set({ details: placed(details, moved) });
}

/** Opens a page over the list, or over the page it was reached from. */
function openPage(ctx: Ctx, subject: string, page: WindowPage): void {
  const { details, subject: now } = ctx.get();
  if (now === subject) ctx.set({ details: { trail: [...(details?.trail ?? []), { page, cursor: 0, top: 0 }] } });
}

/** Opens a transaction over the list, or over the page it was reached from. */
export async function openDetails(ctx: Ctx, transactionId: number): Promise<void> {
  const { subject } = ctx.get();
  const details = await ctx.call(historyDetails, { transactionId });
  const invoice = isInvoice(details.kind) ? await ctx.call(invoiceDetails, { transactionId }) : null;
  const payment = details.kind === 'payment' ? await ctx.call(paymentDetails, { transactionId }) : null;
  openPage(ctx, subject, { kind: 'transaction', details, invoice, payment });
}

/** Opens how the balance shown comes about; what was before `from` as one figure. */
export async function openExplanation(ctx: Ctx, from: string | null): Promise<void> {
  const { subject, asOf, scope } = ctx.get();
  const whom = whomOf(ctx.get(), ctx.params);
  if (whom === null) return;
  const explanation = await ctx.call(explainBalance, {
    ...whom,
    ...(asOf === null ? {} : { asOf }),
    ...(from === null ? {} : { from }),
  });
  openPage(ctx, subject, { kind: 'explanation', explanation, whose: scopeLabel(scope) });
}

/** The explanation on top again, with another first day. */
export async function explainFrom(ctx: Ctx): Promise<void> {
  const { details } = ctx.get();
  const top = details === null ? null : topPage(details).page;
  if (top?.kind !== 'explanation') return;
  const from = await ctx.form({
    title: 'Explain the balance from',
    fields: [
      {
        name: 'day',
        label: 'Day',
        kind: 'date',
        help: 'What was before that day is told as one opening balance. Empty: from the first entry.',
      },
    ],
    initial: { day: top.explanation.from ?? '' },
    today: ctx.today,
    save: ({ day }) => Promise.resolve(day),
  });
  if (from === null) return;
  closeDetails(ctx);
  await openExplanation(ctx, from === '' ? null : from);
}

/** Whether the page on top explains a balance. */
export const explains = (ctx: Ctx): boolean => {
  const { details } = ctx.get();
  return details !== null && topPage(details).page.kind === 'explanation';
};

/** The transaction that the line with the cursor speaks of. */
function targetLine(ctx: Ctx): DetailsLine['target'] | undefined {
  const { details } = ctx.get();
  return details === null ? undefined : windowLines(details, ctx.size())[topPage(details).cursor]?.target;
}

/** Whether the page shown speaks of any other transaction. */
export const hasTargets = (ctx: Ctx): boolean => {
  const { details } = ctx.get();
  return details !== null && windowLines(details, ctx.size()).some((each) => each.target !== undefined);
};

/** Opens the transaction on the line; on another line goes to the next that has one, past the end to the first. */
export async function followLine(ctx: Ctx): Promise<void> {
  const target = targetLine(ctx);
  if (target) return openDetails(ctx, target.id);
  const details = ctx.get().details!;
  const lines = windowLines(details, ctx.size());
  const places = lines.flatMap((each, index) => (each.target ? [index] : []));
  const cursor = places.find((index) => index > topPage(details).cursor) ?? places[0];
  if (cursor === undefined) return;
  const { top } = windowPlace(placed(details, { ...topPage(details), cursor }), lines.length, ctx.size());
  ctx.set({ details: placed(details, { cursor, top }) });
}

/** Back to the page before, or to the list. */
export function closeDetails(ctx: Ctx): void {
  const { details } = ctx.get();
  if (details === null) return;
  const trail = details.trail.slice(0, -1);
  ctx.set({ details: trail.length === 0 ? null : { trail } });
}

/** The transaction on top, for what goes on with it; undefined on other pages. */
export const shownTransaction = (ctx: Ctx) => {
  const { details } = ctx.get();
  const top = details === null ? null : topPage(details).page;
  return top?.kind === 'transaction' ? top.details : undefined;
};

/** Leaves the window with the list's cursor on the transaction it shows. */
export async function showInList(ctx: Ctx): Promise<void> {
  const shown = shownTransaction(ctx);
  if (shown === undefined) return;
  ctx.set({ details: null });
  if (!(await revealTransaction(ctx, shown.id))) {
    ctx.toast(`It is on account ${shown.accountNumber}, which this history does not show.`, 'warning');
  }
}
