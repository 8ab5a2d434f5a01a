import type { NoteRow } from '#services/notes/rows.ts';
import { arrange } from '#ui/table/arrange.ts';
import { type ListState, newList } from '#ui/table/model.ts';
import type { PanelSubject } from '../../tab.ts';
import { noteColumns } from './columns.ts';

export interface NotesState {
  /** Whose the notes are; another subject starts afresh. */
  readonly subject: string;
  readonly list: ListState;
  readonly rows: readonly NoteRow[];
  readonly loaded: boolean;
  /** First line in sight of the note below the list, and whose it is. */
  readonly text: { readonly noteId: number; readonly top: number };
  /** Notes taken away since the tab was opened, the last one at the end: `u` brings it back. */
  /** `undo`: its number among the changes that can be taken back. */
  readonly removed: readonly {
    readonly noteId: number;
    readonly version: number;
    readonly subject: string;
    readonly undo: number;
  }[];
}

export const newNotes = (): NotesState => ({
  subject: '',
  list: newList(),
  rows: [],
  loaded: false,
  text: { noteId: 0, top: 0 },
  removed: [],
});

/** What the operation is asked for this subject; null when there is nobody. */
export function whose({ accountId, customerId, locationId }: PanelSubject) {
  if (accountId !== null) return { accountId };
  if (customerId !== null) return { customerId };
  return locationId === null ? null : { locationId };
}

/** The note with the cursor. */
export function selectedNote(state: NotesState): NoteRow | undefined {
  const shown = arrange(state.rows, noteColumns, state.list);
  return shown[Math.max(0, Math.min(state.list.cursor, shown.length - 1))];
}

/** First line of the selected note in sight; another note begins at its beginning. */
export const textTop = (state: NotesState, note: NoteRow | undefined): number =>
  note !== undefined && state.text.noteId === note.id ? state.text.top : 0;
