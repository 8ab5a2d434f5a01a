import type { ScreenContext } from '../screen.ts';

/** Rows that are fetched page by page as the cursor comes to their end. */
export interface Pages<R> {
  readonly rows: readonly R[];
  /** Where further rows begin; null when all are here. */
  readonly next: number | null;
  readonly fetching: boolean;
}

/** One page as an operation answers it. */
export type Page<R> = Pick<Pages<R>, 'rows' | 'next'>;

export const noPages: Pages<never> = { rows: [], next: null, fetching: false };

/** The page of an operation that answers rows alone: where it is full, further ones begin behind its last. */
export const pageOf = <R extends { readonly id: number }>(rows: readonly R[], limit: number): Page<R> => ({
  rows,
  next: rows.length < limit ? null : rows.at(-1)!.id,
});

/** As many rows as were shown, or a page of them. */
export const shownOrPage = ({ rows }: Pages<unknown>, page: number, most: number): number =>
  Math.min(most, Math.max(page, rows.length));

/** Fetches one more page, one at a time; of a list that was read anew meanwhile it is not added. */
export async function nextPage<P, S extends Pages<R>, R>(
  ctx: ScreenContext<P, S>,
  read: (after: number) => Promise<Page<R>>,
): Promise<void> {
  const set = (pages: Partial<Pages<R>>): void => ctx.set(pages as Partial<S>);
  const { next, fetching } = ctx.get();
  if (next === null || fetching) return;
  set({ fetching: true });
  try {
    const page = await read(next);
    if (ctx.get().next === next) set({ rows: [...ctx.get().rows, ...page.rows], next: page.next });
  } finally {
    set({ fetching: false });
  }
}

/** All rows, for copy and export. */
export async function allPages<P, S extends Pages<R>, R>(
  ctx: ScreenContext<P, S>,
  more: (ctx: ScreenContext<P, S>) => Promise<void>,
): Promise<readonly R[]> {
  while (ctx.get().next !== null) await more(ctx);
  return ctx.get().rows;
}
