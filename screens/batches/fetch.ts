import { type BatchRow, listBatches } from '#services/batches/list.ts';
import type { BatchesContext } from './model.ts';

const PAGE = 100;

function read(ctx: BatchesContext, limit: number, before?: number): Promise<BatchRow[]> {
  const { status, kind, mine } = ctx.get();
  return ctx.call(listBatches, {
    status,
    mine,
    limit,
    ...(kind === null ? {} : { kind }),
    ...(before === undefined ? {} : { before }),
  });
}

/** As many as were shown, anew. */
export async function load(ctx: BatchesContext): Promise<void> {
  const limit = Math.min(500, Math.max(PAGE, ctx.get().rows.length));
  const rows = await read(ctx, limit);
  ctx.set({ rows, more: rows.length === limit });
}

/** One more page of older ones. */
export async function more(ctx: BatchesContext): Promise<void> {
  const { rows, more: older, fetching } = ctx.get();
  if (!older || fetching) return;
  ctx.set({ fetching: true });
  try {
    const page = await read(ctx, PAGE, rows.at(-1)!.id);
    ctx.set({ rows: [...ctx.get().rows, ...page], more: page.length === PAGE });
  } finally {
    ctx.set({ fetching: false });
  }
}
