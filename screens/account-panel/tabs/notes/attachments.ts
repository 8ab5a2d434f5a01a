import { may } from '#services/actor.ts';
import { listDocuments } from '#services/documents/read.ts';
import type { DocumentRow } from '#services/documents/rows.ts';
import type { NoteRow } from '#services/notes/rows.ts';
import { clean } from '#terminal/sanitize.ts';
import type { Choice } from '#ui/choice.ts';
import {
  addDocumentTo,
  addFileTo,
  deleteIn,
  deletion,
  editIn,
  openFile,
  openVersion,
  restoreIn,
} from '../../documents/actions.ts';
import type { DocumentsContext } from '../../documents/context.ts';
import { documentFacts, documentTitle } from '../../documents/text.ts';

const EDIT = 'documents.edit';

type Deed = 'open' | 'versions' | 'edit' | 'file' | 'delete';

const DEEDS: readonly Choice<Deed>[] = [
  { value: 'open', label: 'Open' },
  { value: 'edit', label: 'Edit', detail: 'type, description, readers' },
  { value: 'file', label: 'New version' },
  { value: 'versions', label: 'Open a version' },
  { value: 'delete', label: 'Delete' },
];

/** What somebody may do who only reads. */
const READING: readonly Deed[] = ['open', 'versions'];

/** What was chosen in the list of attachments. */
type Chosen = DocumentRow | 'add' | 'restore';

/** The files of a note, to be added, opened, edited and deleted, until the list is left. */
export async function showAttachments(ctx: DocumentsContext, note: NoteRow): Promise<void> {
  const deleted: { documentId: number; version: number }[] = [];
  for (;;) {
    const rows = await ctx.call(listDocuments, { noteId: note.id });
    const chosen = await choose(ctx, note, rows, deleted.length > 0);
    if (chosen === null) return;
    if (chosen === 'add') await addDocumentTo(ctx, { noteId: note.id }, null);
    else if (chosen === 'restore') await restoreIn(ctx, deleted.pop()!);
    else await deal(ctx, chosen, deleted);
  }
}

function choose(
  ctx: DocumentsContext,
  note: NoteRow,
  rows: readonly DocumentRow[],
  canRestore: boolean,
): Promise<Chosen | null> {
  const add: Choice<Chosen> = { value: 'add', label: 'Add a file …' };
  const restore: Choice<Chosen> = { value: 'restore', label: 'Bring back the one deleted last' };
  const edits = may(ctx.actor, EDIT);
  const choices = [
    ...rows.map((row): Choice<Chosen> => ({
      value: row,
      label: clean(documentTitle(row)),
      detail: `${row.typeName}, ${clean(documentFacts(row))}`,
    })),
    ...(edits ? [add] : []),
    ...(edits && canRestore ? [restore] : []),
  ];
  if (choices.length > 0) return ctx.choose(`Attachments of: ${clean(note.subject)}`, choices);
  ctx.toast('Nothing is attached to this note.', 'info');
  return Promise.resolve(null);
}

/** One of them: opens, changes or takes away. */
async function deal(
  ctx: DocumentsContext,
  row: DocumentRow,
  deleted: { documentId: number; version: number }[],
): Promise<void> {
  if (!row.opens) return ctx.toast('It is secure: you may not open or change it (documents.secure).', 'warning');
  const deeds = may(ctx.actor, EDIT) ? DEEDS : DEEDS.filter(({ value }) => READING.includes(value));
  const deed = await ctx.choose(clean(documentTitle(row)), deeds);
  if (deed === 'open') await openFile(ctx, row);
  if (deed === 'versions') await openVersion(ctx, row);
  if (deed === 'edit') await editIn(ctx, row, null);
  if (deed === 'file') await addFileTo(ctx, row);
  if (deed === 'delete' && (await ctx.confirm(deletion(row)))) deleted.push(await deleteIn(ctx, row));
}
