import { listSpecialCharges } from '#services/corrections/special-charges.ts';
import { historyAgeing } from '#services/history/ageing.ts';
import { historyTotals, listHistory, type HistoryRow } from '#services/history/list.ts';
import { historyChoices } from '#services/history/statements.ts';
import { TABLE_CHROME } from '#ui/table/chrome.ts';
import { newList } from '#ui/table/model.ts';
import type { ScreenContext } from '#ui/screen.ts';
import type { PanelSubject } from '../../tab.ts';
import { chromeRows } from './chrome.ts';
import { type HistoryState, newHistory, questionOf, scopesOf, subjectKey, whomOf } from './model.ts';

type Ctx = ScreenContext<PanelSubject, HistoryState>;

/**
 * Rows of the first page: more than a screen shows, so few that a long history opens as fast as one
 * of ten rows (measured: 1.2 times as long; a hundred rows took 1.5 times as long).
 */
export const FIRST_PAGE = 40;
/** Rows of each later page, and the most that are fetched at once when all are needed. */
const PAGE = 100;
const MOST = 2000;

/** Fetches the first rows. What was seen of a longer history stays. */
export async function loadHistory(ctx: Ctx): Promise<void> {
  const subject = subjectKey(ctx.params);
  const before = ctx.get();
  const kept = before.subject === subject ? before : newHistory();
  const [nearest] = scopesOf(ctx.params);
  const base: HistoryState = kept === before ? kept : { ...kept, subject, scope: nearest ?? 'account' };
  const question = questionOf(base, ctx.params);
  if (question === null) return ctx.set({ ...base, loaded: true });
  const limit = Math.min(MOST, Math.max(FIRST_PAGE, ctx.size().rows, kept === before ? base.rows.length : 0));
  const page = await ctx.call(listHistory, { ...question, limit });
  // Of a subject already shown only what was fetched is set: the operator may have moved on meanwhile.
  const now = ctx.get().subject === subject ? ctx.get() : base;
  ctx.set({
    ...(now === base ? base : {}),
    rows: page.rows,
    next: page.next,
    standing: page.standing,
    fetching: false,
    loaded: true,
  });
  followRow(ctx, now, page.rows);
}

/** Sums, ageing and the parts by which it can be viewed: they read more than is in sight, so they come after it. */
export async function followHistory(ctx: Ctx): Promise<void> {
  const state = ctx.get();
  const { subject, asOf } = state;
  const question = questionOf(state, ctx.params);
  if (question === null) return;
  // Of another view by now: what belongs to that one is on its way.
  const stale = (): boolean => {
    const now = ctx.get();
    return now.subject !== subject || now.picked !== state.picked || now.asOf !== asOf || now.scope !== state.scope;
  };
  const totals = await ctx.call(historyTotals, question);
  if (stale()) return;
  ctx.set({ totals });
  const ageing = await ctx.call(historyAgeing, { ...whomOf(state, ctx.params), ...(asOf === null ? {} : { asOf }) });
  if (stale()) return;
  ctx.set({ ageing });
  if (ctx.params.accountId === null) return;
  const waiting = await ctx.call(listSpecialCharges, { accountId: ctx.params.accountId, all: false });
  if (stale()) return;
  ctx.set({
    waitingCents: waiting.reduce((sum, { amountCents }) => sum + amountCents, 0),
    waitingTaxed: waiting.some(({ taxable }) => taxable === 1),
  });
  const choices = await ctx.call(historyChoices, { accountId: ctx.params.accountId });
  if (ctx.get().subject === subject) ctx.set({ choices });
}

/** The cursor stays on its transaction when rows came in above it. */
function followRow(ctx: Ctx, before: HistoryState, rows: readonly HistoryRow[]): void {
  const { list } = before;
  if (list.sort !== null || list.filter !== '' || list.cursor === 0) return;
  const current = before.rows[list.cursor];
  const place = current === undefined ? -1 : rows.findIndex((row) => row.id === current.id);
  if (place < 0 || place === list.cursor) return;
  // At the top of the list what came in stays in sight.
  const atTop = list.top === 0 && place < ctx.size().rows - chromeRows(ctx.size()) - TABLE_CHROME;
  ctx.set({ list: { ...list, cursor: place, top: atTop ? 0 : Math.max(0, list.top + place - list.cursor) } });
}

/** One more page, or with `all` everything that is left: sorting and filtering need it. */
export async function fetchMore(ctx: Ctx, all = false): Promise<void> {
  for (;;) {
    const { subject, next, fetching } = ctx.get();
    const question = questionOf(ctx.get(), ctx.params);
    if (next === null || fetching || question === null) return;
    ctx.set({ fetching: true });
    try {
      const page = await ctx.call(listHistory, { ...question, limit: all ? MOST : PAGE, cursor: next });
      const now = ctx.get();
      // Something newer was loaded meanwhile: this page belongs to what is gone.
      if (now.subject !== subject || now.next !== next) return;
      ctx.set({ rows: [...now.rows, ...page.rows], next: page.next });
    } finally {
      ctx.set({ fetching: false });
    }
    if (!all) return;
  }
}

/** Every row of the view as picked, for copy and export. */
export async function allRows(ctx: Ctx): Promise<readonly HistoryRow[]> {
  await fetchMore(ctx, true);
  return ctx.get().rows;
}

/** Another part of the history: from its newest row. */
export async function show(ctx: Ctx, patch: Partial<HistoryState>): Promise<void> {
  ctx.set({ ...patch, list: newList(), rows: [], next: null, totals: null, ageing: null, loaded: false });
  await loadHistory(ctx);
  await followHistory(ctx);
}

/** Puts the cursor on a transaction, fetching and widening the view until it is among the rows. */
export async function revealTransaction(ctx: Ctx, id: number): Promise<boolean> {
  const place = () => ctx.get().rows.findIndex((row) => row.id === id);
  const { picked, asOf, list } = ctx.get();
  if (place() < 0) await fetchMore(ctx, true);
  if (place() < 0 && (picked.view !== 'all' || asOf !== null)) {
    await show(ctx, { picked: newHistory().picked, asOf: null });
    if (place() < 0) await fetchMore(ctx, true);
  }
  if (place() < 0 && ctx.get().scope === 'account' && ctx.params.customerId !== null) {
    await show(ctx, { picked: newHistory().picked, asOf: null, scope: 'customer' });
    if (place() < 0) await fetchMore(ctx, true);
  }
  const found = place();
  if (found < 0) return false;
  const page = Math.max(1, ctx.size().rows - 4);
  ctx.set({ list: { ...newList(), marks: list.marks, cursor: found, top: Math.max(0, found - (page >> 1)) } });
  return true;
}
