import { z } from 'zod';
import { wordsOf } from '#db/search/note-words.ts';
import { excerpt } from '#domain/matching.ts';
import type { NoteLevel } from '#domain/note.ts';
import { Failure } from '../failure.ts';
import { query, type QueryContext } from '../operation.ts';
import { hiddenResident } from '../shown.ts';
import { seesAll, visible } from '../sight.ts';
import { shortText, typedText } from '#domain/typed-text.ts';
import { readableBy } from './readable.ts';

/** A note found anywhere in the utility. */
export interface FoundNote {
  readonly id: number;
  readonly level: NoteLevel;
  readonly typeName: string;
  readonly subject: string;
  /** The text around what was found, on one line. */
  readonly excerpt: string;
  readonly createdOn: string;
  readonly createdBy: string;
  readonly usedForName: string | null;
  readonly graceOn: string | null;
  readonly expiresOn: string | null;
  /** The record that it belongs to: the narrowest of the three is not null. */
  readonly accountId: number | null;
  readonly customerId: number | null;
  readonly locationId: number | null;
  /** Number of the account, customer or location, and the name or street. */
  readonly number: string;
  readonly name: string;
}

export interface FoundNotes {
  /** The newest first. */
  readonly notes: readonly FoundNote[];
  /** Ask with it for older ones; null at the end. */
  readonly next: string | null;
}

const CURSOR = /^(\d+)_(\d+)$/;
const EXCERPT = 160;
/** Behind every word that begins with another, in byte order. */
const LAST = '\u{10FFFF}';

export const searchNotes = query({
  name: 'note.search',
  summary: 'Notes of the whole utility that hold all the words, or words that begin so, in any of their fields',
  permission: 'notes.read',
  input: z.object({
    text: typedText(500),
    limit: z.number().int().min(1).max(500).default(50),
    cursor: shortText().regex(CURSOR, 'Not a place in a list of notes.').optional(),
  }),
  run: async (ctx, { text, limit, cursor }): Promise<FoundNotes> => {
    const words = wordsOf(text);
    if (words.length === 0) throw new Failure('invalid', 'Type a word.', { text: 'Type a word.' });
    const found = await matching(ctx, words)
      .$if(cursor !== undefined, (q) => {
        const [, at, id] = CURSOR.exec(cursor!)!;
        return q
          .where('note.created_at', '<=', Number(at))
          .where((eb) => eb.or([eb('note.created_at', '<', Number(at)), eb('note.id', '<', Number(id))]));
      })
      .orderBy('note.created_at', 'desc')
      .orderBy('note.id', 'desc')
      .limit(limit + 1)
      .execute();
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    return {
      notes: rows.map(({ body, createdAt: _at, customerName, line1, numbers, ...note }) => ({
        ...note,
        level: note.level as NoteLevel,
        excerpt: excerpt(words, body, EXCERPT),
        number: numbers ?? '',
        name: (note.level === 'location' ? line1 : customerName) ?? '',
      })),
      next: found.length > limit && last ? `${last.createdAt}_${last.id}` : null,
    };
  },
});

/** Readable notes with every word; those of private customers, and of places where one lives, only for who may see them. */
function matching({ db, actor, sight }: QueryContext, words: readonly string[]) {
  let notes = db
    .selectFrom('note')
    .leftJoin('customer as c', 'c.id', 'note.customer_id')
    .leftJoin('account as a', 'a.id', 'note.account_id')
    .leftJoin('location as l', 'l.id', 'note.location_id')
    .leftJoin('code_value as ty', (on) => on.on('ty.table_name', '=', 'note_type').onRef('ty.code', '=', 'note.type'))
    .leftJoin('code_value as us', (on) =>
      on.on('us.table_name', '=', 'note_used_for').onRef('us.code', '=', 'note.used_for'),
    )
    .select(['note.grace_on as graceOn', 'note.expires_on as expiresOn'])
    .select(['note.id', 'note.level', 'note.subject', 'note.body', 'note.created_at as createdAt'])
    .select(['note.created_on as createdOn', 'note.created_by as createdBy', 'note.account_id as accountId'])
    .select(['note.customer_id as customerId', 'note.location_id as locationId'])
    .select(['c.display_name as customerName', 'l.line1'])
    .select((eb) => [
      eb.fn.coalesce('ty.name', 'note.type').as('typeName'),
      eb.fn.coalesce('us.name', 'note.used_for').as('usedForName'),
      eb.fn.coalesce('a.number', 'c.number', 'l.number').as('numbers'),
    ])
    .where(readableBy(actor));
  for (const word of words) {
    notes = notes.where('note.id', 'in', (eb) =>
      eb
        .selectFrom('note_word as w')
        .select('w.note_id')
        .where('w.word', '>=', word)
        .where('w.word', '<', word + LAST),
    );
  }
  if (seesAll(sight)) return notes;
  return notes.where((eb) =>
    eb.or([
      eb.and([
        eb('c.id', 'is not', null),
        visible(sight, { public: eb.ref('c.public').$notNull(), group: eb.ref('c.customer_group') }),
      ]),
      eb.and([
        eb('note.customer_id', 'is', null),
        eb.not(eb.exists(hiddenResident(db, eb.ref('note.location_id'), sight))),
      ]),
    ]),
  );
}
