import type { Database, DatabaseAddress, HashCost, KeySource } from './database.ts';
import { type Opening, openDatabase } from './open.ts';
import { migrate } from './migrate.ts';
import { ensureSystemRows } from './system-rows.ts';

/** How a utility is opened to be worked on. */
export interface ReadyOpening extends Opening {
  /** Where the key of its sealed values is; nothing else needs one. */
  readonly keys?: KeySource;
  /** Less than the full cost, where nobody guesses: see {@link Database.hashCost}. */
  readonly hashCost?: HashCost;
}

/** Opens a utility's database, brings its schema up to date and gives a new one its system rows. */
export async function openReady(
  address: DatabaseAddress,
  { keys, hashCost, ...opening }: ReadyOpening = {},
): Promise<Database> {
  const database = await openDatabase(address, opening);
  try {
    await migrate(database);
    await ensureSystemRows(database);
    await leaveSamples(database);
    return { ...database, keys, hashCost };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** An ANALYZE by another program must not slow every statement of this one. */
async function leaveSamples({ file, transaction }: Database): Promise<void> {
  if (!file) return;
  const { dropSamples, hasSamples } = await import('./sqlite-file.ts');
  if (hasSamples(file)) await transaction(async () => dropSamples(file));
}
