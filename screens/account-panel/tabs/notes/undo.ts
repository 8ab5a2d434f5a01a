import type { NoteFacts } from '#domain/note.ts';
import type { Call } from '#services/operation.ts';
import type { NoteRow } from '#services/notes/rows.ts';
import { deleteNote, editNote, type NoteReceipt, restoreNote } from '#services/notes/write.ts';
import { type TakeBack, takingBack } from '#ui/undo.ts';
import type { TabContext } from '../../tab.ts';
import type { NotesState } from './model.ts';

const recordOf = (noteId: number): string => `note ${noteId}`;

/** Takes a note that was written away again. */
export const unwritten = (call: Call, { noteId, version: made }: NoteReceipt): TakeBack =>
  takingBack(recordOf(noteId), made, (version, how) => call(deleteNote, { noteId, version }, how));

/** Lets a note say again what it said before. */
export function unedited(call: Call, { noteId, version: made }: NoteReceipt, before: NoteFacts): TakeBack {
  const { level: _, ...facts } = before;
  return takingBack(recordOf(noteId), made, (version, how) =>
    call(editNote, { ...facts, noteId, version, attach: [] }, how),
  );
}

/** Keeps a deletion for `u` of the tab, and for the key that undoes all changes. */
export function deleted(ctx: TabContext<NotesState>, note: NoteRow, { noteId, version }: NoteReceipt): void {
  const undo = ctx.undo.add({
    title: 'Delete note',
    told: true,
    from: note.version,
    ...takingBack(recordOf(noteId), version, async (now, how) => {
      const restored = await ctx.call(restoreNote, { noteId, version: now }, how);
      ctx.set({ removed: ctx.get().removed.filter((one) => one.noteId !== noteId) });
      return restored;
    }),
  });
  ctx.set({ removed: [...ctx.get().removed, { noteId, version, subject: note.subject, undo }] });
}
