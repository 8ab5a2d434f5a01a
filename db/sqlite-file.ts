import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite from 'better-sqlite3';

/**
 * Settings of every connection (guide: reliability §2.1). The build's own default is
 * `synchronous=NORMAL` in WAL mode, which loses acknowledged postings in a power cut.
 */
const PRAGMAS = [
  'journal_mode = wal',
  'synchronous = full',
  'foreign_keys = on',
  'cache_size = -16000',
  'temp_store = memory',
  'journal_size_limit = 67108864',
  'cell_size_check = on',
  'trusted_schema = off',
];

/** A blocked wait freezes the screen, so it is short; the dialect goes on waiting asynchronously. */
const BUSY_TIMEOUT_MS = 20;
/** Turning a new file to its write-ahead log asks for it alone, and SQLite does not wait for that by itself. */
const OPENING_ATTEMPTS = 250;

/** Path of the native addon when the program runs from its bundle; set by the build. */
const nativeBinding = process.env.METERDESK_SQLITE_ADDON;

/**
 * Opens a database file, making it (mode 0600, folder 0700) when it is not there.
 * @throws the driver's error when the file is no database or cannot be opened
 */
export function openSqliteFile(file: string, options: { readonly?: boolean } = {}): BetterSqlite.Database {
  if (file !== ':memory:' && !existsSync(file)) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const isNew = file !== ':memory:' && !existsSync(file);
  const handle = new BetterSqlite(file, { timeout: BUSY_TIMEOUT_MS, nativeBinding });
  if (isNew) chmodSync(file, 0o600);
  for (const pragma of PRAGMAS) setUp(handle, pragma);
  if (options.readonly) handle.pragma('query_only = on');
  return handle;
}

/** Sets up a connection, waiting for others that open the same new file at this moment. */
function setUp(handle: BetterSqlite.Database, pragma: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      handle.pragma(pragma);
      return;
    } catch (error) {
      const busy = String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY');
      if (!busy || attempt >= OPENING_ATTEMPTS) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_TIMEOUT_MS);
    }
  }
}

/** Whether ANALYZE has left samples of values behind. */
export const hasSamples = (file: BetterSqlite.Database): boolean =>
  file.prepare("select 1 from sqlite_schema where name = 'sqlite_stat4'").get() !== undefined;

/**
 * Drops those samples (the sums of ANALYZE stay). Where there are any, SQLite plans a statement
 * anew at every binding of its parameters, because the values could matter: 2.0 ms instead of
 * 0.06 ms for the dashboard's statement (measured).
 */
export function dropSamples(file: BetterSqlite.Database): void {
  file.exec('drop table if exists sqlite_stat4');
}
