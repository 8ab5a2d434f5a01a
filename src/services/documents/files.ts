import type { Database } from '#db/database.ts';
import { type FileStore, FileStoreError, type FileTrouble } from '#db/files/store.ts';
import { Failure, type FailureCode } from '../failure.ts';
import type { OpenVault } from '../secrets/vault.ts';

/** What a row says of a file that is kept. */
export interface StoredFile {
  readonly size: number;
  readonly digest: string;
  readonly address: string;
  readonly sealed: 0 | 1;
  readonly keyId: number | null;
}

const WORDS: Readonly<Record<FileTrouble, readonly [FailureCode, string]>> = {
  missing: ['refused', 'The file of this document is missing. Tell your administrator: meterdesk check names it.'],
  changed: [
    'refused',
    'The file of this document was changed outside the program and is not opened. Tell your administrator.',
  ],
  refused: ['unavailable', 'The folder of documents cannot be used. Tell your administrator.'],
  full: ['unavailable', 'The disk is full. Nothing was changed; tell your administrator.'],
  unset: ['unavailable', 'No documents are kept here yet: the administrator must name a folder (METERDESK_FILES).'],
};

/** @throws Failure in the operator's words */
export function fileFailure(error: unknown): never {
  if (!(error instanceof FileStoreError)) throw error;
  const [code, words] = WORDS[error.trouble];
  throw new Failure(code, words, {}, error);
}

/**
 * Puts the content in its place, before the row that will tell of it. A sealed one that is there
 * already under the same key is not stored twice, though each sealing has other bytes.
 */
export async function store(
  { db, files }: Pick<Database, 'db' | 'files'>,
  content: Uint8Array,
  vault: OpenVault | null,
): Promise<StoredFile> {
  const size = content.byteLength;
  if (vault === null) {
    const address = await files.put(content).catch(fileFailure);
    return { size, digest: address, address, sealed: 0, keyId: null };
  }
  const digest = vault.digestOf(content);
  const same = await db
    .selectFrom('document_version')
    .select('address')
    .where('digest', '=', digest)
    .where('key_id', '=', vault.keyId)
    .where('sealed', '=', 1)
    .executeTakeFirst();
  if (same && (await isWhole(files, same.address))) {
    files.touch(same.address);
    return { size, digest, address: same.address, sealed: 1, keyId: vault.keyId };
  }
  const { sealed, keyId } = vault.sealFile(content);
  return { size, digest, address: await files.put(sealed).catch(fileFailure), sealed: 1, keyId };
}

const isWhole = (files: FileStore, address: string): Promise<boolean> =>
  files.read(address).then(
    () => true,
    () => false,
  );

/** The content, proven: by its address what is stored, by its digest what it says. @throws Failure */
export async function load(
  files: FileStore,
  { address, digest, sealed }: Pick<StoredFile, 'address' | 'digest' | 'sealed'>,
  vault: OpenVault | null,
): Promise<Buffer> {
  const content = await files.read(address).catch(fileFailure);
  if (sealed === 0) return content;
  if (vault === null) throw new Failure('unavailable', 'There is no key that opens this document.');
  return vault.openFile(content, digest);
}

/** Asked in the transaction that makes the row: a cleaning may have come between. @throws Failure `busy` */
export function assertStored(files: FileStore, address: string): void {
  if (!files.has(address)) throw new Failure('busy', 'The file was not kept. Nothing was changed; try again.');
}
