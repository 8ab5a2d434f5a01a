import { z } from 'zod';
import { query, type QueryContext, type Subject } from '../operation.ts';
import { labelled } from './labels.ts';
import { type AuditPage, cursorOf, paging, placeOf } from './list.ts';
import { rowOf } from './rows.ts';
import { type Condition, page } from './walk.ts';

export const AUDITED_RECORDS = ['Customer', 'Account', 'Location', 'Note', 'AppUser', 'UserGroup'] as const;
export type AuditedRecord = (typeof AUDITED_RECORDS)[number];

const MOST_PARTS = 500;

const about =
  (entity: string, ids: readonly number[]): Condition =>
  (eb) =>
    eb.and([eb('entity', '=', entity), eb('entity_id', 'in', ids)]);

/** What is told under a record besides itself: a customer's everything, an account's notes, a user's tokens. */
async function waysOf({ db }: QueryContext, entity: AuditedRecord, id: number): Promise<Condition[]> {
  const itself = about(entity, [id]);
  if (entity === 'Customer') return [itself, (eb) => eb('customer_id', '=', id)];
  if (entity === 'Account' || entity === 'Location') {
    const column = entity === 'Account' ? 'account_id' : 'location_id';
    const notes = await db
      .selectFrom('note')
      .select('id')
      .where(column, '=', id)
      .$if(entity === 'Location', (q) => q.where('customer_id', 'is', null))
      .orderBy('id', 'desc')
      .limit(MOST_PARTS)
      .execute();
    return [
      itself,
      ...(notes.length > 0
        ? [
            about(
              'Note',
              notes.map((note) => note.id),
            ),
          ]
        : []),
    ];
  }
  if (entity !== 'AppUser') return [itself];
  const tokens = await db.selectFrom('access_token').select('id').where('user_id', '=', id).limit(MOST_PARTS).execute();
  return [
    itself,
    ...(tokens.length > 0
      ? [
          about(
            'AccessToken',
            tokens.map((token) => token.id),
          ),
        ]
      : []),
  ];
}

function subjectOf(entity: AuditedRecord, id: number): Subject | null {
  if (entity === 'Customer') return { customerId: id };
  if (entity === 'Account') return { accountId: id };
  if (entity === 'Location') return { locationId: id };
  return entity === 'Note' ? { noteId: id } : null;
}

export const auditOfRecord = query({
  name: 'audit.record',
  summary: 'Who saw or changed a record, newest first',
  permission: 'audit.read',
  input: z.object({ entity: z.enum(AUDITED_RECORDS, 'There is no such kind of record'), id: z.int(), ...paging }),
  subject: ({ entity, id }) => subjectOf(entity, id),
  // Asking who saw a record is not seeing it.
  viewed: () => null,
  run: async (ctx, { entity, id, limit, cursor }): Promise<AuditPage> => {
    const search = { ways: await waysOf(ctx, entity, id), others: [], since: 0, before: Number.MAX_SAFE_INTEGER };
    const { found, next } = await page(ctx, search, placeOf(cursor), limit);
    return { entries: await labelled(ctx.db, found.map(rowOf)), next: cursorOf(next) };
  },
});
