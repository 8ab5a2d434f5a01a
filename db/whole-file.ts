import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { openSqliteFile } from './sqlite-file.ts';

/** What a thread of this module is given: the file to look through. */
interface Task {
  readonly meterdeskFile: string;
}

const isTask = (data: unknown): data is Task => typeof data === 'object' && data !== null && 'meterdeskFile' in data;

/** How many faults are worth telling. */
const FAULTS = 5;

/** The first faults in the pages of a file; none when it is whole. Reads the file from end to end: 5 s per GB. */
function faultsIn(file: string): string[] {
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

/**
 * Looks through the pages of a file in a thread of its own, because SQLite answers only when it
 * is through: a screen stays alive meanwhile. Others may go on reading and writing.
 * @returns the first faults; none when the file is whole
 */
export function faultsOf(file: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const thread = threadFor(file);
    if (!thread) return resolve(faultsIn(file));
    thread.once('message', resolve);
    thread.once('error', reject);
  });
}

/**
 * Null where there are no threads, and the screen has to wait: in a confined session, whose process
 * may start none, and in the built program, which comes without the module for them.
 */
function threadFor(file: string): Worker | null {
  if ((Worker as typeof Worker | undefined) === undefined) return null;
  try {
    return new Worker(new URL(import.meta.url), { workerData: { meterdeskFile: file } satisfies Task });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_ACCESS_DENIED') return null;
    throw error;
  }
}

if (!isMainThread && isTask(workerData)) parentPort!.postMessage(faultsIn(workerData.meterdeskFile));
