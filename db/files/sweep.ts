import type { Database } from '../database.ts';
import type { KeptFile } from './store.ts';

/** Files asked about at a time, in a transaction of their own. */
const SLICE = 200;
/** A file without a row is left alone so long: its row may be on the way. */
const SPARED_MS = 24 * 3_600_000;

/** What a cleaning took away. */
export interface Swept {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Takes away files that no document has: left by who was killed between file and row, or replaced
 * by sealed ones. Writers are queued, so that no row can come while its file goes.
 * @param now epoch ms; what was put within the last day is spared
 */
export async function sweepFiles(database: Database, now: number): Promise<Swept> {
  const before = now - SPARED_MS;
  const old = (await database.files.list()).filter(({ putAt }) => putAt < before);
  const unfinished = await database.files.dropUnfinished(before);
  const swept = await removeUnused(database, old);
  return { ...swept, files: swept.files + unfinished };
}

/** Takes these away at once unless a document still has them. */
export const sweepThese = (database: Database, addresses: readonly string[]): Promise<Swept> =>
  removeUnused(
    database,
    addresses.map((address) => ({ address, putAt: 0, bytes: 0 })),
  );

async function removeUnused(database: Database, candidates: readonly KeptFile[]): Promise<Swept> {
  let [files, bytes] = [0, 0];
  for (let from = 0; from < candidates.length; from += SLICE) {
    const some = candidates.slice(from, from + SLICE);
    await database.transaction(async (db) => {
      const rows = await db
        .selectFrom('document_version')
        .select('address')
        .where(
          'address',
          'in',
          some.map(({ address }) => address),
        )
        .execute();
      const used = new Set(rows.map(({ address }) => address));
      for (const { address, bytes: size } of some) {
        if (used.has(address) || !database.files.has(address)) continue;
        database.files.remove(address);
        files += 1;
        bytes += size;
      }
    });
  }
  return { files, bytes };
}
