import type { InferKyselyDB } from '@mikro-orm/sql';
import type { Kysely } from 'kysely';
import type { entities } from './entities/index.ts';

/** Look-up tables, written by hand in the migration because they are clustered on their key. */
interface SearchTables {
  /** One row per way of asking for an account, a customer or a location. */
  search_key: { kind: number; key: string; subject_id: number; account_id: number };
  /** The vocabulary of names and streets. */
  search_word: { id: number; word: string; uses: number };
  /** Every word with up to one letter left out, for typing errors. */
  search_deletion: { deletion: string; word_id: number };
}

/** Row types by table name, columns in snake_case, as Kysely sees the database. */
export type Schema = InferKyselyDB<(typeof entities)[number]> & SearchTables;

/** A typed query builder over the whole schema; inside a command it runs in the command's transaction. */
export type Db = Kysely<Schema>;
