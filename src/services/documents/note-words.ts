import { indexNote, noteWordsNow } from '#db/search/note-words.ts';
import type { CommandContext } from '../operation.ts';

/** Does what changes the attachments of a note, and has the note found by what they are called then. */
export async function withNoteWords<T>(
  { db }: Pick<CommandContext, 'db'>,
  noteId: number | null | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (noteId === null || noteId === undefined) return work();
  const had = await noteWordsNow(db, noteId);
  const done = await work();
  await indexNote(db, noteId, had);
  return done;
}
