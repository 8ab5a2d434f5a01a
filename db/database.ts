import { Kysely } from 'kysely';
import { countChanges } from './changes.ts';
import type { FileStore } from './files/store.ts';
import type { Orm } from './orm.ts';
import type { PresenceStore } from './presence.ts';
import type { Db } from './schema.ts';
import type { OnNotice } from './unsafe.ts';

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
  /** Who has which record open; opened at the first call, closed with the database. */
  readonly presence: () => Promise<PresenceStore>;
  /** SQLite only: the file itself, for set-based loading, backup and integrity checks. */
  readonly file?: import('better-sqlite3').Database;
  /** Work that must be done before the database is closed, such as writing what is kept back. */
  readonly beforeClose: (work: () => Promise<void>) => void;
  /** What documents hold, which is kept beside the database and not in it. */
  readonly files: FileStore;
  readonly close: () => Promise<void>;
  /** Left out where no sealed value is ever needed. */
  readonly keys?: KeySource;
  /** Of every hash that is made for this database. Left out by the program: each kind then has its full cost. */
  readonly hashCost?: HashCost;
}

/** What an engine brings along by itself. */
export type Engine = Omit<Database, 'files'>;

/** What an Argon2id hash costs whoever guesses; `memory` in KiB. */
export interface HashCost {
  readonly memory: number;
  readonly passes: number;
}

/** Where the master key is that opens the sealed values of a database. */
export interface KeySource {
  /** For messages. */
  readonly place: string;
  /** Its 32 bytes, read when something is first sealed or opened. @throws Error whose message is for the administrator */
  readonly read: () => Promise<Uint8Array>;
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

/** How a database is opened. */
export interface Opening {
  /** SQLite only: one connection for everything, because nobody else may use the file (loading in bulk). */
  readonly alone?: boolean;
  /** A database in memory begins as this image, as `serialize` has made it. */
  readonly image?: Buffer;
  /** PostgreSQL only: the folder of documents' files; a file's are beside it. */
  readonly filesFolder?: string;
  /** Told what people should know: a check after an unclean end, a mode that was mended. */
  readonly onNotice?: OnNotice;
}

/**
 * Opens without migrating; see {@link migrate}.
 * @throws UnsafeDatabaseError when a file is damaged, open to others, not writable, or on the network
 */
export async function openDatabase(address: DatabaseAddress, opening: Opening = {}): Promise<Database> {
  const { storeFor } = await import('./files/place.ts');
  const files = storeFor(address, opening.filesFolder);
  if ('url' in address) return { ...(await (await import('./postgres.ts')).openPostgres(address.url)), files };
  const { alone = false, image, onNotice = () => {} } = opening;
  const shared = !alone && address.file !== ':memory:';
  if (shared) await (await import('./safe-file.ts')).makeSafe(address.file, onNotice);
  return { ...(await openSqlite(address.file, !shared, image)), files };
}

async function openSqlite(path: string, alone: boolean, image?: Buffer): Promise<Engine> {
  const { openSqliteFile } = await import('./sqlite-file.ts');
  const { ImmediateSqliteDialect } = await import('./sqlite-dialect.ts');
  const writer = openSqliteFile(path, { image });
  // Reads have a connection of their own, so that a screen never waits for its own process's transaction.
  const reader = alone ? writer : openSqliteFile(path, { readonly: true });
  const db: Db = new Kysely({ dialect: new ImmediateSqliteDialect(reader) });
  const writes: Db = new Kysely({ dialect: new ImmediateSqliteDialect(writer) });
  const version = reader.prepare('pragma data_version').pluck();
  let orm: Promise<Orm> | null = null;
  let presence: Promise<PresenceStore> | null = null;
  const { add, run } = closing();
  return {
    engine: 'sqlite',
    name: path,
    db,
    file: writer,
    transaction: (work) => writes.transaction().execute(work),
    orm: () => (orm ??= startOrm(alone ? writer : openSqliteFile(path))),
    changeCounter: countChanges(db, () => version.get() as number),
    presence: () =>
      (presence ??= startPresence(path).catch((error: unknown) => {
        presence = null;
        throw error;
      })),
    beforeClose: add,
    close: async () => {
      try {
        await run();
        await (await presence?.catch(() => null))?.close();
        if (orm) await (await orm).close();
      } finally {
        if (reader !== writer) reader.close();
        writer.close();
      }
    },
  };
}

async function startOrm(file: import('better-sqlite3').Database): Promise<Orm> {
  const { startSqliteOrm } = await import('./orm-sqlite.ts');
  return startSqliteOrm(file);
}

async function startPresence(path: string): Promise<PresenceStore> {
  if (path === ':memory:') return (await import('./presence.ts')).presenceInProcess();
  return (await import('./presence-sqlite.ts')).openSqlitePresence(path);
}
