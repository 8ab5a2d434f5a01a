import type { FoundNote } from '#services/notes/search.ts';
import { emptyField, type FieldState } from '#ui/field/model.ts';
import { type ListState, newList } from '#ui/table/model.ts';

/** What opens the screen: words to look for at once. */
export interface NoteSearchParams {
  readonly text?: string;
}

export interface NoteSearchState {
  readonly typed: FieldState;
  /** The text box has the keys; otherwise the list. */
  readonly typing: boolean;
  readonly list: ListState;
  readonly rows: readonly FoundNote[];
  /** Where older notes begin; null when all are here. */
  readonly next: string | null;
  /** Number of the latest question; answers to earlier ones are dropped. */
  readonly asked: number;
  /** The words that `rows` answer; empty before the first answer. */
  readonly answered: string;
  readonly fetching: boolean;
}

export const createNoteSearch = (params: NoteSearchParams | undefined): NoteSearchState => ({
  typed: emptyField(params?.text ?? ''),
  typing: true,
  list: newList(),
  rows: [],
  next: null,
  asked: 0,
  answered: '',
  fetching: false,
});
