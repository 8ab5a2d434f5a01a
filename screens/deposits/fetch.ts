import { listRefundable, type RefundCandidate } from '#services/deposits/refund-run.ts';
import { allPages, nextPage } from '#ui/table/pages.ts';
import type { DepositsContext } from './model.ts';

/** The first page of the list. */
export async function load(ctx: DepositsContext): Promise<void> {
  const { rows, next } = await ctx.call(listRefundable, { all: ctx.get().all });
  ctx.set({ rows, next, loaded: true });
}

/** One more page. */
export const more = (ctx: DepositsContext): Promise<void> =>
  nextPage(ctx, (after) => ctx.call(listRefundable, { all: ctx.get().all, after }));

/** All rows, for copy and export. */
export const everything = (ctx: DepositsContext): Promise<readonly RefundCandidate[]> => allPages(ctx, more);
