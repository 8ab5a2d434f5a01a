import type { FoundNote } from '#services/notes/search.ts';
import type { ListLens } from '#ui/table/lens.ts';
import { columns } from './columns.ts';
import { more } from './fetch.ts';
import type { NoteSearchParams, NoteSearchState } from './model.ts';

/** Lines above and below the list: the text box, the rule, and the text around what was found. */
const AROUND = 4;

export const lens: ListLens<NoteSearchParams | undefined, NoteSearchState, FoundNote> = {
  scope: 'note-search',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: () => columns,
  key: (note) => note.id,
  height: (size) => Math.max(3, size.rows - AROUND),
  name: 'notes-found',
  nearEnd: more,
};
