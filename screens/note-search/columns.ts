import type { NoteLevel } from '#domain/note.ts';
import type { FoundNote } from '#services/notes/search.ts';
import type { Column } from '#ui/table/columns.ts';

const LEVELS: Readonly<Record<NoteLevel, string>> = { account: 'Account', customer: 'Customer', location: 'Location' };

export const columns: readonly Column<FoundNote>[] = [
  { id: 'created', title: 'Created', min: 10, priority: 8, text: (note) => note.createdOn },
  { id: 'number', title: 'Number', min: 10, max: 16, grow: 1, priority: 7, text: (note) => note.number },
  { id: 'name', title: 'Name or street', min: 14, max: 28, grow: 2, priority: 6, text: (note) => note.name },
  { id: 'subject', title: 'Subject', min: 20, grow: 4, priority: 9, text: (note) => note.subject },
  { id: 'level', title: 'Level', min: 8, priority: 3, text: (note) => LEVELS[note.level] },
  { id: 'type', title: 'Type', min: 9, max: 16, priority: 4, grow: 1, text: (note) => note.typeName },
  { id: 'by', title: 'By', min: 8, max: 14, priority: 2, text: (note) => note.createdBy },
  { id: 'used', title: 'Used for', min: 9, max: 18, priority: 1, grow: 1, text: (note) => note.usedForName ?? '' },
  { id: 'grace', title: 'Grace', min: 10, priority: 1, text: (note) => note.graceOn ?? '' },
  { id: 'expires', title: 'Expires', min: 10, priority: 0, text: (note) => note.expiresOn ?? '' },
  { id: 'excerpt', title: 'Note', min: 40, grow: 6, priority: 0, text: (note) => note.excerpt },
];
