import { mediaProblem, plainFileName } from '#domain/document.ts';
import type { IncomingFile } from '#gateways/exchange.ts';
import { Failure } from '../failure.ts';
import type { Preparation } from '../operation.ts';
import { loadOptions } from '../options/operations.ts';
import { shortText } from '#domain/typed-text.ts';
import { store, type StoredFile } from './files.ts';

/** Where a file comes from: a path, or a name in the scanner's folder. */
export const sourceInput = {
  path: shortText(1000).default('').describe('a file that the program may read'),
  scan: shortText(255).default('').describe('a file of the scanner folder, which is taken away from there'),
} as const;

export interface FileSource {
  readonly path: string;
  readonly scan: string;
}

/** A file that waits in the store for its row. */
export interface TakenFile extends StoredFile {
  readonly fileName: string;
  readonly mediaType: string;
}

/** What was read before the transaction. */
export interface Taken {
  /** Refusals are told in the transaction: a command that is repeated must first find its answer. */
  readonly file: TakenFile | Failure;
  /** Takes the scan away once its document is saved. */
  readonly settle: () => Promise<void>;
}

const nothing = async (): Promise<void> => {};

/** Reads, checks and stores a file; sealed when its document is secure. Never throws what the operator can mend. */
export async function takeFile(source: FileSource, secure: boolean, aids: Preparation): Promise<Taken> {
  try {
    return await taking(source, secure, aids);
  } catch (error) {
    if (error instanceof Failure) return { file: error, settle: nothing };
    // By its name: the class is the gateway's.
    if (!(error instanceof Error) || error.name !== 'FileRefused') throw error;
    return { file: atField(source, error.message, error), settle: nothing };
  }
}

const fieldOf = ({ scan }: FileSource): 'scan' | 'path' => (scan === '' ? 'path' : 'scan');

const atField = (source: FileSource, message: string, cause?: unknown): Failure =>
  new Failure('invalid', message, { [fieldOf(source)]: message }, cause);

async function taking(source: FileSource, secure: boolean, aids: Preparation): Promise<Taken> {
  const { exchange, database, vault } = aids;
  const { path, scan } = source;
  if (!exchange) throw new Failure('unavailable', 'No files come in here.');
  if ((path.trim() === '') === (scan === '')) throw atField(source, 'Name the file.');
  const { documentMegabytes, documentTypes, scannerFolder } = await loadOptions(database.db);
  const most = documentMegabytes * 1024 ** 2;
  const incoming: IncomingFile =
    scan === '' ? await exchange.take(path, most) : await exchange.takeScan(scannerFolder, scan, most);
  const problem = mediaProblem(incoming.mediaType, documentTypes);
  if (problem) throw atField(source, problem);
  const stored = await store(database, incoming.content, secure ? await vault.unlock() : null);
  return {
    file: { ...stored, fileName: plainFileName(incoming.name), mediaType: incoming.mediaType },
    settle: scan === '' ? nothing : () => exchange.dropScan(scannerFolder, scan, incoming.stamp).catch(nothing),
  };
}

/** The taken file. @throws Failure that taking it met */
export function takenFile({ file }: Taken): TakenFile {
  if (file instanceof Failure) throw file;
  return file;
}
