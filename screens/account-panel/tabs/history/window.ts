import { historyDetails } from '#services/history/details.ts';
import type { ScreenContext, Size } from '#ui/screen.ts';
import { clampList, moveList, newList, type ListState, type Move } from '#ui/table/model.ts';
import type { PanelSubject } from '../../tab.ts';
import { detailsLines, type DetailsLine } from './details.ts';
import { revealTransaction } from './load.ts';
import type { DetailsState, HistoryState } from './model.ts';

type Ctx = ScreenContext<PanelSubject, HistoryState>;

/** Lines and cells that the frame of the window takes. */
const FRAME = { rows: 2, columns: 7 } as const;

/** Lines of the transaction on top of the trail. */
export function windowLines(details: DetailsState, size: Size): readonly DetailsLine[] {
  const top = details.trail.at(-1);
  return top === undefined ? [] : detailsLines(top, size.columns - FRAME.columns);
}

/** Cursor and first line within what there is to show. */
export const windowPlace = (details: DetailsState, count: number, size: Size): ListState =>
  clampList(place(details), { count, height: Math.max(1, size.rows - FRAME.rows) });

const place = ({ cursor, top }: DetailsState): ListState => ({ ...newList(), cursor, top });

export function moveInWindow(ctx: Ctx, move: Move): void {
  const { details } = ctx.get();
  if (details === null) return;
  const count = windowLines(details, ctx.size()).length;
  const { cursor, top } = moveList(place(details), move, { count, height: ctx.size().rows - FRAME.rows });
  ctx.set({ details: { ...details, cursor, top } });
}

/** Opens a transaction over the list, or over the one it was reached from. */
export async function openDetails(ctx: Ctx, transactionId: number): Promise<void> {
  const { subject } = ctx.get();
  const details = await ctx.call(historyDetails, { transactionId });
  const now = ctx.get();
  if (now.subject !== subject) return;
  ctx.set({ details: { trail: [...(now.details?.trail ?? []), details], cursor: 0, top: 0 } });
}

/** The transaction that the line with the cursor speaks of. */
function targetLine(ctx: Ctx): DetailsLine['target'] | undefined {
  const { details } = ctx.get();
  return details === null ? undefined : windowLines(details, ctx.size())[details.cursor]?.target;
}

/** Whether the transaction shown is tied to any other. */
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
  const cursor = places.find((index) => index > details.cursor) ?? places[0];
  if (cursor === undefined) return;
  const { top } = windowPlace({ ...details, cursor }, lines.length, ctx.size());
  ctx.set({ details: { ...details, cursor, top } });
}

/** Back to the transaction before, or to the list. */
export function closeDetails(ctx: Ctx): void {
  const { details } = ctx.get();
  if (details === null) return;
  const trail = details.trail.slice(0, -1);
  ctx.set({ details: trail.length === 0 ? null : { trail, cursor: 0, top: 0 } });
}

/** Leaves the window with the list's cursor on the transaction it shows. */
export async function showInList(ctx: Ctx): Promise<void> {
  const shown = ctx.get().details?.trail.at(-1);
  if (shown === undefined) return;
  ctx.set({ details: null });
  if (!(await revealTransaction(ctx, shown.id))) {
    ctx.toast(`It is on account ${shown.accountNumber}, which this history does not show.`, 'warning');
  }
}
