import { join } from 'node:path';
import type { DatabaseAddress } from '../database.ts';
import { folderStore } from './folder-store.ts';
import { memoryStore, noStore } from './other-stores.ts';
import type { FileStore } from './store.ts';

/** Where the files of a SQLite database are: beside it, so that they move together. */
export const filesBeside = (databaseFile: string): string => `${databaseFile}.files`;

/** A folder of its own for each database of a server: no cleaning takes another's files for nobody's. */
const ofServer = (url: string, folder: string): string =>
  join(folder, (URL.parse(url)?.pathname.slice(1) ?? '').replaceAll(/[^\w-]/g, '_') || 'meterdesk');

/** The files of a database; those of a server's are below the folder that was named. */
export function storeFor(address: DatabaseAddress, folder?: string): FileStore {
  if ('url' in address) return folder ? folderStore(ofServer(address.url, folder)) : noStore();
  return address.file === ':memory:' ? memoryStore() : folderStore(filesBeside(address.file));
}
