import type { Updateable } from 'kysely';
import type { Db, Schema } from '#db/schema.ts';
import { isSecure } from '#domain/document.ts';
import { may } from '../actor.ts';
import { Failure } from '../failure.ts';
import { readNote } from '../notes/read.ts';
import type { CommandContext } from '../operation.ts';
import { withNoteWords } from './note-words.ts';
import { secureRefusal } from './read.ts';
import { reachOf, SECURE } from './rows.ts';
import { secureOf } from './types.ts';

const newest = (db: Db, documentId: number) =>
  db
    .selectFrom('document as d')
    .innerJoin('document_version as v', 'v.document_id', 'd.id')
    .leftJoin('code_value as ty', (on) => on.on('ty.table_name', '=', 'document_type').onRef('ty.code', '=', 'd.type'))
    .select(['d.id', 'd.version', 'd.type', 'd.description', 'd.access_level as accessLevel', 'd.note_id as noteId'])
    .select(['d.customer_id as customerId', 'd.removed_at as removedAt', 'ty.attributes'])
    .select(['v.number as files', 'v.file_name as fileName', 'v.sealed'])
    .where('d.id', '=', documentId)
    .orderBy('v.number', 'desc')
    .limit(1)
    .executeTakeFirst();

/** A document that is about to be changed. */
export interface ChangeableDocument extends Omit<NonNullable<Awaited<ReturnType<typeof newest>>>, 'attributes'> {
  readonly secure: boolean;
}

/** Whether what is added to a document must be sealed. */
export async function mustSeal(db: Db, documentId: number): Promise<boolean> {
  const row = await newest(db, documentId);
  return row !== undefined && isSecure({ secure: secureOf(row.attributes) }, row.sealed as 0 | 1);
}

export const changed = (): Failure =>
  new Failure('conflict', 'Somebody else has changed this document meanwhile. Nothing was saved.');

/**
 * The document, when this actor may change it and nobody else has.
 * @throws Failure `not_found`, `forbidden` when it is secure, `conflict`
 */
export async function changeable(
  ctx: CommandContext,
  documentId: number,
  version: number,
  removed = false,
): Promise<ChangeableDocument> {
  const row = await newest(ctx.db, documentId);
  if (!row || (row.removedAt !== null && !removed) || row.accessLevel > reachOf(ctx.actor)) {
    throw new Failure('not_found', 'This document is not there any more.');
  }
  if (row.noteId !== null) await readNote(ctx, row.noteId);
  const { attributes, ...document } = row;
  const secure = isSecure({ secure: secureOf(attributes) }, row.sealed as 0 | 1);
  if (secure && !may(ctx.actor, SECURE)) throw secureRefusal();
  if (row.version !== version) throw changed();
  return { ...document, secure };
}

/** Changes the row, with its version, and tells the audit. */
export async function described(
  ctx: CommandContext,
  { id, version, customerId, noteId }: ChangeableDocument,
  set: Updateable<Schema['document']>,
  changes: Readonly<Record<string, readonly [unknown, unknown]>>,
): Promise<void> {
  const change = ctx.db
    .updateTable('document')
    .set({ ...set, version: version + 1 })
    .where('id', '=', id);
  await withNoteWords(ctx, noteId, () => change.execute());
  ctx.audit({ entity: 'Document', entityId: id, customerId, changes });
}
