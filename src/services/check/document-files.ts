import type { Finding, Rule } from '#db/check.ts';
import { type FileStore, FileStoreError } from '#db/files/store.ts';
import type { Db } from '#db/schema.ts';
import { load } from '../documents/files.ts';
import { Failure } from '../failure.ts';
import type { OpenVault, Vault } from '../secrets/vault.ts';

const PAGE = 500;
/** Opened for a proof where the key file is at hand; that their bytes are unchanged is proven of all. */
const SAMPLE = 50;

const page = (db: Db, after: number) =>
  db
    .selectFrom('document_version as v')
    .leftJoin('crypto_key as k', 'k.id', 'v.key_id')
    .select([
      'v.id',
      'v.document_id as documentId',
      'v.number',
      'v.address',
      'v.digest',
      'v.sealed',
      'v.key_id as keyId',
    ])
    .select('k.id as known')
    .where('v.id', '>', after)
    .orderBy('v.id')
    .limit(PAGE)
    .execute();

type Row = Awaited<ReturnType<typeof page>>[number];

const FAULTS: Readonly<Record<string, string>> = { missing: 'its file is missing', changed: 'its file was changed' };

async function faultOf(files: FileStore, row: Row, open: OpenVault | null): Promise<string | null> {
  try {
    await files.read(row.address);
    if (row.sealed === 1 && row.known === null) return `its key ${row.keyId} is not there`;
    if (row.sealed === 1 && open) await load(files, { ...row, sealed: 1 }, open);
    return null;
  } catch (error) {
    if (error instanceof Failure) return 'its file does not open';
    if (error instanceof FileStoreError) return FAULTS[error.trouble] ?? error.message;
    throw error;
  }
}

async function opener(vault: Vault | null): Promise<OpenVault | null> {
  if (!vault || !(await vault.hasKeyFile())) return null;
  // That the key is another one the rule of sealed numbers says.
  return vault.peek().catch((error: unknown) => {
    if (error instanceof Failure) return null;
    throw error;
  });
}

/** Every file of a document is there and unchanged; with the key file at hand some sealed ones are opened. */
export const documentFiles = (files: FileStore, vault: Vault | null): Rule => ({
  name: 'document-files',
  title: 'Every file of a document is there and unchanged',
  find: async (db, limit) => {
    const findings: Finding[] = [];
    const open = await opener(vault);
    for (let rows = await page(db, 0); rows.length > 0; rows = await page(db, rows.at(-1)!.id)) {
      for (const [at, row] of rows.entries()) {
        const fault = await faultOf(files, row, at < SAMPLE ? open : null);
        if (fault) {
          findings.push({ account: null, message: `document ${row.documentId}, version ${row.number}: ${fault}` });
        }
        if (findings.length >= limit) return findings;
      }
    }
    return findings;
  },
});
