import { closeSync, constants, existsSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { lastBackupOf } from './last-backup.ts';
import { hasToItself } from './sqlite-file.ts';
import { type OnNotice, UnsafeDatabaseError } from './unsafe.ts';

/**
 * The last one who leaves a database properly empties its log and removes it. A log, and nobody
 * at work, is what a power cut, a kill or a crash of the machine leaves: SQLite plays it in, but a
 * disk that lied about its flushes shows only when the pages are read.
 */

/** How often is looked whether somebody else is done, ms. */
const LOOK_AGAIN_MS = 200;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Made before the log is touched, gone when the file was found whole; names the process that checks. */
const markerOf = (file: string): string => `${file}-unchecked`;

/**
 * Checks a database that was not left properly, before anybody works on it; costs a look at the
 * folder when it was. Of several who come at once one checks and the others wait; when that one is
 * killed the next takes over, and while the file is damaged every opening says so.
 * @throws UnsafeDatabaseError when it is damaged, with the newest backup
 */
export async function settleUncleanEnd(file: string, onNotice: OnNotice): Promise<void> {
  for (;;) {
    await othersCheck(file, onNotice);
    if (checkerOf(file) !== null || wasLeftUnclean(file)) break;
    // Whoever had the file a moment ago may have marked it.
    if (checkerOf(file) === null) return;
  }
  mark(file);
  onNotice(`Checking the file: not left properly${duration(file)}`);
  const { faultsOf } = await import('./whole-file.ts');
  const faults = await faultsOf(file);
  if (faults.length > 0) {
    // Nobody checks any more, and whoever comes next has to.
    mark(file, 0);
    throw damaged(file, faults);
  }
  forgetUncleanEnd(file);
}

/** Waits while a running process checks. */
async function othersCheck(file: string, onNotice: OnNotice): Promise<void> {
  for (let looks = 0; ; looks++) {
    const checker = checkerOf(file);
    if (checker === null || checker === process.pid || !isRunning(checker)) return;
    if (looks === 0) onNotice('Another session is checking the file; wait');
    await sleep(LOOK_AGAIN_MS);
  }
}

/** Removes what says that a database is unchecked: another one takes its place. */
export const forgetUncleanEnd = (file: string): void => rmSync(markerOf(file), { force: true });

function wasLeftUnclean(file: string): boolean {
  // An empty log has nothing to play in: whoever left it had written nothing since it was emptied.
  if (!existsSync(`${file}-wal`) || statSync(`${file}-wal`).size === 0) return false;
  try {
    return hasToItself(file, () => mark(file));
  } catch {
    // What is wrong with it the check will tell.
    return true;
  }
}

/** On the disk when it returns; by the flag, because the permission model of confined sessions knows no `fsync`. */
const SYNCHRONOUS = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_SYNC;

function mark(file: string, checker = process.pid): void {
  const at = openSync(markerOf(file), SYNCHRONOUS, 0o600);
  writeSync(at, `${checker}\n`);
  closeSync(at);
}

/** Who has marked the database; 0 when that cannot be read, null when nobody has. */
function checkerOf(file: string): number | null {
  try {
    return Number.parseInt(readFileSync(markerOf(file), 'utf8'), 10) || 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const GIGABYTE = 1024 ** 3;
/** Measured on 27 MB: 0.14 s. */
const SECONDS_A_GIGABYTE = 5;

/** The whole sentence fits the line of the sign-in card. */
function duration(file: string): string {
  const seconds = Math.round((statSync(file).size / GIGABYTE) * SECONDS_A_GIGABYTE);
  return seconds < 2 ? '' : ` (${seconds} s)`;
}

function damaged(file: string, faults: readonly string[]): UnsafeDatabaseError {
  const backup = lastBackupOf(file);
  const way = backup
    ? `The newest backup is ${backup.file} of ${backup.at}: meterdesk restore '${backup.file}' --db '${file}'`
    : `Restore a backup: meterdesk restore BACKUP --db '${file}'`;
  return new UnsafeDatabaseError(
    `The database ${file} is damaged (${faults[0]}). Stop work on it; nothing more is written. ${way}`,
  );
}
