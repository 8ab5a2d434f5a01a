import { may } from '../actor.ts';
import { type DocumentRow, documentRow, selectDocuments } from '../documents/rows.ts';
import type { QueryContext } from '../operation.ts';

/** A file that hangs on a note. */
export interface Attachment {
  readonly documentId: number;
  /** What its list calls it; empty where the reader may not open it. */
  readonly name: string;
  readonly secure: 0 | 1;
}

const READ = 'documents.read';

const nameOf = ({ fileName, description }: DocumentRow): string =>
  description === '' || description === fileName ? fileName : `${description} (${fileName})`;

/** Notes with what hangs on them, in one statement for all. */
export async function withAttachments<N extends { readonly id: number }>(
  ctx: QueryContext,
  notes: readonly N[],
): Promise<(N & { readonly attachments: readonly Attachment[] })[]> {
  const none = notes.length === 0 || !may(ctx.actor, READ);
  const rows = none
    ? []
    : await selectDocuments(ctx)
        .where(
          'd.note_id',
          'in',
          notes.map(({ id }) => id),
        )
        .orderBy('d.id')
        .execute();
  const documents = rows.map((row) => documentRow(row, ctx.actor));
  const byNote = Map.groupBy(documents, ({ noteId }) => noteId);
  return notes.map((note) => {
    const attachments = (byNote.get(note.id) ?? []).map((row): Attachment => ({
      documentId: row.id,
      name: row.opens ? nameOf(row) : '',
      secure: row.secure,
    }));
    return { ...note, attachments };
  });
}
