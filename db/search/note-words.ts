import { foldText } from '#domain/matching.ts';
import type { Db } from '../schema.ts';

/** What a note says. */
export interface NoteText {
  readonly subject: string;
  readonly body: string;
}

const LONGEST = 40;
const PAGE = 2_000;

/** The words by which a note is found: of its subject and its text, each once. */
export function noteWords({ subject, body }: NoteText): string[] {
  const words = foldText(`${subject}\n${body}`).split(/[^\p{L}\p{N}]+/u);
  return [...new Set(words.filter((word) => word !== '').map((word) => word.slice(0, LONGEST).toWellFormed()))];
}

/** Brings the index up to what a note says now; `before` is what it said. In the transaction that changes it. */
export async function indexNote(db: Db, noteId: number, now: NoteText, before: NoteText | null): Promise<void> {
  const wanted = new Set(noteWords(now));
  const had = new Set(before === null ? [] : noteWords(before));
  const gone = [...had].filter((word) => !wanted.has(word));
  const added = [...wanted].filter((word) => !had.has(word));
  for (let at = 0; at < gone.length; at += 200) {
    await db
      .deleteFrom('note_word')
      .where('note_id', '=', noteId)
      .where('word', 'in', gone.slice(at, at + 200))
      .execute();
  }
  for (let at = 0; at < added.length; at += 200) {
    await db
      .insertInto('note_word')
      .values(added.slice(at, at + 200).map((word) => ({ word, note_id: noteId })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Every word of every note, handed on by pages; for rebuilding the whole index. */
export async function eachNoteWord(
  db: Db,
  take: (pairs: readonly (readonly [word: string, noteId: number])[]) => Promise<void>,
): Promise<void> {
  for (let after = 0; ;) {
    const notes = await db
      .selectFrom('note')
      .select(['id', 'subject', 'body'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    await take(notes.flatMap((note) => noteWords(note).map((word) => [word, note.id] as const)));
    if (notes.length < PAGE) return;
    after = notes.at(-1)!.id;
  }
}
