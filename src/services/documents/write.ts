import { z } from 'zod';
import { DOCUMENT_LIMITS } from '#domain/document.ts';
import { holdsCardNumber } from '#domain/card-number.ts';
import { command } from '../operation.ts';
import { shortText, typedText } from '#domain/typed-text.ts';
import { addFile, attach, type DocumentReceipt, ownerFor, takeFor } from './attach.ts';
import { changeable, changed, described, mustSeal } from './changeable.ts';
import { sourceInput, takeFile, type Taken, takenFile } from './intake.ts';
import { withNoteWords } from './note-words.ts';
import { id, oneOwner, ownerInput, ownerSubject } from './read.ts';

export const factsInput = {
  type: shortText(40).min(1, 'Choose what kind of document it is.'),
  description: typedText(DOCUMENT_LIMITS.description)
    .trim()
    .refine((text) => !holdsCardNumber(text), 'No card numbers.')
    .default(''),
  accessLevel: z.number().int().min(1).max(3).default(1),
} as const;

export const addDocument = command({
  name: 'document.add',
  summary: 'Attach a document to a customer, a location, an account or a note',
  permission: 'documents.edit',
  input: z.object({ ...ownerInput, ...factsInput, ...sourceInput }).superRefine(oneOwner),
  subject: ownerSubject,
  prepare: (input, aids) => takeFor(input.type, input, aids),
  run: async (ctx, input, taken: Taken): Promise<DocumentReceipt> => {
    const { type, description, accessLevel } = input;
    const owner = await ownerFor(ctx, input);
    return withNoteWords(ctx, owner.noteId, () => attach(ctx, owner, { type, description, accessLevel }, taken));
  },
  committed: async (receipt, { settle }) => {
    await settle();
    return receipt;
  },
});

export const addDocumentFile = command({
  name: 'document.addFile',
  summary: 'Give a document a new file; those before are kept as its versions',
  permission: 'documents.edit',
  input: z.object({ documentId: id, /** The version that was read. */ version: id, ...sourceInput }),
  subject: ({ documentId }) => ({ documentId }),
  prepare: async (input, aids): Promise<Taken> => takeFile(input, await mustSeal(aids.db, input.documentId), aids),
  run: async (ctx, { documentId, version }, taken: Taken): Promise<DocumentReceipt> => {
    const document = await changeable(ctx, documentId, version);
    const file = takenFile(taken);
    if (document.secure && file.sealed === 0) throw changed();
    await withNoteWords(ctx, document.noteId, () => addFile(ctx, documentId, document.files + 1, file));
    await described(ctx, document, {}, { file: [document.fileName, file.fileName] });
    return { documentId, version: version + 1 };
  },
  committed: async (receipt, { settle }) => {
    await settle();
    return receipt;
  },
});

const which = z.object({ documentId: id, version: id });

export const deleteDocument = command({
  name: 'document.delete',
  summary: 'Take a document away; it and its files are kept',
  permission: 'documents.edit',
  input: which,
  subject: ({ documentId }) => ({ documentId }),
  run: async (ctx, { documentId, version }): Promise<DocumentReceipt> => {
    const document = await changeable(ctx, documentId, version);
    const removed = { removed_at: ctx.now, removed_by: ctx.actor.username };
    await described(ctx, document, removed, { removedAt: [null, ctx.now] });
    return { documentId, version: version + 1 };
  },
});

export const restoreDocument = command({
  name: 'document.restore',
  summary: 'Bring back a document that was taken away',
  permission: 'documents.edit',
  input: which,
  subject: ({ documentId }) => ({ documentId }),
  run: async (ctx, { documentId, version }): Promise<DocumentReceipt> => {
    const document = await changeable(ctx, documentId, version, true);
    if (document.removedAt === null) return { documentId, version };
    await described(ctx, document, { removed_at: null, removed_by: null }, { removedAt: [document.removedAt, null] });
    return { documentId, version: version + 1 };
  },
});
