import { listLockbox, lockboxFiles } from '#services/lockbox/list.ts';
import { keepRow } from '#ui/table/lens.ts';
import { pageOf, shownOrPage } from '#ui/table/pages.ts';
import { PAGE } from './fetch.ts';
import { lens } from './lens.ts';
import type { LockboxContext } from './model.ts';

/** As many as were shown, anew; the cursor stays on its row or goes to the next. */
export async function load(ctx: LockboxContext): Promise<void> {
  const before = ctx.get();
  const limit = shownOrPage(before, PAGE, 1000);
  const rows = await ctx.call(listLockbox, { status: before.status, after: 0, limit });
  const [last = null] = await ctx.call(lockboxFiles, { limit: 1 });
  ctx.set({ ...pageOf(rows, limit), last });
  if (before.status === ctx.get().status) keepRow(lens, { ...ctx, tell: () => {} }, before);
}
