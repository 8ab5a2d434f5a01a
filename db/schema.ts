import type { InferKyselyDB } from '@mikro-orm/sql';
import type { Kysely } from 'kysely';
import type { entities } from './entities/index.ts';

/** Look-up tables, written by hand in the migration because they are clustered on their key. */
interface SearchTables {
  /** One row per way of asking for an account, a customer or a location; equal keys by activity. */
  search_key: { kind: number; key: string; activity: number; subject_id: number };
  /** What the keys of a record were made of, so that a change finds those to take away. */
  search_document: { subject: number; subject_id: number; activity: number; facts: string };
  /** The vocabulary of names and streets, with the number of records that use a word. */
  search_word: { word: string; uses: number };
  /** Every word's beginning, whole and with one letter left out, for typing errors. */
  search_deletion: { deletion: string; word: string };
  /** Which notes a word is in. */
  note_word: { word: string; note_id: number };
}

/** Row types by table name, columns in snake_case, as Kysely sees the database. An interface: the compiler then knows it by name, which halves its work. */
export interface Schema extends InferKyselyDB<(typeof entities)[number]>, SearchTables {}

/** A typed query builder over the whole schema; inside a command it runs in the command's transaction. */
export type Db = Kysely<Schema>;
