import { mediaName, sizeText } from '#domain/document.ts';
import type { DocumentReceipt } from '#services/documents/attach.ts';
import { openDocument, openSecureDocument } from '#services/documents/open.ts';
import { documentRules, documentVersions } from '#services/documents/read.ts';
import type { DocumentRow } from '#services/documents/rows.ts';
import { deleteDocument, restoreDocument } from '#services/documents/write.ts';
import type { CallOptions } from '#services/operation.ts';
import { clean } from '#terminal/sanitize.ts';
import type { Choice } from '#ui/choice.ts';
import type { DraftRef } from '#ui/screen.ts';
import { wrap } from '#ui/width.ts';
import type { DocumentsContext, OwnerOfDocuments } from './context.ts';
import { addForm, editForm, fileForm, type Scan } from './forms.ts';
import { documentFacts, documentTitle, momentText } from './text.ts';

/** Shown at once; the whole file can always be written out. */
const MOST_LINES = 5000;

/** Browse or Capture; undefined when it was left, null for a path that is to be typed. */
async function askSource(ctx: DocumentsContext): Promise<Scan | undefined> {
  const { scannerFolder } = await ctx.call(documentRules, {});
  if (scannerFolder === '') return null;
  const way = await ctx.choose<'browse' | 'capture'>('Where from', [
    { value: 'browse', label: 'Browse', detail: 'a file by its path' },
    { value: 'capture', label: 'Capture', detail: 'from the scanner' },
  ]);
  if (way === null) return undefined;
  return way === 'browse' ? null : askScan(ctx, scannerFolder);
}

async function askScan(ctx: DocumentsContext, folder: string): Promise<Scan | undefined> {
  const scans = await ctx.files.scans(folder);
  if (scans.length === 0) {
    ctx.toast('The scanner has left nothing.', 'info');
    return undefined;
  }
  const choices = scans.map(({ name, bytes, writtenAt }): Choice<string> => ({
    value: name,
    label: name,
    detail: `${sizeText(bytes)}  ${momentText(writtenAt)}`,
  }));
  return (await ctx.choose('Scanned files, the newest first', choices)) ?? undefined;
}

/** Adds a document; null when it was left. */
export async function addDocumentTo(
  ctx: DocumentsContext,
  owner: OwnerOfDocuments,
  draft: DraftRef | null,
): Promise<DocumentReceipt | null> {
  const scan = await askSource(ctx);
  return scan === undefined ? null : ctx.form(await addForm(ctx, owner, scan, draft));
}

/** A new file for a document; null when it was left. */
export async function addFileTo(ctx: DocumentsContext, row: DocumentRow): Promise<DocumentReceipt | null> {
  const scan = await askSource(ctx);
  return scan === undefined ? null : ctx.form(fileForm(ctx, row, scan));
}

export const editIn = async (
  ctx: DocumentsContext,
  row: DocumentRow,
  draft: DraftRef | null,
): Promise<DocumentReceipt | null> => ctx.form(await editForm(ctx, row, draft));

/** Reads the file, of a secure document with an entry in the audit trail; shows a text, writes others out. */
export async function openFile(ctx: DocumentsContext, row: DocumentRow, number?: number): Promise<void> {
  const operation = row.secure === 1 ? openSecureDocument : openDocument;
  const { fileName, mediaType, content } = await ctx.call(operation, { documentId: row.id, number });
  const how = mediaType === 'text/plain' ? await askHow(ctx, fileName) : 'write';
  if (how === 'write') await ctx.saveDocument({ name: fileName, content });
  if (how === 'read') await ctx.show(clean(fileName), textLines(content, Math.min(100, ctx.size().columns - 8)));
}

const askHow = (ctx: DocumentsContext, fileName: string): Promise<'read' | 'write' | null> =>
  ctx.choose<'read' | 'write'>(`Open ${clean(fileName)}`, [
    { value: 'read', label: 'Read it here' },
    { value: 'write', label: 'Write it to a file' },
  ]);

/** A text in lines of a width, without anything that would steer a terminal. */
export function textLines(content: string, width: number): string[] {
  const text = clean(Buffer.from(content, 'base64').toString('utf8').replaceAll('\t', '    '), { multiline: true });
  const lines = text.split('\n').slice(0, MOST_LINES);
  const wrapped = lines.flatMap((line) => wrap(line, width));
  return wrapped.length <= MOST_LINES && lines.length < MOST_LINES
    ? wrapped
    : [...wrapped.slice(0, MOST_LINES), '', `(the first ${MOST_LINES} lines)`];
}

/** All files that the document has had; the one that is chosen is opened. */
export async function openVersion(ctx: DocumentsContext, row: DocumentRow): Promise<void> {
  const files = await ctx.call(documentVersions, { documentId: row.id });
  const choices = files.map(({ number, fileName, mediaType, size, addedAt, addedBy }): Choice<number> => ({
    value: number,
    label: `${number}  ${clean(fileName)}`,
    detail: `${mediaName(mediaType)} ${sizeText(size)}  ${momentText(addedAt)} ${addedBy}`,
  }));
  const number = await ctx.choose(`Versions of ${documentTitle(row)}`, choices);
  if (number !== null) await openFile(ctx, row, number);
}

/** What is asked before a document is taken away. */
export const deletion = (row: DocumentRow) => ({
  title: 'Delete this document?',
  lines: [`${row.typeName}: ${documentTitle(row)}`, documentFacts(row)],
  action: 'Delete document',
});

/** Takes it away; answers what brings it back. */
export const deleteIn = ({ call }: DocumentsContext, { id, version }: DocumentRow): Promise<DocumentReceipt> =>
  call(deleteDocument, { documentId: id, version });

export const restoreIn = (
  { call }: DocumentsContext,
  receipt: DocumentReceipt,
  options?: CallOptions,
): Promise<DocumentReceipt> => call(restoreDocument, receipt, options);
