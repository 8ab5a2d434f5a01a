import type { NoteRow } from '#services/notes/rows.ts';
import type { Size } from '#ui/screen.ts';
import { TABLE_CHROME } from '#ui/table/chrome.ts';
import type { ListLens } from '#ui/table/lens.ts';
import type { PanelSubject } from '../../tab.ts';
import { noteColumns } from './columns.ts';
import type { NotesState } from './model.ts';

/** Heading, one row and status line of the list: it never gets less. */
const LEAST = 4;

/** Lines of the list, and of the note's text below the rule between them: what a short list leaves, the text gets. */
export function notesLayout({ rows }: Size, { rows: notes }: NotesState): { list: number; text: number } {
  const room = Math.max(LEAST + 2, rows - 1);
  const most = room - Math.max(2, Math.floor(room * 0.45));
  const list = Math.min(most, Math.max(LEAST, notes.length + TABLE_CHROME));
  return { list, text: room - list };
}

export const notesLens: ListLens<PanelSubject, NotesState, NoteRow> = {
  scope: 'notes',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: () => noteColumns,
  key: (note) => note.id,
  height: (size, state) => notesLayout(size, state).list,
  name: 'notes',
};
