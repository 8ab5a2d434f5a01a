import { z } from 'zod';
import { type CommandContext, command, query } from '../operation.ts';

const key = z.object({
  form: z.string().min(1).max(60),
  subjectId: z.int().nullable(),
});

const values = z.record(z.string().max(60), z.union([z.string().max(100_000), z.boolean()]));

/** What JSON can hold. */
export type JsonValue = z.infer<ReturnType<typeof z.json>>;
const LONGEST_PARAMS = 2000;
const params = z.json().refine((value) => JSON.stringify(value).length <= LONGEST_PARAMS);

const kept = z.object({
  values,
  /** The form's title, for the list of drafts. */
  title: z.string().max(200).optional(),
  /** What the form was opened with, where it edits a record. */
  opened: z.object({ version: z.int(), values }).nullish(),
  /** What it says in words, where the values are not for reading. */
  words: z.array(z.string().max(300)).max(100).readonly().optional(),
  /** The screen over which the form lay. */
  place: z.object({ screenId: z.string().max(60), params, label: z.string().max(200) }).nullish(),
});

type Kept = z.infer<typeof kept>;

/** Something typed but not saved. */
export interface DraftRow {
  readonly form: string;
  readonly subjectId: number | null;
  readonly title: string;
  readonly values: z.infer<typeof values>;
  readonly opened: { readonly version: number; readonly values: z.infer<typeof values> } | null;
  readonly words?: readonly string[];
  /** `params` as the screen takes them; of drafts of before, their JSON. */
  readonly place: { readonly screenId: string; readonly params: JsonValue; readonly label: string } | null;
  /** Epoch ms. */
  readonly savedAt: number;
}

/** Drafts of the first form held the typed values alone. */
function parseKept(text: string): Kept {
  const found: unknown = JSON.parse(text);
  const whole = kept.safeParse(found);
  return whole.success ? whole.data : { values: values.parse(found) };
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
    return found.map((row) => {
      const { title = '', opened = null, place = null, ...rest } = parseKept(row.values);
      return { form: row.form, subjectId: row.subject_id, title, opened, place, ...rest, savedAt: row.saved_at };
    });
  },
});

/** Keeps what was typed in a form; one draft a user, form and record. */
export const saveDraft = command({
  name: 'draft.save',
  summary: 'Keep what was typed in a form without saving it',
  permission: null,
  unaudited: true,
  input: key.extend(kept.shape),
  run: async (ctx, { form, subjectId, ...rest }): Promise<{ savedAt: number }> => {
    await removeOwn(ctx, { form, subjectId });
    await ctx.db
      .insertInto('draft')
      .values({
        id: ctx.newId(),
        user_id: ctx.actor.userId,
        form,
        subject_id: subjectId,
        values: JSON.stringify(rest),
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
  unaudited: true,
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
