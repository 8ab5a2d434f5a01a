import { z } from 'zod';
import { may } from '../actor.ts';
import { attach, takeFor } from '../documents/attach.ts';
import type { Taken } from '../documents/intake.ts';
import { reachOf } from '../documents/rows.ts';
import { Failure } from '../failure.ts';
import type { CommandContext, Preparation } from '../operation.ts';
import { shortText } from '#domain/typed-text.ts';
import type { NoteRow } from './rows.ts';

/** Files to attach as a note is written or edited, by their paths. */
export const attachInput = z
  .array(shortText(1000).min(1, 'Name the file.'))
  .max(10, 'At most ten files at a time.')
  .optional();

/** Type of what is attached from a note's form; it can be changed where attachments are listed. */
const TYPE = 'OTHER';

const EDIT = 'documents.edit';

/** Takes the files of a note in before its transaction. @throws Failure `forbidden` */
export async function takeAttachments(paths: readonly string[], aids: Preparation): Promise<Taken[]> {
  if (paths.length > 0 && !may(aids.actor, EDIT)) {
    throw new Failure('forbidden', `You may not attach files (${EDIT}).`);
  }
  const taken: Taken[] = [];
  for (const path of paths) taken.push(atField(await takeFor(TYPE, { path, scan: '' }, aids)));
  return taken;
}

/** What is wrong with a file is said at the field that named it. */
function atField(taken: Taken): Taken {
  const { file } = taken;
  if (!(file instanceof Failure) || file.fields.path === undefined) return taken;
  return { ...taken, file: new Failure(file.code, file.message, { attach: file.message }, file) };
}

/** Hangs the files on a note that is stored. */
export async function attachAll(
  ctx: CommandContext,
  note: Pick<NoteRow, 'id' | 'customerId' | 'locationId' | 'accountId' | 'accessLevel'>,
  files: readonly Taken[],
): Promise<void> {
  const { id: noteId, customerId, locationId, accountId } = note;
  const owner = { level: 'note', noteId, customerId, locationId, accountId } as const;
  const accessLevel = Math.min(note.accessLevel, reachOf(ctx.actor));
  for (const file of files) await attach(ctx, owner, { type: TYPE, description: '', accessLevel }, file);
}
