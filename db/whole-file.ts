import { setTimeout as pause } from 'node:timers/promises';
import { openSqliteFile } from './sqlite-file.ts';

/** How many faults are worth telling. */
const FAULTS = 5;
/** Time for a screen to show what it was told, ms: SQLite answers only when it is through. */
const PAINT_MS = 100;

/**
 * The first faults in the pages of a file; none when it is whole. Reads the file from end to end:
 * 5 s per GB, in which this process does nothing else. (The program may start no thread: whoever
 * could make it start one would be outside of what a session is confined to.)
 */
export async function faultsOf(file: string): Promise<string[]> {
  await pause(PAINT_MS);
  try {
    const handle = openSqliteFile(file, { readonly: true });
    try {
      const rows = handle.pragma(`quick_check(${FAULTS})`) as { quick_check: string }[];
      return rows
        .flatMap((row) => row.quick_check.split('\n'))
        .filter((line) => line !== 'ok' && !line.startsWith('***'));
    } finally {
      handle.close();
    }
  } catch (error) {
    return [(error as Error).message];
  }
}
