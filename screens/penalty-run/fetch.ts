import { listPenalties, listPenaltyRuns, type PenaltyCandidateRow } from '#services/penalties/review.ts';
import { allPages, nextPage, shownOrPage } from '#ui/table/pages.ts';
import type { PenaltyRunContext } from './model.ts';

const PAGE = 1000;

/** The run and its first accounts; as many as were there before, so that the cursor finds its row. */
export async function load(ctx: PenaltyRunContext): Promise<void> {
  const { shown } = ctx.get();
  const runId = ctx.get().runId ?? (await runMeant(ctx));
  if (runId === undefined) return ctx.set({ loaded: true, missing: ctx.params?.number ?? null });
  const limit = shownOrPage(ctx.get(), PAGE, 2000);
  const { run, rows, next } = await ctx.call(listPenalties, { runId, status: shown, limit });
  ctx.set({ runId, run, rows, next, loaded: true });
}

/** The run of that number, else the latest one. */
async function runMeant(ctx: PenaltyRunContext): Promise<number | undefined> {
  const runs = await ctx.call(listPenaltyRuns, { limit: 200 });
  const { number } = ctx.params ?? {};
  if (number === undefined) return runs[0]?.id;
  const meant = new Set([number, numbered(number)]);
  return runs.find((run) => meant.has(run.number))?.id;
}

/** `12` is P000012. */
const numbered = (typed: string): string => (/^\d+$/.test(typed) ? `P${typed.padStart(6, '0')}` : typed);

/** One more page. */
export const more = (ctx: PenaltyRunContext): Promise<void> =>
  nextPage(ctx, (after) => {
    const { runId, shown } = ctx.get();
    return ctx.call(listPenalties, { runId: runId!, status: shown, after, limit: PAGE });
  });

/** All accounts, for copy and export. */
export const everything = (ctx: PenaltyRunContext): Promise<readonly PenaltyCandidateRow[]> => allPages(ctx, more);
