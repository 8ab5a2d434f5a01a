import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { closedAtExit } from './open-files.ts';
import { UnsafeDatabaseError } from './unsafe.ts';

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

/**
 * What a connection must say of itself before anybody works with it. A database in memory has no
 * log to write ahead.
 */
const HELD: readonly (readonly [pragma: string, values: readonly unknown[]])[] = [
  ['journal_mode', ['wal', 'memory']],
  ['synchronous', [2]],
  ['foreign_keys', [1]],
  ['cell_size_check', [1]],
  ['trusted_schema', [0]],
];

/** A blocked wait freezes the screen, so it is short; the dialect goes on waiting asynchronously. */
const BUSY_TIMEOUT_MS = 20;
/** Turning a new file to its write-ahead log asks for it alone, and SQLite does not wait for that by itself. */
const OPENING_ATTEMPTS = 250;

/** Path of the native addon when the program runs from its bundle; set by the build. */
const nativeBinding = process.env.METERDESK_SQLITE_ADDON;

/**
 * Opens a database file, making it (mode 0600, folder 0700) when it is not there.
 * @param options.image in place of a file, what a database in memory begins as
 * @throws the driver's error when the file is no database or cannot be opened
 */
export function openSqliteFile(
  file: string,
  options: { readonly?: boolean; readonly image?: Buffer } = {},
): BetterSqlite.Database {
  if (file !== ':memory:' && !existsSync(file)) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const isNew = file !== ':memory:' && !existsSync(file);
  const handle = new BetterSqlite(options.image ?? file, { timeout: BUSY_TIMEOUT_MS, nativeBinding });
  closedAtExit(handle);
  if (isNew) chmodSync(file, 0o600);
  try {
    for (const pragma of PRAGMAS) setUp(handle, pragma);
    assertSettings(handle);
  } catch (error) {
    handle.close();
    throw error;
  }
  if (options.readonly) handle.pragma('query_only = on');
  return handle;
}

/**
 * Proves that the settings took: SQLite passes over one that it cannot follow without a word.
 * @throws UnsafeDatabaseError
 */
export function assertSettings(handle: BetterSqlite.Database): void {
  for (const [pragma, values] of HELD) {
    const value: unknown = handle.pragma(pragma, { simple: true });
    if (values.includes(value)) continue;
    throw new UnsafeDatabaseError(
      `${handle.name} cannot be opened safely: ${pragma} is ${String(value)} and must be ${String(values[0])}.`,
    );
  }
}

/**
 * Whether nobody else has the file open; a look that takes it for a moment.
 * @param meanwhile run while it is held, when it could be had
 */
export function hasToItself(file: string, meanwhile: () => void): boolean {
  const handle = new BetterSqlite(file, { timeout: 0, nativeBinding });
  try {
    // Set before the first read: the log is then opened without the memory that processes share.
    handle.pragma('locking_mode = exclusive');
    handle.exec('begin exclusive');
    meanwhile();
    handle.exec('rollback');
    return true;
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) return false;
    throw error;
  } finally {
    handle.close();
  }
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
