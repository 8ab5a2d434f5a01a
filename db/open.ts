import type { Database, DatabaseAddress } from './database.ts';
import { openSqlite } from './sqlite.ts';
import type { OnNotice } from './unsafe.ts';

/** How a database is opened. */
export interface Opening {
  /** SQLite only: one connection for everything, because nobody else may use the file (loading in bulk). */
  readonly alone?: boolean;
  /** A database in memory begins as this image, as `serialize` has made it. */
  readonly image?: Buffer;
  /** PostgreSQL only: the folder of documents' files; a file's are beside it. */
  readonly filesFolder?: string;
  /** Told what people should know: a check after an unclean end, a mode that was mended. */
  readonly onNotice?: OnNotice;
}

/**
 * Opens without migrating; see {@link migrate}.
 * @throws UnsafeDatabaseError when a file is damaged, open to others, not writable, or on the network
 */
export async function openDatabase(address: DatabaseAddress, opening: Opening = {}): Promise<Database> {
  const { storeFor } = await import('./files/place.ts');
  const files = storeFor(address, opening.filesFolder);
  if ('url' in address) return { ...(await (await import('./postgres.ts')).openPostgres(address.url)), files };
  const { alone = false, image, onNotice = () => {} } = opening;
  const shared = !alone && address.file !== ':memory:';
  if (shared) await (await import('./safe-file.ts')).makeSafe(address.file, onNotice);
  return { ...(await openSqlite(address.file, !shared, image)), files };
}
