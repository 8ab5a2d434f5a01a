import { listNotes } from '#services/notes/read.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { keepRow } from '#ui/table/lens.ts';
import type { PanelSubject } from '../../tab.ts';
import { notesLens } from './lens.ts';
import { newNotes, selectedNote, type NotesState, whose } from './model.ts';

type Ctx = ScreenContext<PanelSubject, NotesState>;

/** Fetches the notes; the cursor stays on its note when others come or go. */
export async function loadNotes(ctx: Ctx): Promise<void> {
  const owner = whose(ctx.params);
  const subject = JSON.stringify(owner);
  const before = ctx.get();
  const kept = before.subject === subject ? before : newNotes();
  const rows = owner === null ? [] : await ctx.call(listNotes, { ...owner, text: '' });
  const shown = ctx.get().subject === subject;
  const now = shown ? ctx.get() : kept;
  ctx.set({ ...(shown ? {} : kept), subject, rows, loaded: true });
  if (shown) keepRow(notesLens, ctx, now);
}

/** The cursor on a note; a filter that hides it is dropped. */
export function revealNote(ctx: Ctx, noteId: number): void {
  const state = ctx.get();
  if (state.list.filter !== '' && state.rows.some((note) => note.id === noteId)) {
    ctx.set({ list: { ...state.list, filter: '', filtering: false } });
  }
  const { list } = ctx.get();
  const wanted = { ...ctx.get() };
  for (let cursor = 0; cursor < state.rows.length; cursor += 1) {
    if (selectedNote({ ...wanted, list: { ...list, cursor } })?.id !== noteId) continue;
    if (cursor !== list.cursor)
      ctx.set({ list: { ...list, cursor, top: Math.max(0, list.top + cursor - list.cursor) } });
    return;
  }
}
