import type { Db } from '#db/schema.ts';
import type { Actor } from './actor.ts';
import { Failure } from './failure.ts';
import type { Subject } from './operation.ts';
import { sees, seesAll, type Sight, type Visible } from './sight.ts';

/** One answer for what is not there and what may not be seen, so that refusals tell nothing. */
const hidden = (): Failure => new Failure('not_found', 'No such record, or it is private.');

/** Who looks, and where. */
interface Looking {
  readonly db: Db;
  readonly sight: Sight;
}

/**
 * Refuses a subject that belongs to a customer whom the actor may not see. A location is refused
 * only when a current resident may not be seen: its own facts are then that customer's address.
 * @throws Failure `not_found`
 */
export async function assertVisible({ db, sight }: Looking, subject: Subject): Promise<void> {
  if (seesAll(sight)) return;
  await customersOf(db, sight, subject);
}

/**
 * The same for a command, which customers of groups that may only be read refuse as well.
 * @throws Failure `not_found`, or `forbidden` for a customer who may only be read
 */
export async function assertChangeable(
  { db, sight, actor }: Looking & { readonly actor: Actor },
  subject: Subject,
): Promise<void> {
  if (seesAll(sight)) return;
  const { customers: reach = 'all' } = actor;
  for (const { customerGroup } of await customersOf(db, sight, subject)) {
    if (reach === 'all' || customerGroup === null || reach.get(customerGroup) !== 'read') continue;
    throw new Failure('forbidden', `You may only read customers of group ${customerGroup}. Nothing was changed.`);
  }
}

/** The customers that a subject belongs to. @throws Failure `not_found` unless all of them may be seen */
async function customersOf(db: Db, sight: Sight, subject: Subject): Promise<readonly Visible[]> {
  const customers = await ownersOf(db, subject);
  if (!customers || !customers.every((one) => sees(sight, one))) throw hidden();
  return customers;
}

/** Undefined when there is no such record. */
async function ownersOf(db: Db, subject: Subject): Promise<readonly Visible[] | undefined> {
  if ('locationId' in subject) return residentsOf(db, subject.locationId);
  if ('noteId' in subject) {
    const note = await db
      .selectFrom('note')
      .select(['customer_id', 'location_id'])
      .where('id', '=', subject.noteId)
      .executeTakeFirst();
    if (!note) return undefined;
    if (note.customer_id !== null) return ownersOf(db, { customerId: note.customer_id });
    return note.location_id === null ? [] : residentsOf(db, note.location_id);
  }
  if ('documentId' in subject) {
    const document = await db
      .selectFrom('document')
      .select(['customer_id', 'location_id'])
      .where('id', '=', subject.documentId)
      .executeTakeFirst();
    if (!document) return undefined;
    if (document.customer_id !== null) return ownersOf(db, { customerId: document.customer_id });
    return document.location_id === null ? [] : residentsOf(db, document.location_id);
  }
  const customers = db.selectFrom('customer').select(['customer.public', 'customer.customer_group as customerGroup']);
  const found = await (
    'customerId' in subject
      ? customers.where('customer.id', '=', subject.customerId)
      : customers.innerJoin('account', 'account.customer_id', 'customer.id').where('account.id', '=', subject.accountId)
  ).executeTakeFirst();
  return found && [found];
}

/** The customers who live at a location now. */
async function residentsOf(db: Db, locationId: number): Promise<readonly Visible[] | undefined> {
  const rows = await db
    .selectFrom('location as l')
    .leftJoin('account as a', (on) => on.onRef('a.location_id', '=', 'l.id').on('a.activity', '=', 'current'))
    .leftJoin('customer as c', 'c.id', 'a.customer_id')
    .select(['c.id as customerId', 'c.public', 'c.customer_group as customerGroup'])
    .where('l.id', '=', locationId)
    .execute();
  return rows.length === 0 ? undefined : rows.filter(({ customerId }) => customerId !== null);
}
