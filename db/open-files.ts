import type BetterSqlite from 'better-sqlite3';

const handles = new Set<BetterSqlite.Database>();
let listening = false;

/**
 * Has a file closed when the process ends, whichever way but a kill: what is not committed is
 * rolled back, and the last one who leaves empties the log, so that the next start need not check
 * the file. Whoever closes earlier only spares it that.
 */
export function closedAtExit(handle: BetterSqlite.Database): void {
  for (const earlier of handles) if (!earlier.open) handles.delete(earlier);
  handles.add(handle);
  if (listening) return;
  listening = true;
  process.once('exit', closeAll);
}

function closeAll(): void {
  for (const handle of handles) {
    try {
      handle.close();
    } catch {
      // A list that is just being read keeps its file open; the next start then plays the log in.
    }
  }
}
