import { noteHistory } from './history.ts';
import { getNote, listNotes } from './read.ts';
import { addNote, deleteNote, editNote, restoreNote } from './write.ts';

export const noteOperations = [listNotes, getNote, noteHistory, addNote, editNote, deleteNote, restoreNote] as const;
