import { type Database, type DatabaseAddress, type Opening, openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { ensureSystemRows } from './system-rows.ts';

/** Opens a utility's database, brings its schema up to date and gives a new one its system rows. */
export async function openReady(address: DatabaseAddress, opening: Opening = {}): Promise<Database> {
  const database = await openDatabase(address, opening);
  try {
    await migrate(database);
    await ensureSystemRows(database);
    await leaveSamples(database);
    return database;
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
