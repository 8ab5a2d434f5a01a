import type { Db } from '../schema.ts';
import { type FileStore, FileStoreError } from './store.ts';

/** Told how many files are done, of how many. */
type OnFile = (done: number, of: number) => void;

/** Addresses of all files that documents have. */
export async function addressesOf(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('document_version').select('address').distinct().orderBy('address').execute();
  return rows.map(({ address }) => address);
}

/**
 * Copies files and reads each copy again.
 * @throws FileStoreError `missing` or `changed`, of the source or of the copy
 */
export async function copyFiles(
  from: FileStore,
  to: FileStore,
  addresses: readonly string[],
  onFile: OnFile = () => {},
): Promise<void> {
  for (const [index, address] of addresses.entries()) {
    onFile(index, addresses.length);
    await to.put(await from.read(address));
    await to.read(address);
  }
}

/** Which of them are not there, or not what they were; the first few, in words. */
export async function faultyFiles(
  store: FileStore,
  addresses: readonly string[],
  { most = 3, onFile = () => {} }: { most?: number; onFile?: OnFile } = {},
): Promise<string[]> {
  const faults: string[] = [];
  for (const [index, address] of addresses.entries()) {
    onFile(index, addresses.length);
    const fault = await store.read(address).then(() => null, inWords);
    if (fault !== null) faults.push(fault);
    if (faults.length >= most) break;
  }
  return faults;
}

function inWords(error: unknown): string {
  if (error instanceof FileStoreError) return error.message;
  throw error;
}
