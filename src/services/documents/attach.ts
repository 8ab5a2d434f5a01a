import type { DocumentLevel } from '#domain/document.ts';
import { may } from '../actor.ts';
import { Failure } from '../failure.ts';
import { ownerOf, readNote } from '../notes/read.ts';
import type { CommandContext, Preparation } from '../operation.ts';
import { assertStored } from './files.ts';
import { type FileSource, takeFile, type Taken, type TakenFile, takenFile } from './intake.ts';
import { type NamedOwner, secureRefusal } from './read.ts';
import { reachOf, SECURE } from './rows.ts';
import { knownType } from './types.ts';

/** What somebody says of a document. */
export interface DocumentFacts {
  readonly type: string;
  readonly description: string;
  readonly accessLevel: number;
}

/** The record that a document belongs to. */
export interface DocumentOwner {
  readonly level: DocumentLevel;
  readonly customerId: number | null;
  readonly locationId: number | null;
  readonly accountId: number | null;
  readonly noteId: number | null;
}

/** What a command answers with. */
export interface DocumentReceipt {
  readonly documentId: number;
  readonly version: number;
}

const NOBODY = { customerId: null, locationId: null, accountId: null, noteId: null };

/** The owner that was named, with whom it belongs to in turn. */
export async function ownerFor(ctx: CommandContext, named: NamedOwner): Promise<DocumentOwner> {
  const { customerId, locationId, accountId, noteId } = named;
  if (customerId !== undefined) return { ...NOBODY, level: 'customer', customerId };
  if (locationId !== undefined) return { ...NOBODY, level: 'location', locationId };
  if (accountId !== undefined) return { ...NOBODY, level: 'account', ...(await ownerOf(ctx, accountId)) };
  const note = await readNote(ctx, noteId!);
  return {
    level: 'note',
    noteId: note.id,
    customerId: note.customerId,
    locationId: note.locationId,
    accountId: note.accountId,
  };
}

/** Takes the file of a new document in, sealed when its type says so. @throws Failure */
export async function takeFor(type: string, source: FileSource, aids: Preparation): Promise<Taken> {
  const { secure } = await knownType(aids.db, type);
  if (secure === 1 && !may(aids.actor, SECURE)) throw secureRefusal();
  return takeFile(source, secure === 1, aids);
}

/** Makes the rows of a document whose file is in the store. */
export async function attach(
  ctx: CommandContext,
  owner: DocumentOwner,
  facts: DocumentFacts,
  taken: Taken,
): Promise<DocumentReceipt> {
  const file = takenFile(taken);
  await assertFacts(ctx, facts, file);
  const documentId = ctx.newId();
  await ctx.db
    .insertInto('document')
    .values({
      id: documentId,
      level: owner.level,
      customer_id: owner.customerId,
      location_id: owner.locationId,
      account_id: owner.accountId,
      note_id: owner.noteId,
      type: facts.type,
      description: facts.description,
      access_level: facts.accessLevel,
      created_at: ctx.now,
      created_by: ctx.actor.username,
      removed_at: null,
      removed_by: null,
      version: 1,
    })
    .execute();
  await addFile(ctx, documentId, 1, file);
  const { type, description, accessLevel } = facts;
  ctx.audit({
    entity: 'Document',
    entityId: documentId,
    customerId: owner.customerId,
    changes: {
      level: [null, owner.level],
      type: [null, type],
      description: [null, description],
      accessLevel: [null, accessLevel],
      file: [null, file.fileName],
    },
  });
  return { documentId, version: 1 };
}

/** Makes the row of one more file. */
export async function addFile(ctx: CommandContext, documentId: number, number: number, file: TakenFile): Promise<void> {
  assertStored(ctx.files, file.address);
  await ctx.db
    .insertInto('document_version')
    .values({
      id: ctx.newId(),
      document_id: documentId,
      number,
      file_name: file.fileName,
      media_type: file.mediaType,
      size: file.size,
      digest: file.digest,
      address: file.address,
      sealed: file.sealed,
      key_id: file.keyId,
      created_at: ctx.now,
      created_by: ctx.actor.username,
    })
    .execute();
}

/** @throws Failure when the type was made secure meanwhile, or the level is above the actor's own */
async function assertFacts(ctx: CommandContext, { type, accessLevel }: DocumentFacts, file: TakenFile): Promise<void> {
  const { secure } = await knownType(ctx.db, type);
  if (secure === 1 && file.sealed === 0) throw typeChanged();
  assertLevel(ctx, accessLevel);
}

export const typeChanged = (): Failure =>
  new Failure('conflict', 'The type of this document was made secure meanwhile. Nothing was saved; try again.');

/** @throws Failure `invalid` */
export function assertLevel({ actor }: Pick<CommandContext, 'actor'>, accessLevel: number): void {
  if (accessLevel <= reachOf(actor)) return;
  const message = 'Higher than your own groups; you could not open it.';
  throw new Failure('invalid', `Read by: ${message}`, { accessLevel: message });
}
