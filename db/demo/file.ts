import { existsSync, linkSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { openDatabase } from '../open.ts';
import { openReady } from '../ready.ts';
import { rebuildIndex } from '../search/build.ts';
import { type DemoOptions, type DemoSummary, generateDemo } from './generate.ts';

/** How much of the time the generator takes; the rest is the look-up index. */
const ROWS_SHARE = 0.72;

/**
 * Nobody else reads this file yet and a broken run is thrown away, so nothing is made safe;
 * sorting for indexes may use files and the other processor.
 */
const BULK_PRAGMAS = [
  'journal_mode = off',
  'synchronous = off',
  'cache_size = -200000',
  'temp_store = file',
  'threads = 2',
];

/** Somebody else has made the file. */
export class FileThereError extends Error {
  constructor(file: string) {
    super(`${file} is there already`);
    this.name = 'FileThereError';
  }
}

/**
 * Makes a demo utility as a new file, ready to be used. It is written beside the file
 * without a journal and put in place when it is whole, so a cancelled or killed run
 * leaves nothing that looks like a database, and of two runs at once the first wins.
 * @throws FileThereError; the signal's reason when cancelled
 */
export async function makeDemoFile(file: string, options: DemoOptions): Promise<DemoSummary> {
  if (existsSync(file)) throw new FileThereError(file);
  removeAbandoned(file);
  const scratch = `${file}.making-${process.pid}`;
  removeFile(scratch);
  try {
    const made = await fill(scratch, options);
    putInPlace(scratch, file);
    return made;
  } finally {
    removeFile(scratch);
  }
}

/** A link, unlike a move, never replaces; where there are no links a move has to do. */
function putInPlace(scratch: string, file: string): void {
  try {
    linkSync(scratch, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' || existsSync(file)) throw new FileThereError(file);
    renameSync(scratch, file);
  }
}

/** Removes what runs that were killed have left. */
function removeAbandoned(file: string): void {
  if (!existsSync(dirname(file))) return;
  const prefix = `${basename(file)}.making-`;
  for (const name of readdirSync(dirname(file))) {
    const pid = name.startsWith(prefix) ? /^\d+/.exec(name.slice(prefix.length)) : null;
    if (pid && !isRunning(Number(pid[0]))) removeFile(join(dirname(file), `${prefix}${pid[0]}`));
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function fill(scratch: string, options: DemoOptions): Promise<DemoSummary> {
  const began = performance.now();
  await (await openReady({ file: scratch })).close();
  const database = await openDatabase({ file: scratch }, { alone: true });
  const connection = database.file!;
  try {
    for (const pragma of BULK_PRAGMAS) connection.pragma(pragma);
    const onProgress = options.onProgress ?? (() => {});
    const made = await generateDemo(database, {
      ...options,
      onProgress: (fraction, what) => onProgress(fraction * ROWS_SHARE, what),
    });
    options.signal?.throwIfAborted();
    const records = made.customers + made.locations + made.accounts;
    let earlier = 0;
    let last = { step: '', done: 0 };
    await rebuildIndex(database, ({ step, done }) => {
      if (step !== last.step) earlier += last.done;
      last = { step, done };
      onProgress(ROWS_SHARE + (1 - ROWS_SHARE) * Math.min(1, (earlier + done) / records), 'look-up index');
    });
    connection.pragma('journal_mode = wal');
    onProgress(1, 'done');
    return { ...made, seconds: (performance.now() - began) / 1000 };
  } finally {
    await database.close();
  }
}

function removeFile(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}
