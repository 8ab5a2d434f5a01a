import type { Database } from '../database.ts';
import type { Db } from '../schema.ts';
import { deletions } from './deletions.ts';
import { writeFacts } from './document.ts';
import { expand, vocabularyOf } from './keys.ts';
import { KEY_KINDS, type SubjectKind, SUBJECTS } from './kinds.ts';
import type { IndexLoader } from './index-loader.ts';
import { eachNoteWord } from './note-words.ts';
import { type Found, type Range, readAccounts, readCustomers, readLocations } from './sources.ts';

export { reindexAccount, reindexContacts, reindexCustomer, reindexLocation } from './reindex.ts';

/** How far a rebuild is. */
export interface RebuildProgress {
  readonly step: SubjectKind | 'vocabulary';
  /** Records of this step read so far. */
  readonly done: number;
}

const PAGE = 4_000;

const readers: readonly (readonly [SubjectKind, (db: Db, range: Range) => Promise<Found[]>])[] = [
  ['customer', readCustomers],
  ['location', readLocations],
  ['account', readAccounts],
];

/**
 * Makes the whole look-up index anew from the tables, in one transaction.
 * For generators, imports and repairs; a million customers take about two minutes.
 */
export async function rebuildIndex(
  database: Database,
  onProgress: (progress: RebuildProgress) => void = () => {},
): Promise<void> {
  const { file } = database;
  await withRoomToSort(file, () => database.transaction((db) => rebuildIndexIn(db, file, onProgress)));
}

/** Runs a transaction that rebuilds the index: what SQLite sorts must be settled before it begins. */
export async function withRoomToSort<T>(file: Database['file'], transaction: () => Promise<T>): Promise<T> {
  if (!file) return transaction();
  return (await import('./load-sqlite.ts')).withTemporaryFiles(file, transaction);
}

/** The same within a transaction of the caller, of which `file` is the connection on SQLite. */
export async function rebuildIndexIn(
  db: Db,
  file: Database['file'],
  onProgress: (progress: RebuildProgress) => void = () => {},
): Promise<void> {
  const loader = file
    ? (await import('./load-sqlite.ts')).sqliteLoader(file)
    : await (await import('./load-postgres.ts')).postgresLoader(db);
  const vocabulary = new Map<string, number>();
  for (const [subject, read] of readers) {
    await readAll(db, loader, vocabulary, subject, read, onProgress);
    await loader.settle();
  }
  await writeVocabulary(loader, vocabulary, onProgress);
  await eachNoteWord(db, loader.noteWords);
  await loader.end();
}

async function readAll(
  db: Db,
  loader: IndexLoader,
  vocabulary: Map<string, number>,
  subject: SubjectKind,
  read: (db: Db, range: Range) => Promise<Found[]>,
  onProgress: (progress: RebuildProgress) => void,
): Promise<void> {
  let after = 0;
  for (let done = 0; ;) {
    const page = await read(db, { after, limit: PAGE });
    for (const record of page) load(loader, vocabulary, subject, record);
    await loader.flush();
    done += page.length;
    onProgress({ step: subject, done });
    if (page.length < PAGE) return;
    after = page.at(-1)!.id;
  }
}

function load(
  loader: IndexLoader,
  vocabulary: Map<string, number>,
  subject: SubjectKind,
  { id, activity, facts }: Found,
): void {
  const known = new Set<string>();
  for (const fact of facts) {
    const kind = KEY_KINDS[fact.kind];
    for (const key of expand(fact)) loader.key(kind, key, activity, id);
    for (const word of vocabularyOf(fact)) known.add(word);
  }
  for (const word of known) vocabulary.set(word, (vocabulary.get(word) ?? 0) + 1);
  if (facts.length > 0) loader.document(SUBJECTS[subject], id, activity, writeFacts(facts));
}

async function writeVocabulary(
  loader: IndexLoader,
  vocabulary: ReadonlyMap<string, number>,
  onProgress: (progress: RebuildProgress) => void,
): Promise<void> {
  const all = [...vocabulary].sort(([a], [b]) => (a < b ? -1 : 1));
  for (let from = 0; from < all.length; from += PAGE) {
    const page = all.slice(from, from + PAGE);
    await loader.words(page);
    await loader.deletions(
      page.flatMap(([word]) => deletions(word).map((deletion): [string, string] => [deletion, word])),
    );
    onProgress({ step: 'vocabulary', done: from + page.length });
  }
}
