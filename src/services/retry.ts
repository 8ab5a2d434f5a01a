import { databaseTrouble, isChainClash, isIdentityClash } from '#db/errors.ts';
import type { IdMaker } from '#domain/ids.ts';

/** How long an operator waits before being told that the database is busy, ms; as long as SQLite's lock is waited for. */
const PATIENCE = 15_000;
/** Longest pause between two tries, ms. */
const LONGEST_PAUSE = 150;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Runs a whole transaction, again when others were in its way: the database was busy, they
 * took the next place in the audit trail, or made the same identity at the same time.
 * Of serialisable transactions that meet, one always gets through, so that trying on with
 * pauses of random length ends the queue.
 * @throws the last error when patience is at its end
 */
export async function retrying<T>(ids: IdMaker, transaction: () => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE;
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (isIdentityClash(error)) ids.reseed();
      else if (databaseTrouble(error) !== 'busy' && !isChainClash(error)) throw error;
      if (performance.now() > until) throw error;
      await sleep(1 + Math.random() * Math.min(4 * 2 ** Math.min(attempt, 8), LONGEST_PAUSE));
    }
  }
}
