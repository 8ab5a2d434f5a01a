import { z } from 'zod';
import { Failure } from '../failure.ts';
import { type LastChange, lastChange } from '../last-change.ts';
import { readNote } from '../notes/read.ts';
import { query, type QueryContext, type Subject } from '../operation.ts';
import { loadOptions } from '../options/operations.ts';
import { type DocumentRow, documentRow, selectDocuments } from './rows.ts';

export const id = z.number().int().positive();

/** Whose a document is: exactly one of them. */
export const ownerInput = {
  customerId: id.optional(),
  locationId: id.optional(),
  accountId: id.optional(),
  noteId: id.optional(),
} as const;

export interface NamedOwner {
  readonly customerId?: number;
  readonly locationId?: number;
  readonly accountId?: number;
  readonly noteId?: number;
}

/** Complains unless one owner is named. */
export function oneOwner({ customerId, locationId, accountId, noteId }: NamedOwner, problem: z.RefinementCtx): void {
  if ([customerId, locationId, accountId, noteId].filter((value) => value !== undefined).length === 1) return;
  const message = 'Name one customer, location, account or note.';
  problem.addIssue({ code: 'custom', path: ['customerId'], message });
}

export function ownerSubject({ customerId, locationId, accountId, noteId }: NamedOwner): Subject | null {
  if (customerId !== undefined) return { customerId };
  if (locationId !== undefined) return { locationId };
  if (accountId !== undefined) return { accountId };
  return noteId === undefined ? null : { noteId };
}

export const listDocuments = query({
  name: 'document.list',
  summary: 'Documents of a customer with those of its accounts; or of a location, an account or a note',
  permission: 'documents.read',
  input: z.object(ownerInput).superRefine(oneOwner),
  subject: ownerSubject,
  // The tab is read as a whole; opening a document is what tells something.
  viewed: () => null,
  run: async (ctx, { customerId, locationId, accountId, noteId }): Promise<DocumentRow[]> => {
    if (noteId !== undefined) await readNote(ctx, noteId);
    const rows = await selectDocuments(ctx)
      .$if(customerId !== undefined, (q) =>
        q.where('d.customer_id', '=', customerId!).where('d.level', 'in', ['customer', 'account']),
      )
      .$if(locationId !== undefined, (q) =>
        q.where('d.location_id', '=', locationId!).where('d.level', '=', 'location'),
      )
      .$if(accountId !== undefined, (q) => q.where('d.account_id', '=', accountId!).where('d.level', '=', 'account'))
      .$if(noteId !== undefined, (q) => q.where('d.note_id', '=', noteId!))
      .orderBy('v.created_at', 'desc')
      .orderBy('d.id', 'desc')
      .execute();
    return rows.map((row) => documentRow(row, ctx.actor));
  },
});

/** One document that the actor may know of. @throws Failure `not_found` */
export async function readDocument(ctx: QueryContext, documentId: number): Promise<DocumentRow> {
  const row = await selectDocuments(ctx).where('d.id', '=', documentId).executeTakeFirst();
  if (!row) throw new Failure('not_found', 'This document is not there any more.');
  if (row.noteId !== null) await readNote(ctx, row.noteId);
  return documentRow(row, ctx.actor);
}

export const getDocument = query({
  name: 'document.get',
  summary: 'What a document is, and who changed it last',
  permission: 'documents.read',
  input: z.object({ documentId: id }),
  subject: ({ documentId }) => ({ documentId }),
  viewed: () => null,
  run: async (ctx, { documentId }): Promise<DocumentRow & LastChange> => {
    const document = await readDocument(ctx, documentId);
    return { ...document, ...(await lastChange(ctx.db, 'Document', documentId)) };
  },
});

/** A file that a document has or has had. */
export interface FileOfDocument {
  readonly number: number;
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  readonly addedAt: number;
  readonly addedBy: string;
}

export const documentVersions = query({
  name: 'document.versions',
  summary: 'All files that a document has had, the newest first',
  permission: 'documents.read',
  input: z.object({ documentId: id }),
  subject: ({ documentId }) => ({ documentId }),
  viewed: () => null,
  run: async (ctx, { documentId }): Promise<FileOfDocument[]> => {
    const { opens } = await readDocument(ctx, documentId);
    if (!opens) throw secureRefusal();
    return ctx.db
      .selectFrom('document_version')
      .select(['number', 'file_name as fileName', 'media_type as mediaType', 'size'])
      .select(['created_at as addedAt', 'created_by as addedBy'])
      .where('document_id', '=', documentId)
      .orderBy('number', 'desc')
      .execute();
  },
});

export const secureRefusal = (): Failure =>
  new Failure('forbidden', 'This document is secure: you may not open or change it (documents.secure).');

/** What files may be, and where the scanner leaves its own. */
export const documentRules = query({
  name: 'document.rules',
  summary: 'Largest file of a document, kinds that are taken, and the folder of the scanner',
  permission: 'documents.edit',
  input: z.object({}),
  run: async ({ db }) => {
    const { documentMegabytes, documentTypes, scannerFolder } = await loadOptions(db);
    return { megabytes: documentMegabytes, mediaTypes: documentTypes, scannerFolder };
  },
});
