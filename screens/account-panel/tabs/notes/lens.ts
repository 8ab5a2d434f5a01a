import type { NoteRow } from '#services/notes/rows.ts';
import type { Size } from '#ui/screen.ts';
import type { ListLens } from '#ui/table/lens.ts';
import type { PanelSubject } from '../../tab.ts';
import { noteColumns } from './columns.ts';
import type { NotesState } from './model.ts';

/** Lines of the list, and of the note's text below the rule between them. */
export function notesLayout({ rows }: Size): { list: number; text: number } {
  const room = Math.max(5, rows - 1);
  const text = Math.max(2, Math.min(16, Math.floor(room * 0.45)));
  return { list: room - text, text };
}

export const notesLens: ListLens<PanelSubject, NotesState, NoteRow> = {
  scope: 'notes',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: () => noteColumns,
  key: (note) => note.id,
  height: (size) => notesLayout(size).list,
  name: 'notes',
};
