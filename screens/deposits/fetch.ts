import { listRefundable, type RefundCandidate } from '#services/deposits/refund-run.ts';
import type { DepositsContext } from './model.ts';

/** The first page of the list. */
export async function load(ctx: DepositsContext): Promise<void> {
  const { rows, next } = await ctx.call(listRefundable, { all: ctx.get().all });
  ctx.set({ rows, next, loaded: true });
}

/** One more page. */
export async function more(ctx: DepositsContext): Promise<void> {
  const { next, fetching, all } = ctx.get();
  if (next === null || fetching) return;
  ctx.set({ fetching: true });
  try {
    const page = await ctx.call(listRefundable, { all, after: next });
    if (ctx.get().next === next) ctx.set({ rows: [...ctx.get().rows, ...page.rows], next: page.next });
  } finally {
    ctx.set({ fetching: false });
  }
}

/** All rows, for copy and export. */
export async function everything(ctx: DepositsContext): Promise<readonly RefundCandidate[]> {
  while (ctx.get().next !== null) await more(ctx);
  return ctx.get().rows;
}
