import type { Database } from '#db/database.ts';
import { sweepThese } from '#db/files/sweep.ts';
import { IdMaker } from '#domain/ids.ts';
import { Failure } from '../failure.ts';
import type { Progress } from '../operation.ts';
import { retrying } from '../retry.ts';
import type { Renewed } from '../secrets/reseal.ts';
import { type OpenVault, vaultOf } from '../secrets/vault.ts';
import { load, store, type StoredFile } from './files.ts';
import { documentTypes } from './types.ts';

const ids = new IdMaker();
const PAGE = 100;

/** A file that was put into the store once more, sealed, and the row that still names the other. */
export interface Sealing {
  readonly versionId: number;
  /** Address of the one before. */
  readonly from: string;
  readonly file: StoredFile;
}

const VERSION = ['v.id', 'v.address', 'v.digest', 'v.sealed', 'v.key_id as keyId'] as const;

interface Version {
  readonly id: number;
  readonly address: string;
  readonly digest: string;
  readonly sealed: number;
}

async function sealing(database: Database, vault: OpenVault, version: Version): Promise<Sealing> {
  const { id, address, digest, sealed } = version;
  const content = await load(database.files, { address, digest, sealed: sealed as 0 | 1 }, vault);
  return { versionId: id, from: address, file: await store(database, content, vault) };
}

/** Seals what a document has in the open; its rows still name the open files. */
export async function sealingsOf(database: Database, vault: OpenVault, documentId: number): Promise<Sealing[]> {
  const versions = await database.db
    .selectFrom('document_version as v')
    .select(VERSION)
    .where('v.document_id', '=', documentId)
    .where('v.sealed', '=', 0)
    .orderBy('v.id')
    .execute();
  const sealings: Sealing[] = [];
  for (const version of versions) sealings.push(await sealing(database, vault, version));
  return sealings;
}

/** Has the row name the sealed file, unless somebody changed it meanwhile; takes the other away. */
async function take(database: Database, { versionId, from, file }: Sealing): Promise<void> {
  await retrying(ids, () =>
    database.transaction((db) =>
      db
        .updateTable('document_version')
        .set({ address: file.address, digest: file.digest, sealed: 1, key_id: file.keyId })
        .where('id', '=', versionId)
        .where('address', '=', from)
        .execute(),
    ),
  );
  // A backup that is being made may still want it: a sealed one is left to the cleaning of tomorrow.
  database.files.touch(from);
}

/** Files that are to be sealed, or sealed anew, in pages by their id. */
async function renew(
  database: Database,
  vault: OpenVault,
  pageAfter: (after: number) => Promise<Version[]>,
  onProgress: Progress,
): Promise<Renewed> {
  let [after, renewed, damaged] = [0, 0, 0];
  for (;;) {
    const versions = await pageAfter(after);
    if (versions.length === 0) return { renewed, damaged };
    for (const version of versions) {
      try {
        await take(database, await sealing(database, vault, version));
        if (version.sealed === 0) await sweepThese(database, [version.address]);
        renewed += 1;
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== 'refused') throw error;
        damaged += 1;
      }
      onProgress('files sealed', renewed + damaged, null);
    }
    after = versions.at(-1)!.id;
  }
}

/** Seals every file anew that another key than the newest seals. Broken off it is gone on with by running it again. */
export async function resealFiles(database: Database, onProgress: Progress = () => {}): Promise<Renewed> {
  const vault = await vaultOf(database).unlock();
  const page = (after: number): Promise<Version[]> =>
    database.db
      .selectFrom('document_version as v')
      .select(VERSION)
      .where('v.sealed', '=', 1)
      .where('v.key_id', '!=', vault.keyId)
      .where('v.id', '>', after)
      .orderBy('v.id')
      .limit(PAGE)
      .execute();
  return renew(database, vault, page, onProgress);
}

/** Seals what types were made secure after their documents were added; nothing to do needs no key. */
export async function sealPending(database: Database, onProgress: Progress = () => {}): Promise<Renewed> {
  const secure = (await documentTypes(database.db)).filter((type) => type.secure === 1).map(({ code }) => code);
  const page = (after: number): Promise<Version[]> =>
    database.db
      .selectFrom('document_version as v')
      .innerJoin('document as d', 'd.id', 'v.document_id')
      .select(VERSION)
      .where('v.sealed', '=', 0)
      .where('d.type', 'in', secure)
      .where('v.id', '>', after)
      .orderBy('v.id')
      .limit(PAGE)
      .execute();
  if (secure.length === 0 || (await page(0)).length === 0) return { renewed: 0, damaged: 0 };
  return renew(database, await vaultOf(database).unlock(), page, onProgress);
}
