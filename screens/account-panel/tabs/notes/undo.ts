import type { NoteFacts } from '#domain/note.ts';
import type { Call } from '#services/operation.ts';
import type { NoteRow } from '#services/notes/rows.ts';
import { deleteNote, editNote, type NoteReceipt, restoreNote } from '#services/notes/write.ts';
import { type TakeBack, UNDONE } from '#ui/undo.ts';
import type { TabContext } from '../../tab.ts';
import type { NotesState } from './model.ts';

const recordOf = (noteId: number): string => `note ${noteId}`;

/** Takes a note that was written away again. */
export const unwritten = (call: Call, { noteId, version: made }: NoteReceipt): TakeBack => ({
  record: recordOf(noteId),
  version: made,
  back: async (version) => {
    await call(deleteNote, { noteId, version }, UNDONE);
    return 0;
  },
});

/** Lets a note say again what it said before. */
export function unedited(call: Call, { noteId, version: made }: NoteReceipt, before: NoteFacts): TakeBack {
  const { level: _, ...facts } = before;
  return {
    record: recordOf(noteId),
    version: made,
    back: async (version) => (await call(editNote, { ...facts, noteId, version, attach: [] }, UNDONE)).version,
  };
}

/** Keeps a deletion for `u` of the tab, and for the key that undoes all changes. */
export function deleted(ctx: TabContext<NotesState>, note: NoteRow, { noteId, version }: NoteReceipt): void {
  const undo = ctx.undo.add({
    title: 'Delete note',
    told: true,
    record: recordOf(noteId),
    from: note.version,
    version,
    back: async (now) => {
      const restored = await ctx.call(restoreNote, { noteId, version: now }, UNDONE);
      ctx.set({ removed: ctx.get().removed.filter((one) => one.noteId !== noteId) });
      return restored.version;
    },
  });
  ctx.set({ removed: [...ctx.get().removed, { noteId, version, subject: note.subject, undo }] });
}
