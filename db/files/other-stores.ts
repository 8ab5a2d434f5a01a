import { createHash } from 'node:crypto';
import { assertAddress, type FileStore, FileStoreError, missing } from './store.ts';

/** Files of a database in memory: gone with it. */
export function memoryStore(): FileStore {
  const files = new Map<string, { readonly content: Buffer; putAt: number }>();
  return {
    place: 'memory',
    put: async (content) => {
      const address = createHash('sha256').update(content).digest('hex');
      files.set(address, { content: Buffer.from(content), putAt: Date.now() });
      return address;
    },
    read: async (address) => {
      const file = files.get(address);
      if (!file) throw missing(address);
      return file.content;
    },
    has: (address) => files.has(address),
    list: async () =>
      [...files].map(([address, { content, putAt }]) => ({ address, putAt, bytes: content.byteLength })),
    touch: (address) => {
      const file = files.get(address);
      if (file) file.putAt = Date.now();
    },
    remove: (address) => {
      assertAddress(address);
      files.delete(address);
    },
    dropUnfinished: async () => 0,
  };
}

const UNSET = 'Documents need a folder: set METERDESK_FILES to one that is backed up with the database.';

/** Of a server's database for which nobody has said where files are kept: empty, and takes none. */
export function noStore(): FileStore {
  const refuse = async (): Promise<never> => {
    throw new FileStoreError('unset', UNSET);
  };
  return {
    place: 'nowhere',
    put: refuse,
    read: refuse,
    has: () => false,
    list: async () => [],
    touch: () => {},
    remove: () => {},
    dropUnfinished: async () => 0,
  };
}
