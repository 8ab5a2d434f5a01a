import { chmodSync, closeSync, openSync, rmSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import { closedAtExit } from './open-files.ts';
import { PRESENCE_COLUMNS, presenceOver, type PresenceStore, type PresenceTables } from './presence.ts';
import { ImmediateSqliteDialect } from './sqlite-dialect.ts';

/** Behind the name of the database whose records it is about. */
export const PRESENCE_SUFFIX = '-present';
/** A blocked wait freezes the screen; who cannot write now says it again soon, ms. */
const BUSY_TIMEOUT_MS = 20;

/**
 * The presence of a SQLite utility, in a small file of its own beside it (mode 0600): a write
 * there does not move the `data_version` of the data. Backups leave it alone. Nothing in it
 * outlives the moment, so that it is never synced, and made anew when it is damaged.
 */
export function openSqlitePresence(database: string): PresenceStore {
  const path = database + PRESENCE_SUFFIX;
  let file: BetterSqlite.Database;
  try {
    file = open(path);
  } catch (error) {
    if (!/^SQLITE_(CORRUPT|NOTADB)/.test(String((error as { code?: unknown }).code))) throw error;
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    file = open(path);
  }
  const db = new Kysely<PresenceTables>({ dialect: new ImmediateSqliteDialect(file) });
  const version = file.prepare('pragma data_version').pluck();
  return presenceOver(db, {
    token: () => version.get() as number,
    now: () => sql<number>`${Date.now()}`,
    tell: async () => {},
    close: async () => file.close(),
  });
}

function open(path: string): BetterSqlite.Database {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  const file = new BetterSqlite(path, {
    timeout: BUSY_TIMEOUT_MS,
    nativeBinding: process.env.METERDESK_SQLITE_ADDON,
  });
  closedAtExit(file);
  try {
    file.pragma('journal_mode = wal');
    file.pragma('synchronous = off');
    file.exec(`create table if not exists meterdesk_present (${PRESENCE_COLUMNS})`);
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}
