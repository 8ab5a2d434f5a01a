import { chmodSync, closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import type { Database } from './database.ts';
import { databaseTrouble } from './errors.ts';
import { addressesOf, copyFiles } from './files/copy.ts';
import { folderStore } from './files/folder-store.ts';
import { filesBeside } from './files/place.ts';
import { type FileStore, FileStoreError } from './files/store.ts';
import { recordBackup } from './last-backup.ts';
import { BackupError, prove } from './prove.ts';
import { isBusy } from './sqlite-dialect.ts';
import { hasToItself, openSqliteFile } from './sqlite-file.ts';
import { forgetUncleanEnd } from './unclean-end.ts';

export { BackupError } from './prove.ts';

/** Pages copied between two turns of the event loop: 8 MB, some 20 ms. */
const PAGES_A_STEP = 2000;

/** What SQLite keeps beside a database. */
const LOGS = ['-wal', '-shm', '-journal'];

/** Told how far a copy is, 0 to 1. */
type OnProgress = (fraction: number) => void;

/** What a backup made. */
export interface BackedUp {
  readonly bytes: number;
  readonly seconds: number;
}

/**
 * Copies the database to a new file while others go on working, as of the moment of the
 * call, and proves the copy: pages, references, books. The file is readable by its owner only,
 * the files of documents are beside it. Where it is, is written down beside the database.
 * @throws BackupError when the file is there already, on PostgreSQL, or when the copy is not sound
 */
export async function backup(database: Database, file: string, onProgress: OnProgress = () => {}): Promise<BackedUp> {
  const began = performance.now();
  if (database.engine !== 'sqlite') {
    throw new BackupError(
      'On PostgreSQL use pg_dump --format=custom (or pg_basebackup); this verb copies SQLite files.',
    );
  }
  if (existsSync(file)) throw new BackupError(`${file} is there already; a backup never overwrites.`);
  const part = `${file}.part`;
  const files = filesBeside(file);
  const hadFiles = existsSync(files);
  removeFile(part);
  claim(part);
  try {
    await copy(database.name, part, onProgress);
    await prove(part, { also: (copied) => takeFiles(copied, database.files, files) });
    if (existsSync(file)) throw new BackupError(`${file} is there already; a backup never overwrites.`);
    renameSync(part, file);
    recordBackup(database.name, { file, at: new Date().toISOString() });
    return { bytes: statSync(file).size, seconds: (performance.now() - began) / 1000 };
  } catch (error) {
    if (!hadFiles && !existsSync(file)) rmSync(files, { recursive: true, force: true });
    throw error;
  } finally {
    removeFile(part);
  }
}

/** Copies what the documents of a copied database hold, and proves it. @throws BackupError */
async function takeFiles(copied: Database, from: FileStore, folder: string): Promise<void> {
  try {
    await copyFiles(from, folderStore(folder), await addressesOf(copied.db));
  } catch (error) {
    if (!(error instanceof FileStoreError)) throw error;
    throw new BackupError(`Documents cannot be copied: ${error.message} meterdesk check names all that are not whole.`);
  }
}

/** What a restore did. */
export interface Restored extends BackedUp {
  /** Where the replaced file is kept; null when there was none. */
  readonly kept: string | null;
}

/**
 * Puts a backup in the place of a database. The backup is copied with the files of its documents,
 * brought up to date when an earlier version made it, and proven first; what is replaced is kept
 * beside the new one.
 * @param stamp tells kept files apart, such as `20261121-150000`
 * @throws BackupError when the backup is not sound, or somebody uses the database
 */
export async function restore(
  file: string,
  target: string,
  stamp: string,
  onProgress: OnProgress = () => {},
): Promise<Restored> {
  const began = performance.now();
  if (!existsSync(file)) throw new BackupError(`There is no file ${file}.`);
  const part = `${target}.restoring`;
  const kept = existsSync(target) ? `${target}.before-${stamp}` : null;
  if (kept && existsSync(kept)) throw new BackupError(`${kept} is there already.`);
  const files = filesBeside(part);
  removeFile(part);
  claim(part);
  try {
    rmSync(files, { recursive: true, force: true });
    await copy(file, part, onProgress).catch((error: unknown) => {
      throw new BackupError(`${file} cannot be read as a database: ${(error as Error).message}`);
    });
    await prove(part, { upgrade: true, also: (copied) => takeFiles(copied, folderStore(filesBeside(file)), files) });
    if (kept) takeAside(target, kept);
    takeFilesAside(target, `${target}.before-${stamp}`);
    // A log that outlived its database would be played into the restored one.
    for (const suffix of LOGS) rmSync(target + suffix, { force: true });
    forgetUncleanEnd(target);
    if (existsSync(files)) renameSync(files, filesBeside(target));
    renameSync(part, target);
    return { kept, bytes: statSync(target).size, seconds: (performance.now() - began) / 1000 };
  } finally {
    removeFile(part);
    rmSync(files, { recursive: true, force: true });
  }
}

/** The files of documents stay with the database that is moved away. */
function takeFilesAside(target: string, kept: string): void {
  if (existsSync(filesBeside(target))) renameSync(filesBeside(target), filesBeside(kept));
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

/**
 * Moves a database away that nobody has open: its journal mode can only be changed by the only user.
 * One that is damaged is moved as it is, with its log, for whoever wants to save something from it.
 */
function takeAside(target: string, kept: string): void {
  try {
    closeDown(target);
    renameSync(target, kept);
  } catch (error) {
    if (isBusy(error)) throw inUse(target);
    if (databaseTrouble(error) !== 'corrupt') throw error;
    if (isOpenElsewhere(target)) throw inUse(target);
    for (const suffix of ['', ...LOGS]) if (existsSync(target + suffix)) renameSync(target + suffix, kept + suffix);
  }
}

/** Puts the log into the database and makes sure that nobody has it open. */
function closeDown(target: string): void {
  const handle = openSqliteFile(target);
  try {
    handle.pragma('wal_checkpoint(truncate)');
    if (handle.pragma('journal_mode = delete', { simple: true }) !== 'delete') throw inUse(target);
    handle.pragma('locking_mode = exclusive');
    handle.exec('begin exclusive; commit');
  } finally {
    handle.close();
  }
}

/** Whether somebody works on it although it is damaged; a file that SQLite cannot open nobody has open. */
function isOpenElsewhere(target: string): boolean {
  try {
    return !hasToItself(target, () => {});
  } catch {
    return false;
  }
}

const inUse = (target: string): BackupError =>
  new BackupError(`${target} is in use; end every meterdesk that has it open, then restore.`);

function removeFile(file: string): void {
  for (const suffix of ['', ...LOGS]) rmSync(file + suffix, { force: true });
}
