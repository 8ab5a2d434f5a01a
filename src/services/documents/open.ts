import { z } from 'zod';
import type { FileStore } from '#db/files/store.ts';
import { Failure } from '../failure.ts';
import { command, query, type QueryContext } from '../operation.ts';
import type { OpenVault } from '../secrets/vault.ts';
import { assertVisible } from '../subject.ts';
import { load, type StoredFile } from './files.ts';
import { id, readDocument, secureRefusal } from './read.ts';

/** A file as it was added. */
export interface OpenedDocument {
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  /** Base64. */
  readonly content: string;
}

const which = z.object({
  documentId: id,
  number: z.number().int().min(1).max(1_000_000).optional().describe('of its files; left out: the newest'),
});

type Which = z.infer<typeof which>;

/** The row of the file that was asked for. */
async function fileOf({ db }: QueryContext, { documentId, number }: Which) {
  const row = await db
    .selectFrom('document_version')
    .select(['file_name as fileName', 'media_type as mediaType', 'size', 'address', 'digest', 'sealed'])
    .where('document_id', '=', documentId)
    .$if(number !== undefined, (q) => q.where('number', '=', number!))
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) throw new Failure('not_found', 'There is no such version of this document.');
  return row;
}

const opened = (
  { fileName, mediaType, size }: Pick<OpenedDocument, 'fileName' | 'mediaType' | 'size'>,
  content: Buffer,
): OpenedDocument => ({ fileName, mediaType, size, content: content.toString('base64') });

export const openDocument = query({
  name: 'document.open',
  summary: 'The file of a document that is not secure',
  permission: 'documents.read',
  input: which,
  subject: ({ documentId }) => ({ documentId }),
  run: async (ctx, input): Promise<OpenedDocument> => {
    const { secure, opens } = await readDocument(ctx, input.documentId);
    const file = await fileOf(ctx, input);
    if (!opens) throw secureRefusal();
    if (secure === 1 || file.sealed === 1) {
      throw new Failure('refused', 'Secure documents are opened with document.openSecure, which the audit keeps.');
    }
    return opened(file, await load(ctx.files, { ...file, sealed: 0 }, null));
  },
});

/** What the transaction leaves behind for reading the file. */
type Allowed = OpenedDocument & { readonly file?: Pick<StoredFile, 'address' | 'digest' | 'sealed'> };

/** The audit row is on the disk before the file is read. */
export const openSecureDocument = command({
  name: 'document.openSecure',
  summary: 'The file of a secure document; the audit trail keeps who opened it',
  permission: 'documents.secure',
  input: which,
  prepare: async (_, { vault, database }) => ({ vault: await vault.unlock(), files: database.files }),
  run: async (ctx, input, _aids: { vault: OpenVault; files: FileStore }): Promise<Allowed> => {
    // Reading is no change: customers who may only be read are no hindrance.
    await assertVisible(ctx, { documentId: input.documentId });
    const document = await readDocument(ctx, input.documentId);
    const { address, digest, sealed, ...file } = await fileOf(ctx, input);
    ctx.audit({
      entity: 'Document',
      entityId: document.id,
      customerId: document.customerId,
      changes: { opened: [null, file.fileName] },
    });
    return { ...file, content: '', file: { address, digest, sealed: sealed as 0 | 1 } };
  },
  committed: async ({ file, ...rest }, { vault, files }): Promise<Allowed> =>
    opened(rest, await load(files, file!, vault)),
});
