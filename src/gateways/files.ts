import { constants } from 'node:fs';
import { access, chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, extname, isAbsolute, join, resolve } from 'node:path';

/** Why a file was not written, in the operator's words. */
export class FileRefused extends Error {
  constructor(reason: string, cause?: unknown) {
    super(reason, cause === undefined ? undefined : { cause });
    this.name = 'FileRefused';
  }
}

/** A cell of a written list. */
export type Cell = string | number | null;

/** Where a file is to be written. */
interface Place {
  /** As typed: a name, a relative or absolute path, `~` for the home folder. */
  readonly path: string;
  /** Where a mere name goes. */
  readonly folder: string;
  /** Nothing but a mere name is taken, and who shares the folder's group may read the file. */
  readonly onlyHere?: boolean;
  /** Whether a file that is there already may be replaced. */
  readonly replace: boolean;
}

/** A document to write as it is. */
export interface DocumentFile extends Place {
  /** Ending of a name without one. */
  readonly format: string;
  readonly content: Uint8Array;
}

/** A list to write: headings and rows of plain values. */
export interface ListFile extends Place {
  readonly format: 'csv' | 'xlsx';
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Written to the disk before it is moved; by the flag, because the permission model knows no `fsync`. */
const NEW_AND_SYNCHRONOUS = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_SYNC;

/** A name without a way in it to elsewhere, and without a dot in front, which would hide it. */
export const MERE_NAME = /^[^/\\\0.][^/\\\0]*$/;

/** The absolute path that was meant, with the format's extension when none was typed. */
export function resolvePath(typed: string, folder: string, format: string): string {
  const text = typed.trim();
  const home = text === '~' || text.startsWith('~/') ? join(homedir(), text.slice(1)) : text;
  const path = isAbsolute(home) ? home : resolve(folder, home);
  return extname(path) === '' ? `${path}.${format}` : path;
}

/**
 * Writes a list as CSV or XLSX.
 * @returns the absolute path
 * @throws FileRefused when it exists or cannot be written
 */
export const writeListFile = (file: ListFile): Promise<string> =>
  writePrivately(file, () =>
    file.format === 'csv' ? toCsv(file.columns, file.rows) : toXlsx(file.columns, file.rows),
  );

/**
 * Writes a document.
 * @returns the absolute path
 * @throws FileRefused when it exists or cannot be written
 */
export const writeDocumentFile = (file: DocumentFile): Promise<string> =>
  writePrivately(file, () => Promise.resolve(file.content));

/**
 * Writes a file beside its place and moves it there when it is whole, readable by its owner only: it
 * holds people's data.
 */
async function writePrivately(
  file: Place & { readonly format: string },
  content: () => Promise<string | Uint8Array>,
): Promise<string> {
  const path = await freePlace(file);
  const partial = `${path}.${process.pid}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const written = await content();
    const handle = await open(partial, NEW_AND_SYNCHRONOUS, 0o600);
    try {
      await handle.writeFile(written);
    } finally {
      await handle.close();
    }
    // By its path: the permission model takes no rights by a handle.
    if (file.onlyHere) await chmod(partial, 0o640);
    await rename(partial, path);
    return path;
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = REASONS[code];
    if (!reason) throw error;
    throw new FileRefused(reason, error);
  }
}

/** The path that was meant, when a file may be written there. @throws FileRefused */
export async function freePlace(file: Place & { readonly format: string }): Promise<string> {
  if (file.onlyHere && !MERE_NAME.test(file.path.trim())) {
    throw new FileRefused('Only a name, please: files go into the folder for exports.');
  }
  const path = resolvePath(file.path, file.folder, file.format);
  if (!file.replace && (await exists(path))) {
    throw new FileRefused('There is a file of that name already.');
  }
  return path;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'You may not write there.',
  EPERM: 'You may not write there.',
  EROFS: 'That place is read-only.',
  ENOSPC: 'The disk is full.',
  ENOTDIR: 'Part of the path is a file.',
  EISDIR: 'That is a folder.',
  EEXIST: 'Part of the path is a file, or it is being written already.',
  ENAMETOOLONG: 'The name is too long.',
};

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

/**
 * A text that a spreadsheet would take for a formula (some also by its full-width sign) gets an apostrophe in front; amounts and
 * phone numbers in digits stay as they are.
 */
export function safeCell(cell: Cell): Cell {
  if (typeof cell !== 'string' || !/^[=+\-@\t\r＝＋－＠]/.test(cell)) return cell;
  return /^[+-]?[\d,. ()-]*$/.test(cell) ? cell : `'${cell}`;
}

async function toCsv(columns: readonly string[], rows: readonly (readonly Cell[])[]): Promise<string> {
  const { stringify } = await import('csv-stringify/sync');
  return stringify([[...columns], ...rows.map((row) => row.map(safeCell))], { bom: true, record_delimiter: 'windows' });
}

async function toXlsx(columns: readonly string[], rows: readonly (readonly Cell[])[]): Promise<Buffer> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const heading = columns.map((title) => ({ value: title, fontWeight: 'bold' as const }));
  const body = rows.map((row) =>
    row.map((cell) => {
      if (cell === null || cell === '') return null;
      return typeof cell === 'number' ? { value: cell, type: Number } : { value: cell, type: String };
    }),
  );
  return writeXlsxFile([heading, ...body], { stickyRowsCount: 1 }).toBuffer();
}
