import type { FileStore } from './files/store.ts';
import type { Orm } from './orm.ts';
import type { PresenceStore } from './presence.ts';
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

/** Where the data is: a file (or `:memory:`), or a PostgreSQL address. */
export type DatabaseAddress = { readonly file: string } | { readonly url: string };
