import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { secureAccess } from './file-access.ts';
import { assertLocal } from './file-system.ts';
import { settleUncleanEnd } from './unclean-end.ts';
import type { OnNotice } from './unsafe.ts';

/** A log of this size is not emptied any more: somebody reads without end, or checkpoints fail. */
export const LARGE_LOG = 256 * 1024 ** 2;

/** Bytes in the log of a database. */
export const logSize = (file: string): number => statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;

/** A size as people say it. */
export const megabytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MB`;

/**
 * Sees to it that a file can be worked on by several processes: on a disk of this machine, for its
 * owner only, writable, and checked when it was not left properly.
 * @throws UnsafeDatabaseError
 */
export async function makeSafe(file: string, onNotice: OnNotice): Promise<void> {
  secureAccess(file, onNotice);
  assertLocal(dirname(file));
  if (!existsSync(file)) return;
  await settleUncleanEnd(file, onNotice);
  const log = logSize(file);
  if (log > LARGE_LOG) {
    onNotice(
      `The log of ${file} has grown to ${megabytes(log)}: run meterdesk maintain, and end whatever reads for long.`,
    );
  }
}
