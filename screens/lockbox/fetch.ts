import { listLockbox, lockboxFiles } from '#services/lockbox/list.ts';
import { keepRow } from '#ui/table/lens.ts';
import { lens } from './lens.ts';
import type { LockboxContext } from './model.ts';

const PAGE = 200;

/** As many as were shown, anew; the cursor stays on its row or goes to the next. */
export async function load(ctx: LockboxContext): Promise<void> {
  const before = ctx.get();
  const limit = Math.min(1000, Math.max(PAGE, before.rows.length));
  const rows = await ctx.call(listLockbox, { status: before.status, after: 0, limit });
  const [last = null] = await ctx.call(lockboxFiles, { limit: 1 });
  ctx.set({ rows, last, more: rows.length === limit });
  if (before.status === ctx.get().status) keepRow(lens, { ...ctx, tell: () => {} }, before);
}

/** One more page. */
export async function more(ctx: LockboxContext): Promise<void> {
  const { rows, more: follow, fetching, status } = ctx.get();
  if (!follow || fetching) return;
  ctx.set({ fetching: true });
  try {
    const page = await ctx.call(listLockbox, { status, after: rows.at(-1)!.id, limit: PAGE });
    ctx.set({ rows: [...ctx.get().rows, ...page], more: page.length === PAGE });
  } finally {
    ctx.set({ fetching: false });
  }
}
