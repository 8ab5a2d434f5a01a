import type { Database } from './database.ts';
import { logSize } from './safe-file.ts';

/** What a maintenance did with the log. */
export interface Maintained {
  /** Bytes in the log before and after. */
  readonly before: number;
  readonly after: number;
  /** Somebody was reading or writing all the time. */
  readonly busy: boolean;
}

const TRIES = 40;
const PAUSE_MS = 50;

/**
 * Puts the log of a SQLite database into the database and empties it, as far as others let it:
 * a log that is never emptied makes every read slower (guide: reliability §2.6).
 * @returns null on PostgreSQL, which looks after itself
 */
export async function maintain({ file, name }: Database): Promise<Maintained | null> {
  if (!file) return null;
  const before = logSize(name);
  for (let attempt = 1; ; attempt++) {
    const [answer] = file.pragma('wal_checkpoint(truncate)') as { busy: number }[];
    const busy = answer!.busy !== 0;
    if (!busy || attempt >= TRIES) return { before, after: logSize(name), busy };
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
