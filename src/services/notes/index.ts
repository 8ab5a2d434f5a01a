import { noteHistory } from './history.ts';
import { getNote, listNotes } from './read.ts';
import { searchNotes } from './search.ts';
import { addNote, deleteNote, editNote, restoreNote } from './write.ts';

export const noteOperations = [
  searchNotes,
  listNotes,
  getNote,
  noteHistory,
  addNote,
  editNote,
  deleteNote,
  restoreNote,
] as const;
