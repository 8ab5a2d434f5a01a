import { createHash, randomBytes } from 'node:crypto';
import { constants, existsSync, rmSync, utimesSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assertAddress, changed, type FileStore, FileStoreError, type KeptFile, missing } from './store.ts';

/** On the disk when it is closed; by the flag, because the permission model knows no `fsync`. */
const NEW_AND_SYNCHRONOUS = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_SYNC;
/** Names of files that are being written. */
const UNFINISHED = /^part-[0-9a-f]{16}$/;
/** Folders of files: the first two digits of their addresses, so that none holds too many. */
const SHELF = /^[0-9a-f]{2}$/;

const addressOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** Files in a folder that only its owner may look into: `ab/cdef…`, made when the first one is put. */
export function folderStore(folder: string): FileStore {
  const pathOf = (address: string): string => {
    assertAddress(address);
    return join(folder, address.slice(0, 2), address.slice(2));
  };
  const read = async (address: string): Promise<Buffer> => {
    const content = await readFile(pathOf(address)).catch(inWords(folder, address));
    if (addressOf(content) !== address) throw changed(address);
    return content;
  };
  return {
    place: folder,
    read,
    put: async (content) => {
      const address = addressOf(content);
      const path = pathOf(address);
      if (existsSync(path)) {
        await read(address);
        const now = new Date();
        await utimes(path, now, now).catch(inWords(folder, address));
      } else await write(folder, path, content).catch(inWords(folder, address));
      return address;
    },
    has: (address) => existsSync(pathOf(address)),
    list: () => listFolder(folder),
    touch: (address) => {
      const now = new Date();
      if (existsSync(pathOf(address))) utimesSync(pathOf(address), now, now);
    },
    remove: (address) => rmSync(pathOf(address), { force: true }),
    dropUnfinished: (before) => dropUnfinished(folder, before),
  };
}

/** Writes beside the place and moves there: whoever looks sees all of a file or nothing. */
async function write(folder: string, path: string, content: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const part = join(folder, `part-${randomBytes(8).toString('hex')}`);
  try {
    const handle = await open(part, NEW_AND_SYNCHRONOUS, 0o600);
    try {
      await handle.writeFile(content);
    } finally {
      await handle.close();
    }
    await rename(part, path);
    await settleNames(dirname(path), folder, dirname(folder));
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    throw error;
  }
}

/** Puts the names on the disk too, where the runtime lets us. */
async function settleNames(...folders: readonly string[]): Promise<void> {
  if (process.permission) return;
  for (const folder of folders) {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

async function names(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw inWordsOf(folder, '', error);
  }
}

async function listFolder(folder: string): Promise<KeptFile[]> {
  const kept: KeptFile[] = [];
  for (const shelf of (await names(folder)).filter((name) => SHELF.test(name))) {
    for (const rest of await names(join(folder, shelf))) {
      const address = shelf + rest;
      const facts = await stat(join(folder, shelf, rest)).catch(() => null);
      if (facts?.isFile()) kept.push({ address, putAt: facts.mtimeMs, bytes: facts.size });
    }
  }
  return kept;
}

async function dropUnfinished(folder: string, before: number): Promise<number> {
  let dropped = 0;
  for (const name of (await names(folder)).filter((one) => UNFINISHED.test(one))) {
    const facts = await stat(join(folder, name)).catch(() => null);
    if (!facts || facts.mtimeMs >= before) continue;
    await rm(join(folder, name), { force: true });
    dropped += 1;
  }
  return dropped;
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const inWords =
  (folder: string, address: string) =>
  (error: unknown): never => {
    throw inWordsOf(folder, address, error);
  };

function inWordsOf(folder: string, address: string, error: unknown): unknown {
  if (error instanceof FileStoreError) return error;
  const code = codeOf(error);
  if (code === 'ENOENT' && address !== '') return missing(address);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new FileStoreError('full', `The disk of ${folder} is full.`, error);
  }
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EIO', 'ERR_ACCESS_DENIED', 'ENOENT'].includes(code)) {
    return new FileStoreError('refused', `The folder ${folder} cannot be used (${code}).`, error);
  }
  return error;
}
