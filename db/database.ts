import { Kysely } from 'kysely';
import type { Orm } from './orm.ts';
import type { Db } from './schema.ts';

/** A utility's database, whichever engine carries it. */
export interface Database {
  readonly engine: 'sqlite' | 'postgresql';
  /** File path, or the server's address without the password, for messages. */
  readonly name: string;
  /** Reads, outside any transaction. */
  readonly db: Db;
  /** A transaction without the unit of work: sign-in, generators, imports. Begins with the write lock. */
  readonly transaction: <T>(work: (db: Db) => Promise<T>) => Promise<T>;
  /** The unit of work's side, loaded at the first call: most of a start's cost. */
  readonly orm: () => Promise<Orm>;
  /** A number that changes when another process has committed something. */
  readonly changeCounter: () => Promise<number>;
  /** SQLite only: the file itself, for set-based loading, backup and integrity checks. */
  readonly file?: import('better-sqlite3').Database;
  /** Work that must be done before the database is closed, such as writing what is kept back. */
  readonly beforeClose: (work: () => Promise<void>) => void;
  readonly close: () => Promise<void>;
}

/** What is to be done before a database is closed. */
export function closing(): { readonly add: Database['beforeClose']; readonly run: () => Promise<void> } {
  const works: (() => Promise<void>)[] = [];
  return {
    add: (work) => void works.push(work),
    run: async () => {
      for (const work of works.splice(0)) await work();
    },
  };
}

/** Where the data is: a file (or `:memory:`), or a PostgreSQL address. */
export type DatabaseAddress = { readonly file: string } | { readonly url: string };

/**
 * Opens without migrating; see {@link migrate}.
 * @param alone SQLite only: one connection for everything, because nobody else may use the file (loading in bulk)
 */
export async function openDatabase(address: DatabaseAddress, { alone = false } = {}): Promise<Database> {
  if ('url' in address) return (await import('./postgres.ts')).openPostgres(address.url);
  return openSqlite(address.file, alone || address.file === ':memory:');
}

async function openSqlite(path: string, alone: boolean): Promise<Database> {
  const { openSqliteFile } = await import('./sqlite-file.ts');
  const { ImmediateSqliteDialect } = await import('./sqlite-dialect.ts');
  const writer = openSqliteFile(path);
  // Reads have a connection of their own, so that a screen never waits for its own process's transaction.
  const reader = alone ? writer : openSqliteFile(path, { readonly: true });
  const db: Db = new Kysely({ dialect: new ImmediateSqliteDialect(reader) });
  const writes: Db = new Kysely({ dialect: new ImmediateSqliteDialect(writer) });
  let orm: Promise<Orm> | null = null;
  const { add, run } = closing();
  return {
    engine: 'sqlite',
    name: path,
    db,
    file: writer,
    transaction: (work) => writes.transaction().execute(work),
    orm: () => (orm ??= startOrm(alone ? writer : openSqliteFile(path))),
    changeCounter: async () => Number(reader.pragma('data_version', { simple: true })),
    beforeClose: add,
    close: async () => {
      await run();
      if (orm) await (await orm).close();
      if (reader !== writer) reader.close();
      writer.close();
    },
  };
}

async function startOrm(file: import('better-sqlite3').Database): Promise<Orm> {
  const { startSqliteOrm } = await import('./orm-sqlite.ts');
  return startSqliteOrm(file);
}
