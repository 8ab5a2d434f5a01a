import { type BatchRow, listBatches } from '#services/batches/list.ts';
import { nextPage, pageOf, shownOrPage } from '#ui/table/pages.ts';
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
  const limit = shownOrPage(ctx.get(), PAGE, 500);
  ctx.set(pageOf(await read(ctx, limit), limit));
}

/** One more page of older ones. */
export const more = (ctx: BatchesContext): Promise<void> =>
  nextPage(ctx, async (before) => pageOf(await read(ctx, PAGE, before), PAGE));
