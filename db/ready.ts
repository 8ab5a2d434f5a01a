import { type Database, type DatabaseAddress, openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { ensureSystemRows } from './system-rows.ts';

/** Opens a utility's database, brings its schema up to date and gives a new one its system rows. */
export async function openReady(address: DatabaseAddress): Promise<Database> {
  const database = await openDatabase(address);
  try {
    await migrate(database);
    await ensureSystemRows(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
