import { chmodSync, closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import { databaseRules, type Finding } from './check.ts';
import { type Database, openDatabase } from './database.ts';
import { isBusy } from './sqlite-dialect.ts';
import { openSqliteFile } from './sqlite-file.ts';

/** Pages copied between two turns of the event loop: 8 MB, some 20 ms. */
const PAGES_A_STEP = 2000;

/** What SQLite keeps beside a database. */
const LOGS = ['-wal', '-shm', '-journal'];

/** A backup or a restore that did not happen, in the operator's words. */
export class BackupError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BackupError';
  }
}

/** Told how far a copy is, 0 to 1. */
type OnProgress = (fraction: number) => void;

/**
 * Copies the database to a new file while others go on working, as of the moment of the
 * call, and proves the copy: pages, references, books. The file is readable by its owner only.
 * @throws BackupError when the file is there already, on PostgreSQL, or when the copy is not sound
 */
export async function backup(database: Database, file: string, onProgress: OnProgress = () => {}): Promise<void> {
  if (database.engine !== 'sqlite') {
    throw new BackupError(
      'On PostgreSQL use pg_dump --format=custom (or pg_basebackup); this verb copies SQLite files.',
    );
  }
  if (existsSync(file)) throw new BackupError(`${file} is there already; a backup never overwrites.`);
  const part = `${file}.part`;
  removeFile(part);
  claim(part);
  try {
    await copy(database.name, part, onProgress);
    await prove(part);
    if (existsSync(file)) throw new BackupError(`${file} is there already; a backup never overwrites.`);
    renameSync(part, file);
  } finally {
    removeFile(part);
  }
}

/** What a restore did. */
export interface Restored {
  /** Where the replaced file is kept; null when there was none. */
  readonly kept: string | null;
}

/**
 * Puts a backup in the place of a database. The backup is copied and proven first; the
 * replaced file is kept beside the new one.
 * @param stamp tells kept files apart, such as `20261121-150000`
 * @throws BackupError when the backup is not sound, or somebody uses the database
 */
export async function restore(
  file: string,
  target: string,
  stamp: string,
  onProgress: OnProgress = () => {},
): Promise<Restored> {
  if (!existsSync(file)) throw new BackupError(`There is no file ${file}.`);
  const part = `${target}.restoring`;
  const kept = existsSync(target) ? `${target}.before-${stamp}` : null;
  if (kept && existsSync(kept)) throw new BackupError(`${kept} is there already.`);
  removeFile(part);
  claim(part);
  try {
    await copy(file, part, onProgress).catch((error: unknown) => {
      throw new BackupError(`${file} cannot be read as a database: ${(error as Error).message}`);
    });
    await prove(part);
    if (kept) takeAside(target, kept);
    // A log that outlived its database would be played into the restored one.
    for (const suffix of LOGS) rmSync(target + suffix, { force: true });
    renameSync(part, target);
    return { kept };
  } finally {
    removeFile(part);
  }
}

/** Makes the file for its owner only, before anything is in it. */
function claim(part: string): void {
  closeSync(openSync(part, 'wx', 0o600));
  chmodSync(part, 0o600);
}

/**
 * Copies through SQLite's online backup. The connection holds a read snapshot meanwhile:
 * without it every commit of another process starts the copy anew.
 */
async function copy(from: string, to: string, onProgress: OnProgress): Promise<void> {
  const source = openSqliteFile(from, { readonly: true });
  try {
    source.exec('begin');
    source.prepare('select count(*) from sqlite_master').get();
    await source.backup(to, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress(totalPages === 0 ? 0 : 1 - remainingPages / totalPages);
        return PAGES_A_STEP;
      },
    });
    source.exec('commit');
  } finally {
    source.close();
  }
}

/** @throws BackupError with the first things that do not hold */
async function prove(file: string): Promise<void> {
  const database = await openDatabase({ file }, { alone: true });
  const found: Finding[] = [];
  try {
    for (const rule of databaseRules) found.push(...(await rule.find(database.db, 3)));
    database.file!.pragma('wal_checkpoint(truncate)');
  } catch (error) {
    throw new BackupError(`The copy cannot be read: ${(error as Error).message}`);
  } finally {
    await database.close();
  }
  if (found.length === 0) return;
  const told = found.slice(0, 3).map(({ account, message }) => (account ? `account ${account}: ${message}` : message));
  throw new BackupError(`The copy is not sound: ${told.join('; ')}`);
}

/** Moves a database away that nobody has open: its journal mode can only be changed by the only user. */
function takeAside(target: string, kept: string): void {
  const handle = openSqliteFile(target);
  try {
    handle.pragma('wal_checkpoint(truncate)');
    if (handle.pragma('journal_mode = delete', { simple: true }) !== 'delete') throw inUse(target);
    handle.pragma('locking_mode = exclusive');
    handle.exec('begin exclusive; commit');
    renameSync(target, kept);
  } catch (error) {
    throw isBusy(error) ? inUse(target) : error;
  } finally {
    handle.close();
  }
}

const inUse = (target: string): BackupError =>
  new BackupError(`${target} is in use; end every meterdesk that has it open, then restore.`);

function removeFile(file: string): void {
  for (const suffix of ['', ...LOGS]) rmSync(file + suffix, { force: true });
}
