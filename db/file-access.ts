import { accessSync, chmodSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type OnNotice, UnsafeDatabaseError } from './unsafe.ts';

/** The bits of a mode that let others than the owner in. */
const OTHERS = 0o077;
const OWNER_ONLY = 0o600;

/** What SQLite keeps beside a database; the mode of these follows the database's when they are made. */
const BESIDE = ['', '-wal', '-shm'];

/**
 * Sees to it that only its owner can read a database, and that this user can write it: whoever
 * can read the file needs no permission in the program. Makes the folder (0700) where there is none.
 * @throws UnsafeDatabaseError when others can read it and it is not this user's to change, or it cannot be written
 */
export function secureAccess(file: string, onNotice: OnNotice): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (existsSync(file)) closeToOthers(file, onNotice);
  assertWritable(file);
}

function closeToOthers(file: string, onNotice: OnNotice): void {
  const { uid } = statSync(file);
  const open = BESIDE.map((suffix) => file + suffix).filter((part) => isOpenToOthers(part));
  if (open.length === 0) return;
  const me = process.getuid?.();
  if (me !== uid && me !== 0) {
    throw new UnsafeDatabaseError(
      `${file} can be read by others and belongs to somebody else (user ${uid}). ` +
        'Let one account own it and run the program as that account; its owner closes it with: chmod 600.',
    );
  }
  for (const part of open) chmodSync(part, OWNER_ONLY);
  onNotice(`${file} could be read by other users of this machine; now only its owner can.`);
}

/** Systems without owners have no such modes. */
function isOpenToOthers(file: string): boolean {
  if (process.getuid === undefined) return false;
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats !== undefined && (stats.mode & OTHERS) !== 0;
}

/** The log lies beside the database, so that its folder has to be writable too. */
function assertWritable(file: string): void {
  const needed = existsSync(file) ? [file, dirname(file)] : [dirname(file)];
  for (const path of needed) {
    try {
      accessSync(path, constants.R_OK | constants.W_OK);
    } catch (error) {
      throw new UnsafeDatabaseError(
        `${path} cannot be written by this user. Signing in is written down, so that the program cannot ` +
          'work without; run it as the account that owns the database.',
        error,
      );
    }
  }
}
