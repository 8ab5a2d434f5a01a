import { formatCents } from '#domain/money.ts';
import type { BatchRow } from '#services/batches/list.ts';
import { postWholeBatch } from '#services/batches/post.ts';
import { count, counted } from '#ui/money.ts';
import type { BatchesContext } from './model.ts';

/** The runs at work, so that Esc can stop them between two steps. */
const runs = new WeakMap<BatchesContext, AbortController>();

/** Posts a batch step by step; stopped or broken off it stays as far as it is, and goes on when it is posted again. */
export async function post(ctx: BatchesContext, batch: BatchRow): Promise<void> {
  const sure = await ctx.confirm({
    title: batch.status === 'posting' ? 'Go on posting?' : 'Post batch?',
    lines: [
      `${batch.number}: ${counted(batch.count, 'item')}, ${formatCents(batch.cents)}`,
      'What is posted is changed no more; it can be reversed.',
    ],
    action: 'Post batch',
  });
  if (!sure) return;
  const run = new AbortController();
  runs.set(ctx, run);
  ctx.set({ posting: { number: batch.number, done: 0, of: null } });
  try {
    const { posted } = await postWholeBatch(ctx.call, batch.id, {
      signal: run.signal,
      progress: (_, done, of) => ctx.set({ posting: { number: batch.number, done, of } }),
    });
    ctx.toast(`Batch ${batch.number} is posted: ${counted(posted, 'transaction')}.`, 'good');
  } catch (error) {
    if (!run.signal.aborted) throw error;
    const done = count(ctx.get().posting?.done ?? 0);
    ctx.toast(`Stopped: ${done} transactions of ${batch.number} are posted. Post it again to go on.`, 'warning');
  } finally {
    runs.delete(ctx);
    ctx.set({ posting: null });
    await ctx.reload();
  }
}

/** Stops behind the step at work. */
export const stop = (ctx: BatchesContext): void => runs.get(ctx)?.abort();
