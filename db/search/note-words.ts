import { foldText } from '#domain/matching.ts';
import type { Db } from '../schema.ts';

const LONGEST = 40;
const PAGE = 2_000;

/** The words of a text, each once, as they are looked up: without accents and capitals. */
export function wordsOf(text: string): string[] {
  const words = foldText(text).split(/[^\p{L}\p{N}]+/u);
  return [...new Set(words.filter((word) => word !== '').map((word) => word.slice(0, LONGEST).toWellFormed()))];
}

/** Notes with the names of their codes. */
const notes = (db: Db) =>
  db
    .selectFrom('note as n')
    .leftJoin('code_value as ty', (on) => on.on('ty.table_name', '=', 'note_type').onRef('ty.code', '=', 'n.type'))
    .leftJoin('code_value as us', (on) =>
      on.on('us.table_name', '=', 'note_used_for').onRef('us.code', '=', 'n.used_for'),
    )
    .select(['n.id', 'n.subject', 'n.body', 'n.level', 'n.type', 'n.used_for as usedFor'])
    .select(['n.created_on as createdOn', 'n.created_by as createdBy', 'n.grace_on as graceOn'])
    .select(['n.expires_on as expiresOn', 'n.message_center as inMessages', 'n.payment_center as atPayments'])
    .select(['ty.name as typeName', 'us.name as usedForName']);

type IndexedNote = Awaited<ReturnType<ReturnType<typeof notes>['execute']>>[number];

/** By what a note is found: each of its fields, and the files that hang on it. */
const textOf = (note: IndexedNote, attached: readonly string[]): string =>
  [
    note.subject,
    note.body,
    note.level,
    note.typeName ?? note.type,
    note.usedForName ?? note.usedFor,
    note.createdOn,
    note.createdBy,
    note.graceOn,
    note.expiresOn,
    note.inMessages === 1 ? 'message center' : null,
    note.atPayments === 1 ? 'payment center' : null,
    ...attached,
  ]
    .filter((part) => part !== null)
    .join('\n');

/** What their attachments are called. Secure ones, and those for some only, nobody finds by their names. */
async function attachedTo(db: Db, ids: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await db
    .selectFrom('document as d')
    .innerJoin('document_version as v', 'v.document_id', 'd.id')
    .select(['d.note_id as noteId', 'd.description', 'v.file_name as fileName'])
    .where('d.note_id', 'in', ids)
    .where('d.removed_at', 'is', null)
    .where('d.access_level', '=', 1)
    .where('v.sealed', '=', 0)
    .execute();
  const names = new Map<number, string[]>();
  for (const { noteId, description, fileName } of rows) {
    names.set(noteId!, [...(names.get(noteId!) ?? []), description, fileName]);
  }
  return names;
}

/** All words by which a note is found as it is stored at this moment; none when it is not there. */
export async function noteWordsNow(db: Db, noteId: number): Promise<string[]> {
  const note = await notes(db).where('n.id', '=', noteId).executeTakeFirst();
  if (!note) return [];
  return wordsOf(textOf(note, (await attachedTo(db, [noteId])).get(noteId) ?? []));
}

/** Brings the index from the words that it had up to what the note says now. In the transaction that changes it. */
export async function indexNote(db: Db, noteId: number, had: readonly string[]): Promise<void> {
  const wanted = new Set(await noteWordsNow(db, noteId));
  const before = new Set(had);
  const gone = had.filter((word) => !wanted.has(word));
  const added = [...wanted].filter((word) => !before.has(word));
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
    const page = await notes(db).where('n.id', '>', after).orderBy('n.id').limit(PAGE).execute();
    const attached =
      page.length === 0
        ? new Map()
        : await attachedTo(
            db,
            page.map(({ id }) => id),
          );
    await take(
      page.flatMap((note) =>
        wordsOf(textOf(note, attached.get(note.id) ?? [])).map((word) => [word, note.id] as const),
      ),
    );
    if (page.length < PAGE) return;
    after = page.at(-1)!.id;
  }
}
