import { insertRows, pieces } from '../bulk.ts';
import type { Db } from '../schema.ts';
import { deletions } from './deletions.ts';
import { writeFacts } from './document.ts';
import { expand, vocabularyOf } from './keys.ts';
import { KEY_KINDS, type SubjectKind, SUBJECTS } from './kinds.ts';
import { type Found, type Range, readAccounts, readCustomers, readLocations } from './sources.ts';

const PAGE = 2000;

const READERS: Readonly<Record<SubjectKind, (db: Db, range: Range) => Promise<Found[]>>> = {
  customer: readCustomers,
  location: readLocations,
  account: readAccounts,
};

/** Records of one import or run, by kind; all are new. */
export type NewRecords = Readonly<Record<SubjectKind, ReadonlySet<number>>>;

/**
 * Indexes many records that were made in this transaction and are not in the index yet: a
 * statement for hundreds of rows, where {@link file://./reindex.ts} compares one by one.
 */
export async function indexNew(db: Db, made: NewRecords, onProgress: (done: number) => void = () => {}): Promise<void> {
  const vocabulary = new Map<string, number>();
  let done = 0;
  for (const [subject, read] of Object.entries(READERS) as [SubjectKind, (typeof READERS)[SubjectKind]][]) {
    const ids = [...made[subject]].sort((a, b) => a - b);
    const last = ids.at(-1) ?? -1;
    let after = (ids[0] ?? 0) - 1;
    while (after < last) {
      const page = await read(db, { after, limit: PAGE });
      await addPage(
        db,
        subject,
        page.filter((record) => made[subject].has(record.id)),
        vocabulary,
      );
      after = page.at(-1)?.id ?? last;
      onProgress((done += page.length));
    }
  }
  await addVocabulary(db, vocabulary);
}

async function addPage(
  db: Db,
  subject: SubjectKind,
  page: readonly Found[],
  vocabulary: Map<string, number>,
): Promise<void> {
  const keys = page.flatMap(({ id, activity, facts }) =>
    [...new Set(facts.flatMap((fact) => expand(fact).map((key) => `${KEY_KINDS[fact.kind]} ${key}`)))].map((text) => {
      const space = text.indexOf(' ');
      return { kind: Number(text.slice(0, space)), key: text.slice(space + 1), activity, subject_id: id };
    }),
  );
  await insertRows(db, 'search_key', keys);
  const documents = page
    .filter(({ facts }) => facts.length > 0)
    .map(({ id, activity, facts }) => ({
      subject: SUBJECTS[subject],
      subject_id: id,
      activity,
      facts: writeFacts(facts),
    }));
  await insertRows(db, 'search_document', documents);
  for (const { facts } of page) {
    for (const word of new Set(facts.flatMap(vocabularyOf))) vocabulary.set(word, (vocabulary.get(word) ?? 0) + 1);
  }
}

async function addVocabulary(db: Db, vocabulary: ReadonlyMap<string, number>): Promise<void> {
  const words = [...vocabulary].map(([word, uses]) => ({ word, uses })).sort((a, b) => (a.word < b.word ? -1 : 1));
  for (const some of pieces(words)) {
    await db
      .insertInto('search_word')
      .values(some)
      .onConflict((conflict) =>
        conflict.column('word').doUpdateSet((eb) => ({ uses: eb('search_word.uses', '+', eb.ref('excluded.uses')) })),
      )
      .execute();
    for (const rows of pieces(
      some.flatMap(({ word }) => deletions(word).map((deletion) => ({ deletion, word }))),
      2000,
    )) {
      await db
        .insertInto('search_deletion')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  }
}
