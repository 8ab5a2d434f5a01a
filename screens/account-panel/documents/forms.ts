import { DOCUMENT_LIMITS } from '#domain/document.ts';
import { may } from '#services/actor.ts';
import type { DocumentReceipt } from '#services/documents/attach.ts';
import { editDocument } from '#services/documents/edit.ts';
import { getDocument } from '#services/documents/read.ts';
import type { DocumentRow } from '#services/documents/rows.ts';
import { addDocumentType, listDocumentTypes, type DocumentType } from '#services/documents/types.ts';
import { addDocument, addDocumentFile } from '#services/documents/write.ts';
import type { Choice } from '#ui/dialogs.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import type { DraftRef } from '#ui/screen.ts';
import type { DocumentsContext, OwnerOfDocuments } from './context.ts';
import { READERS } from './text.ts';

export type DocumentValues = FormValues & {
  readonly type: string;
  readonly description: string;
  readonly accessLevel: string;
};

const typeChoice = ({ code, name, secure }: DocumentType): Choice<string> => ({
  value: code,
  label: name,
  ...(secure === 1 ? { detail: 'secure' } : {}),
});

/** Sets up a type without leaving the form that asks for one. */
async function newType(ctx: DocumentsContext): Promise<Choice<string> | null> {
  return ctx.form<FormValues & { code: string; name: string; secure: boolean }, Choice<string>>({
    title: 'Set up a document type',
    today: ctx.today,
    initial: { code: '', name: '', secure: false },
    fields: [
      {
        name: 'code',
        label: 'Document code',
        kind: 'text',
        required: true,
        maxLength: DOCUMENT_LIMITS.typeCode,
        help: 'Up to six characters, spaces among them.',
      },
      { name: 'name', label: 'Description', kind: 'text', required: true, maxLength: DOCUMENT_LIMITS.typeName },
      {
        name: 'secure',
        label: 'Secure',
        kind: 'flag',
        help: 'Secure documents are sealed, and opened only by who may (documents.secure).',
      },
    ],
    save: async ({ code, name, ...values }, _, idempotencyKey) => {
      const secure = values.secure ? (1 as const) : (0 as const);
      const made = await ctx.call(addDocumentType, { code, name, secure }, { idempotencyKey });
      return typeChoice({ code: made.code, name: name.trim(), secure, active: 1 });
    },
  });
}

/** Type, description and readers; the type may be set up in place by who may. */
async function factFields(ctx: DocumentsContext, kept?: string): Promise<FormField[]> {
  const types = await ctx.call(listDocumentTypes, {});
  const offered = types.filter(({ active, code }) => active === 1 || code === kept).map(typeChoice);
  const adding = { title: 'Add a type of documents …', run: () => newType(ctx) };
  const reach = ctx.actor.documentLevel ?? ctx.actor.level;
  const readers = Object.entries(READERS).filter(([level]) => Number(level) <= reach);
  return [
    {
      name: 'type',
      label: 'Type',
      kind: 'code',
      required: true,
      choices: offered,
      ...(may(ctx.actor, addDocumentType.permission) ? { adding } : {}),
      help: 'A secure type seals the document.',
    },
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
