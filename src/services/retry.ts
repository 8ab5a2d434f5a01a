import { databaseTrouble, isChainClash, isIdentityClash } from '#db/errors.ts';
import type { IdMaker } from '#domain/ids.ts';

const ATTEMPTS = 12;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Runs a whole transaction, again when others were in its way: the database was busy, they
 * took the next place in the audit trail, or made the same identity at the same time.
 * @throws the last error after a dozen tries
 */
export async function retrying<T>(ids: IdMaker, transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (isIdentityClash(error)) ids.reseed();
      else if (databaseTrouble(error) !== 'busy' && !isChainClash(error)) throw error;
      if (attempt >= ATTEMPTS) throw error;
      await sleep(2 ** Math.min(attempt, 6) * (0.5 + Math.random()));
    }
  }
}
