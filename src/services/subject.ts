import type { Db } from '#db/schema.ts';
import { Failure } from './failure.ts';
import type { Subject } from './operation.ts';

/** One answer for what is not there and what may not be seen, so that refusals tell nothing. */
const hidden = (): Failure => new Failure('not_found', 'No such record, or it is private.');

/**
 * Refuses a subject that belongs to a private customer. A location is refused only
 * when its current resident is private: its own facts are then that customer's address.
 * @throws Failure `not_found`
 */
export async function assertVisible(db: Db, subject: Subject): Promise<void> {
  const row = await visibility(db, subject);
  if (!row || row.public === 0) throw hidden();
}

async function visibility(db: Db, subject: Subject): Promise<{ public: number } | undefined> {
  if ('customerId' in subject) {
    return db.selectFrom('customer').select('public').where('id', '=', subject.customerId).executeTakeFirst();
  }
  if ('accountId' in subject) {
    return db
      .selectFrom('account')
      .innerJoin('customer', 'customer.id', 'account.customer_id')
      .select('customer.public')
      .where('account.id', '=', subject.accountId)
      .executeTakeFirst();
  }
  if ('locationId' in subject) return locationVisibility(db, subject.locationId);
  const note = await db
    .selectFrom('note')
    .select(['customer_id', 'location_id'])
    .where('id', '=', subject.noteId)
    .executeTakeFirst();
  if (!note) return undefined;
  if (note.customer_id !== null) return visibility(db, { customerId: note.customer_id });
  return note.location_id === null ? { public: 1 } : locationVisibility(db, note.location_id);
}

async function locationVisibility(db: Db, locationId: number): Promise<{ public: number } | undefined> {
  const row = await db
    .selectFrom('location as l')
    .leftJoin('account as a', (on) => on.onRef('a.location_id', '=', 'l.id').on('a.activity', '=', 'current'))
    .leftJoin('customer as c', 'c.id', 'a.customer_id')
    .select('c.public')
    .where('l.id', '=', locationId)
    .orderBy('c.public', (o) => o.asc().nullsLast())
    .executeTakeFirst();
  return row && { public: row.public ?? 1 };
}
