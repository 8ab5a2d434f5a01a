import { z } from 'zod';
import { query } from '../operation.ts';
import { readNote } from './read.ts';
import { differences, factsOf, type NoteSnapshot } from './rows.ts';

/** One change of a note: who, when, and each field before and after. */
export interface NoteChange {
  /** The version that the change made. */
  readonly version: number;
  readonly at: number;
  readonly by: string;
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>;
}

export const noteHistory = query({
  name: 'note.history',
  summary: 'Who changed a note, when, and what it said before',
  permission: 'notes.read',
  input: z.object({ noteId: z.number().int().positive() }),
  subject: ({ noteId }) => ({ noteId }),
  run: async (ctx, { noteId }): Promise<{ createdAt: number; createdBy: string; changes: NoteChange[] }> => {
    const note = await readNote(ctx, noteId);
    const versions = await ctx.db
      .selectFrom('note_version')
      .select(['replaced_at as at', 'replaced_by as by', 'values'])
      .where('note_id', '=', noteId)
      .orderBy('replaced_at')
      .orderBy('id')
      .execute();
    const states = versions.map(({ values }) => JSON.parse(values) as NoteSnapshot);
    return {
      createdAt: note.createdAt,
      createdBy: note.createdBy,
      changes: versions.map(({ at, by }, index) => {
        const before = states[index]!;
        const after = states[index + 1] ?? { ...factsOf(note), version: note.version, removedAt: null };
        return { version: after.version, at, by, changes: changesBetween(before, after) };
      }),
    };
  },
});

function changesBetween(before: NoteSnapshot, after: NoteSnapshot): NoteChange['changes'] {
  const changes = differences(before, after);
  if (before.removedAt !== after.removedAt) changes.removedAt = [before.removedAt, after.removedAt];
  return changes;
}
