import { open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { FileRefused, MERE_NAME } from './files.ts';

/** A file to read: as typed, and where a mere name is looked for. */
export interface FileRequest {
  readonly path: string;
  readonly folder: string;
  /** Nothing but a mere name is taken. */
  readonly onlyHere?: boolean;
}

/** The lines of a file, and what it is called without its folder. */
export interface ReadFile {
  readonly name: string;
  readonly lines: readonly string[];
}

/** Far above what a bank sends in a day. */
const LARGEST = 20 * 1024 * 1024;

/**
 * Reads the lines of a text file, without the mark that some systems put in front.
 * @throws FileRefused in the operator's words
 */
export async function readLines({ path: typed, folder, onlyHere }: FileRequest): Promise<ReadFile> {
  const text = typed.trim();
  if (text === '') throw new FileRefused('Name the file.');
  if (onlyHere && !MERE_NAME.test(text))
    throw new FileRefused('Only a name, please: files lie in the folder for exports.');
  const home = text === '~' || text.startsWith('~/') ? join(homedir(), text.slice(1)) : text;
  const path = isAbsolute(home) ? home : resolve(folder, home);
  try {
    const handle = await open(path, 'r');
    try {
      const facts = await handle.stat();
      if (!facts.isFile()) throw new FileRefused('That is no file.');
      if (facts.size > LARGEST) throw new FileRefused('The file is larger than 20 MB.');
      const content = await handle.readFile('utf8');
      return { name: basename(path), lines: content.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = REASONS[code];
    if (!reason) throw error;
    throw new FileRefused(reason, error);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  ENOTDIR: 'There is no such file.',
  EACCES: 'You may not read it.',
  EPERM: 'You may not read it.',
  ERR_ACCESS_DENIED: 'You may not read it.',
  EISDIR: 'That is a folder.',
  ENAMETOOLONG: 'The name is too long.',
  ERR_INVALID_ARG_VALUE: 'That is no name of a file.',
};
