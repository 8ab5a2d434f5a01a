import { searchNotes } from '#services/notes/search.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { newList } from '#ui/table/model.ts';
import type { NoteSearchParams, NoteSearchState } from './model.ts';

export type NoteSearchContext = ScreenContext<NoteSearchParams | undefined, NoteSearchState>;

const PAGE = 100;

/** One letter says nothing and is in nearly every note. */
const LEAST = 2;

let questions = 0;

/** Looks for what is typed; what was shown stays until there is an answer. */
export async function search(ctx: NoteSearchContext): Promise<void> {
  questions += 1;
  const question = questions;
  const text = ctx.get().typed.text.trim();
  ctx.set({ asked: question });
  if (!/[\p{L}\p{N}]/u.test(text) || text.length < LEAST) {
    ctx.set({ rows: [], next: null, answered: '', list: newList() });
    return;
  }
  const { notes, next } = await ctx.call(searchNotes, { text, limit: PAGE });
  if (ctx.get().asked !== question) return;
  const again = ctx.get().answered === text;
  ctx.set({ rows: notes, next, answered: text, list: again ? ctx.get().list : newList() });
}

/** One more page of older notes. */
export async function more(ctx: NoteSearchContext): Promise<void> {
  const { next, fetching, answered, asked } = ctx.get();
  if (next === null || fetching) return;
  ctx.set({ fetching: true });
  try {
    const page = await ctx.call(searchNotes, { text: answered, limit: PAGE, cursor: next });
    if (ctx.get().asked === asked) ctx.set({ rows: [...ctx.get().rows, ...page.notes], next: page.next });
  } finally {
    ctx.set({ fetching: false });
  }
}
