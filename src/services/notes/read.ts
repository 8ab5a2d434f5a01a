import { z } from 'zod';
import { matchesAll, searchWords } from '#domain/matching.ts';
import { Failure } from '../failure.ts';
import { type LastChange, lastChange } from '../last-change.ts';
import { query, type QueryContext } from '../operation.ts';
import { hiddenResident } from '../shown.ts';
import { seesAll } from '../sight.ts';
import { withAttachments } from './attachments.ts';
import { belongingTo, readableBy } from './readable.ts';
import { noteRow, type NoteRow } from './rows.ts';
import { shortText } from '#domain/typed-text.ts';

const id = z.number().int().positive();

/** Every readable note, those of a private customer's home left out where they must be, with the names of its codes; add `where` to it. */
export const selectNotes = ({ db, actor, sight }: QueryContext) =>
  db
    .selectFrom('note')
    .leftJoin('code_value as ty', (on) => on.on('ty.table_name', '=', 'note_type').onRef('ty.code', '=', 'note.type'))
    .leftJoin('code_value as us', (on) =>
      on.on('us.table_name', '=', 'note_used_for').onRef('us.code', '=', 'note.used_for'),
    )
    .selectAll('note')
    .select(['ty.name as type_name', 'us.name as used_for_name'])
    .where(readableBy(actor))
    .$if(!seesAll(sight), (q) =>
      q.where((eb) =>
        eb.or([
          eb('note.level', '<>', 'location'),
          eb.not(eb.exists(hiddenResident(db, eb.ref('note.location_id'), sight))),
        ]),
      ),
    );

export const listNotes = query({
  name: 'note.list',
  summary: 'Notes of an account with those of its customer and location; or of one customer or location',
  permission: 'notes.read',
  input: z
    .object({
      accountId: id.optional(),
      customerId: id.optional(),
      locationId: id.optional(),
      /** Only notes that hold all these words in any of their fields. */
      text: shortText(500).default(''),
    })
    .superRefine(({ accountId, customerId, locationId }, problem) => {
      const named = [accountId, customerId, locationId].filter((value) => value !== undefined).length;
      if (named === 1) return;
      problem.addIssue({
        code: 'custom',
        path: ['accountId'],
        message: 'Name one account, one customer or one location.',
      });
    }),
  subject: ({ accountId, customerId, locationId }) => {
    if (accountId !== undefined) return { accountId };
    if (customerId !== undefined) return { customerId };
    return locationId === undefined ? null : { locationId };
  },
  run: async (ctx, { accountId, customerId, locationId, text }): Promise<NoteRow[]> => {
    const owner = accountId === undefined ? null : await ownerOf(ctx, accountId);
    const rows = await selectNotes(ctx)
      .$if(owner !== null, (q) => q.where(belongingTo(owner!)))
      .$if(customerId !== undefined, (q) => q.where('note.customer_id', '=', customerId!))
      .$if(locationId !== undefined, (q) =>
        q.where('note.location_id', '=', locationId!).where('note.level', '=', 'location'),
      )
      .orderBy('note.created_at', 'desc')
      .orderBy('note.id', 'desc')
      .execute();
    const words = searchWords(text);
    const notes = await withAttachments(ctx, rows.map(noteRow));
    return notes.filter((note) => words.length === 0 || matchesAll(words, textsOf(note)));
  },
});

/** All that a search looks through. */
export const textsOf = (note: NoteRow): (string | null)[] => [
  note.subject,
  note.body,
  note.typeName,
  note.level,
  note.createdOn,
  note.createdBy,
  note.usedForName,
  note.graceOn,
  note.expiresOn,
  ...note.attachments.map(({ name }) => name),
];

/** Whose an account is, and where. */
export async function ownerOf({ db }: Pick<QueryContext, 'db'>, accountId: number) {
  const account = await db
    .selectFrom('account')
    .select(['id as accountId', 'customer_id as customerId', 'location_id as locationId'])
    .where('id', '=', accountId)
    .executeTakeFirst();
  if (!account) throw new Failure('not_found', 'No such record, or it is private.');
  return account;
}

/** One note that the actor may read. */
export async function readNote(ctx: QueryContext, noteId: number): Promise<Omit<NoteRow, 'attachments'>> {
  const row = await selectNotes(ctx).where('note.id', '=', noteId).executeTakeFirst();
  if (!row) throw new Failure('not_found', 'This note is not there any more.');
  return noteRow(row);
}

export const getNote = query({
  name: 'note.get',
  summary: 'One note, and who changed it last',
  permission: 'notes.read',
  input: z.object({ noteId: id }),
  subject: ({ noteId }) => ({ noteId }),
  run: async (ctx, { noteId }): Promise<NoteRow & LastChange> => {
    const [note] = await withAttachments(ctx, [await readNote(ctx, noteId)]);
    return { ...note!, ...(await lastChange(ctx.db, 'Note', noteId)) };
  },
});
