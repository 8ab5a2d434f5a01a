import { DOCUMENT_LIMITS } from '#domain/document.ts';
import type { DocumentReceipt } from '#services/documents/attach.ts';
import { editDocument } from '#services/documents/edit.ts';
import { getDocument } from '#services/documents/read.ts';
import type { DocumentRow } from '#services/documents/rows.ts';
import { addDocument, addDocumentFile, deleteDocument } from '#services/documents/write.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import type { DraftRef } from '#ui/screen.ts';
import { takingBack } from '#ui/undo.ts';
import { codeField } from '../../setup/add-in-place.ts';
import type { DocumentsContext, OwnerOfDocuments } from './context.ts';
import { READERS } from './text.ts';

export type DocumentValues = FormValues & {
  readonly type: string;
  readonly description: string;
  readonly accessLevel: string;
};

/** Type, description and readers; the type may be set up in place by who may. */
async function factFields(ctx: DocumentsContext, kept?: string): Promise<FormField[]> {
  const type = await codeField(
    ctx,
    'document_type',
    { name: 'type', label: 'Type', required: true, help: 'A secure type seals the document.' },
    { kept: kept ?? null },
  );
  const reach = ctx.actor.documentLevel ?? ctx.actor.level;
  const readers = Object.entries(READERS).filter(([level]) => Number(level) <= reach);
  return [
    type,
    { name: 'description', label: 'Description', kind: 'text', maxLength: DOCUMENT_LIMITS.description },
    {
      name: 'accessLevel',
      label: 'Read by',
      kind: 'code',
      required: true,
      choices: readers.map(([value, label]) => ({ value, label })),
      help: 'Users whose groups reach this level may open it.',
    },
  ];
}

/** The field of a file's path, with what is there on F4. */
export const pathField = (ctx: Pick<DocumentsContext, 'files'>, required: boolean, label = 'File name'): FormField => ({
  name: 'path',
  label,
  kind: 'text',
  required,
  maxLength: 1000,
  browse: (typed) => ctx.files.browse(typed),
  help: 'Type a path, or look for the file with F4. Its kind is told by what is in it.',
});

/** Where a file comes from: a name in the scanner's folder, or null: a path that is still to be typed. */
export type Scan = string | null;

const EMPTY = { type: '', description: '', accessLevel: '1', path: '' };

/** The window of a new document. */
export async function addForm(
  ctx: DocumentsContext,
  owner: OwnerOfDocuments,
  scan: Scan,
  draft: DraftRef | null,
): Promise<FormDefinition<DocumentValues & { path: string }, DocumentReceipt>> {
  const [type, description, readers] = (await factFields(ctx)) as [FormField, FormField, FormField];
  const file: FormField =
    scan === null ? pathField(ctx, true) : { name: 'path', label: 'Scanned file', kind: 'readonly' };
  return {
    title: 'Add document',
    fields: [type, description, file, readers],
    initial: { ...EMPTY, path: scan ?? '' },
    ...(draft && scan === null ? { draft } : {}),
    today: ctx.today,
    save: ({ path, accessLevel, ...values }, _, idempotencyKey) =>
      ctx.call(
        addDocument,
        {
          ...owner,
          type: values.type,
          description: values.description,
          accessLevel: Number(accessLevel),
          ...(scan === null ? { path, scan: '' } : { path: '', scan }),
        },
        { idempotencyKey },
      ),
    undo: ({ documentId, version: made }) =>
      takingBack(`document ${documentId}`, made, (version, how) =>
        ctx.call(deleteDocument, { documentId, version }, how),
      ),
  };
}

const valuesOf = ({ type, description, accessLevel }: DocumentRow): DocumentValues => ({
  type,
  description,
  accessLevel: String(accessLevel),
});

/** The window in which type, description and readers of a document are changed. */
export async function editForm(
  ctx: DocumentsContext,
  row: DocumentRow,
  draft: DraftRef | null,
): Promise<FormDefinition<DocumentValues, DocumentReceipt>> {
  return {
    title: `Edit document: ${row.fileName}`,
    fields: await factFields(ctx, row.type),
    initial: valuesOf(row),
    version: row.version,
    ...(draft ? { draft } : {}),
    today: ctx.today,
    save: ({ type, description, accessLevel }, version) =>
      ctx.call(editDocument, { documentId: row.id, version, type, description, accessLevel: Number(accessLevel) }),
    undo: ({ version: made }, { before: { type, description, accessLevel } }) =>
      takingBack(`document ${row.id}`, made, (version, how) => {
        const given = { documentId: row.id, version, type, description, accessLevel: Number(accessLevel) };
        return ctx.call(editDocument, given, how);
      }),
    current: async () => {
      const present = await ctx.call(getDocument, { documentId: row.id });
      const { version, changedBy, changedAt } = present;
      return { values: valuesOf(present), version, changedBy, changedAt };
    },
  };
}

/** The window of a new version: a file in the place of the present one, which is kept. */
export const fileForm = (
  ctx: DocumentsContext,
  { id: documentId, version, description, fileName }: DocumentRow,
  scan: Scan,
): FormDefinition<FormValues & { path: string }, DocumentReceipt> => ({
  title: `New version of ${description || fileName}`,
  fields: [scan === null ? pathField(ctx, true) : { name: 'path', label: 'Scanned file', kind: 'readonly' }],
  initial: { path: scan ?? '' },
  version,
  today: ctx.today,
  save: ({ path }, read, idempotencyKey) =>
    ctx.call(
      addDocumentFile,
      { documentId, version: read, ...(scan === null ? { path, scan: '' } : { path: '', scan }) },
      { idempotencyKey },
    ),
});
