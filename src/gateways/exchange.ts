import { constants } from 'node:fs';
import { lstat, open, readdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { FileRefused, MERE_NAME } from './files.ts';
import { mediaTypeOf } from './media-type.ts';

/** A file that was read whole. */
export interface IncomingFile {
  /** Without its folder. */
  readonly name: string;
  readonly content: Buffer;
  /** By its content; empty when that tells nothing. */
  readonly mediaType: string;
  /** Tells whether the file is still the one that was read. */
  readonly stamp: string;
}

/** A file that the scanner left. */
export interface ScannedFile {
  readonly name: string;
  readonly bytes: number;
  /** Epoch ms. */
  readonly writtenAt: number;
}

/** Where files come in: all of the machine as its user may read it, or one folder in a confined session. */
export interface Exchange {
  /** Reads a regular file. @throws FileRefused in the operator's words */
  readonly take: (path: string, mostBytes: number) => Promise<IncomingFile>;
  /** Files and folders whose path begins as typed, folders with a slash behind. */
  readonly browse: (typed: string) => Promise<readonly string[]>;
  /** What lies in the scanner's folder, the newest first. @throws FileRefused */
  readonly scans: (folder: string) => Promise<readonly ScannedFile[]>;
  readonly takeScan: (folder: string, name: string, mostBytes: number) => Promise<IncomingFile>;
  /** Takes a scan away that was taken over, unless it is another one meanwhile. */
  readonly dropScan: (folder: string, name: string, stamp: string) => Promise<void>;
}

/** A confined session's limits; none: the rights of the user that it runs under. */
export interface ExchangeLimits {
  readonly folder: string;
  /** `folder`: mere names of files there; `none`: no files at all. */
  readonly limit?: 'folder' | 'none';
}

const MOST_OFFERED = 200;

export function openExchange({ folder, limit }: ExchangeLimits): Exchange {
  const place = (typed: string): string => {
    const text = typed.trim();
    if (limit === 'none') throw new FileRefused('No files are read in this session.');
    if (text === '') throw new FileRefused('Name the file.');
    if (limit !== 'folder') return wholePath(text, folder);
    if (!MERE_NAME.test(text)) throw new FileRefused('Only a name, please: files lie in the folder for exports.');
    return join(folder, text);
  };
  return {
    take: async (path, most) => read(place(path), most, limit === undefined),
    browse: async (typed) => {
      if (limit === 'none') return [];
      return limit === 'folder' ? beginning(folder, typed.trim(), '') : ofWholePath(typed.trim(), folder);
    },
    scans: listScans,
    takeScan: async (at, name, most) => read(scanPath(at, name), most, false),
    dropScan: async (at, name, stamp) => {
      const path = scanPath(at, name);
      const facts = await lstat(path).catch(() => null);
      if (facts && stampOf(facts) === stamp) await rm(path, { force: true });
    },
  };
}

function wholePath(typed: string, folder: string): string {
  const home = typed === '~' || typed.startsWith('~/') ? join(homedir(), typed.slice(1)) : typed;
  return isAbsolute(home) ? home : resolve(folder, home);
}

function scanPath(folder: string, name: string): string {
  if (!MERE_NAME.test(name)) throw new FileRefused('That is no name of a scanned file.');
  return join(folder, name);
}

const stampOf = (facts: { ino: number; size: number; mtimeMs: number }): string =>
  `${facts.ino}:${facts.size}:${facts.mtimeMs}`;

/** Whole, and only a regular file: a pipe would never end, and a device is not one. */
async function read(path: string, most: number, follow: boolean): Promise<IncomingFile> {
  try {
    const flags = constants.O_RDONLY | constants.O_NONBLOCK | (follow ? 0 : constants.O_NOFOLLOW);
    const handle = await open(path, flags);
    try {
      const facts = await handle.stat();
      if (!facts.isFile()) throw new FileRefused('That is no file.');
      if (facts.size === 0) throw new FileRefused('The file is empty.');
      if (facts.size > most) throw new FileRefused(`The file is larger than ${Math.floor(most / 1024 ** 2)} MB.`);
      const content = await handle.readFile();
      if (content.byteLength !== facts.size) throw new FileRefused('The file is still being written; try again.');
      return { name: basename(path), content, mediaType: await mediaTypeOf(content), stamp: stampOf(facts) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw refusal(error);
  }
}

async function listScans(folder: string): Promise<ScannedFile[]> {
  if (folder === '') throw new FileRefused('There is no scanner folder: set the company option scannerFolder.');
  try {
    const names = (await readdir(folder)).filter((name) => MERE_NAME.test(name));
    const files: ScannedFile[] = [];
    for (const name of names) {
      const facts = await lstat(join(folder, name)).catch(() => null);
      if (facts?.isFile()) files.push({ name, bytes: facts.size, writtenAt: facts.mtimeMs });
    }
    return files.sort((a, b) => b.writtenAt - a.writtenAt || (a.name < b.name ? -1 : 1)).slice(0, MOST_OFFERED);
  } catch (error) {
    throw refusal(error);
  }
}

const ofWholePath = (typed: string, folder: string): Promise<string[]> => {
  const isFolder = typed === '' || typed.endsWith('/');
  const shown = isFolder ? typed : typed.slice(0, typed.lastIndexOf('/') + 1);
  const path = wholePath(typed || '.', folder);
  return beginning(isFolder ? path : dirname(path), isFolder ? '' : basename(path), shown);
};

/** Names in a folder that begin so; hidden ones only when asked for by their dot. */
async function beginning(folder: string, start: string, shown: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter(({ name }) => name.startsWith(start) && (start.startsWith('.') || !name.startsWith('.')))
    .filter((entry) => entry.isFile() || entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => `${shown}${entry.name}${entry.isDirectory() ? '/' : ''}`)
    .sort()
    .slice(0, MOST_OFFERED);
}

function refusal(error: unknown): unknown {
  if (error instanceof FileRefused) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = REASONS[code];
  return reason ? new FileRefused(reason, error) : error;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  ENOTDIR: 'There is no such file.',
  EACCES: 'You may not read it.',
  EPERM: 'You may not read it.',
  ERR_ACCESS_DENIED: 'This session may not read it.',
  EISDIR: 'That is a folder.',
  ELOOP: 'That is only a link to a file.',
  ENXIO: 'That is no file.',
  EIO: 'It cannot be read: its disk fails.',
  ENAMETOOLONG: 'The name is too long.',
  ERR_INVALID_ARG_VALUE: 'That is no name of a file.',
};
