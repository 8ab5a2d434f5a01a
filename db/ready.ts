import { type Database, type DatabaseAddress, type KeySource, openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { ensureSystemRows } from './system-rows.ts';

/**
 * Opens a utility's database, brings its schema up to date and gives a new one its system rows.
 * @param keys where the key of its sealed values is; nothing else needs one
 */
export async function openReady(address: DatabaseAddress, keys?: KeySource): Promise<Database> {
  const database = await openDatabase(address);
  try {
    await migrate(database);
    await ensureSystemRows(database);
    await leaveSamples(database);
    return keys ? { ...database, keys } : database;
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
