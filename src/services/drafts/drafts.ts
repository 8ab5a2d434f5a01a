import { z } from 'zod';
import { type CommandContext, command, query } from '../operation.ts';

const key = z.object({
  form: z.string().min(1).max(60),
  subjectId: z.int().nullable(),
});

const values = z.record(z.string().max(60), z.union([z.string().max(100_000), z.boolean()]));

/** Something typed but not saved. */
export interface DraftRow {
  readonly form: string;
  readonly subjectId: number | null;
  readonly values: z.infer<typeof values>;
  /** Epoch ms. */
  readonly savedAt: number;
}

/** The signed-in user's own drafts, newest first; nobody sees another's. */
export const listDrafts = query({
  name: 'draft.list',
  summary: 'Your drafts: what you typed but did not save',
  permission: null,
  input: z.object({ form: z.string().max(60).optional() }),
  run: async ({ db, actor }, { form }): Promise<DraftRow[]> => {
    let rows = db.selectFrom('draft').selectAll().where('user_id', '=', actor.userId);
    if (form !== undefined) rows = rows.where('form', '=', form);
    const found = await rows.orderBy('saved_at', 'desc').limit(200).execute();
    return found.map((row) => ({
      form: row.form,
      subjectId: row.subject_id,
      values: values.parse(JSON.parse(row.values)),
      savedAt: row.saved_at,
    }));
  },
});

/** Keeps what was typed in a form; one draft a user, form and record. */
export const saveDraft = command({
  name: 'draft.save',
  summary: 'Keep what was typed in a form without saving it',
  permission: null,
  input: key.extend({ values }),
  run: async (ctx, input): Promise<{ savedAt: number }> => {
    await removeOwn(ctx, input);
    await ctx.db
      .insertInto('draft')
      .values({
        id: ctx.newId(),
        user_id: ctx.actor.userId,
        form: input.form,
        subject_id: input.subjectId,
        values: JSON.stringify(input.values),
        saved_at: ctx.now,
      })
      .execute();
    return { savedAt: ctx.now };
  },
});

/** Forgets the draft of a form. */
export const discardDraft = command({
  name: 'draft.discard',
  summary: 'Forget the draft of a form',
  permission: null,
  input: key,
  run: async (ctx, input): Promise<Record<string, never>> => {
    await removeOwn(ctx, input);
    return {};
  },
});

async function removeOwn(ctx: CommandContext, { form, subjectId }: z.infer<typeof key>): Promise<void> {
  let own = ctx.db.deleteFrom('draft').where('user_id', '=', ctx.actor.userId).where('form', '=', form);
  own = subjectId === null ? own.where('subject_id', 'is', null) : own.where('subject_id', '=', subjectId);
  await own.execute();
}
