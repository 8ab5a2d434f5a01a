import { listLockbox } from '#services/lockbox/list.ts';
import { nextPage, pageOf } from '#ui/table/pages.ts';
import type { LockboxContext } from './model.ts';

/** Rows of a page. */
export const PAGE = 200;

/** One more page. */
export const more = (ctx: LockboxContext): Promise<void> =>
  nextPage(ctx, async (after) =>
    pageOf(await ctx.call(listLockbox, { status: ctx.get().status, after, limit: PAGE }), PAGE),
  );
