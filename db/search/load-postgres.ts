import { sql } from 'kysely';
import { unhurried } from '../derived-postgres.ts';
import type { Db } from '../schema.ts';
import type { IndexLoader } from './index-loader.ts';

/** Columns of one statement as arrays: one parameter each, however many rows. */
interface Columns {
  readonly a: unknown[];
  readonly b: unknown[];
  readonly c: unknown[];
  readonly d: unknown[];
}

const columns = (): Columns => ({ a: [], b: [], c: [], d: [] });

/** Loads by arrays, a page of records a statement. Works inside the transaction of `db`. */
export async function postgresLoader(db: Db): Promise<IndexLoader> {
  await unhurried(db);
  await sql`truncate search_key, search_document, search_word, search_deletion, note_word`.execute(db);
  let keys = columns();
  let documents = columns();
  return {
    key: (kind, key, activity, subjectId) => {
      keys.a.push(kind);
      keys.b.push(key);
      keys.c.push(activity);
      keys.d.push(subjectId);
    },
    document: (subject, subjectId, activity, facts) => {
      documents.a.push(subject);
      documents.b.push(subjectId);
      documents.c.push(activity);
      documents.d.push(facts);
    },
    flush: async () => {
      await sql`insert into search_key select * from unnest(${keys.a}::smallint[], ${keys.b}::text[], ${keys.c}::smallint[], ${keys.d}::bigint[])
        on conflict do nothing`.execute(db);
      await sql`insert into search_document
        select * from unnest(${documents.a}::smallint[], ${documents.b}::bigint[], ${documents.c}::smallint[], ${documents.d}::text[])`.execute(
        db,
      );
      keys = columns();
      documents = columns();
    },
    settle: async () => {},
    words: async (words) => {
      await sql`insert into search_word select * from unnest(${words.map(([word]) => word)}::text[],
        ${words.map(([, uses]) => uses)}::bigint[])`.execute(db);
    },
    deletions: async (pairs) => {
      await sql`insert into search_deletion select * from unnest(${pairs.map(([deletion]) => deletion)}::text[],
        ${pairs.map(([, word]) => word)}::text[]) on conflict do nothing`.execute(db);
    },
    noteWords: async (pairs) => {
      await sql`insert into note_word select * from unnest(${pairs.map(([word]) => word)}::text[],
        ${pairs.map(([, noteId]) => noteId)}::bigint[])`.execute(db);
    },
    end: async () => {},
  };
}
