import type { Db, Schema } from '../schema.ts';
import { deletions } from './deletions.ts';
import { readFacts, writeFacts } from './document.ts';
import { expand, vocabularyOf } from './keys.ts';
import { ACTIVITIES, KEY_KINDS, type SubjectKind, SUBJECTS } from './kinds.ts';
import { type Found, readAccounts, readCustomers, readLocations } from './sources.ts';

/**
 * Brings the look-up up to what a customer, its phones, e-mails and addresses, and its accounts
 * now say. Call it in the transaction that changed them, after the change is in the database.
 */
export async function reindexCustomer(db: Db, customerId: number): Promise<void> {
  await update(db, 'customer', customerId, (await readCustomers(db, { only: customerId }))[0]);
  for (const account of await readAccounts(db, { customerId })) await update(db, 'account', account.id, account);
}

/**
 * The same of a location, its meters, its accounts and their customers, whose own address
 * is a way to find them only where it is another one.
 */
export async function reindexLocation(db: Db, locationId: number): Promise<void> {
  await update(db, 'location', locationId, (await readLocations(db, { only: locationId }))[0]);
  const residents = await db
    .selectFrom('account')
    .select('customer_id')
    .distinct()
    .where('location_id', '=', locationId)
    .execute();
  for (const { customer_id: id } of residents)
    await update(db, 'customer', id, (await readCustomers(db, { only: id }))[0]);
  for (const account of await readAccounts(db, { locationId })) await update(db, 'account', account.id, account);
}

/** The same after contacts of a customer or a location were changed: nothing but these are found otherwise. */
export async function reindexContacts(
  db: Db,
  { customerId, locationId }: { readonly customerId: number | null; readonly locationId: number | null },
): Promise<void> {
  if (customerId !== null) await update(db, 'customer', customerId, (await readCustomers(db, { only: customerId }))[0]);
  if (locationId !== null) await update(db, 'location', locationId, (await readLocations(db, { only: locationId }))[0]);
}

/** The same of an account alone, also when it is gone. */
export async function reindexAccount(db: Db, accountId: number): Promise<void> {
  await update(db, 'account', accountId, (await readAccounts(db, { only: accountId }))[0]);
}

async function update(db: Db, subject: SubjectKind, id: number, now: Found | undefined): Promise<void> {
  const old = await db
    .selectFrom('search_document')
    .select(['facts', 'activity'])
    .where('subject', '=', SUBJECTS[subject])
    .where('subject_id', '=', id)
    .executeTakeFirst();
  const facts = now ? writeFacts(now.facts) : '';
  const activity = now?.activity ?? ACTIVITIES.none;
  if ((old?.facts ?? '') === facts && (old?.activity ?? activity) === activity) return;
  const before = readFacts(old?.facts ?? '');
  const after = now?.facts ?? [];
  await replaceKeys(db, id, keySet(before, old?.activity ?? activity), keySet(after, activity));
  await replaceWords(db, wordSet(before), wordSet(after));
  await replaceDocument(db, { subject: SUBJECTS[subject], subject_id: id, activity, facts });
}

type Facts = ReturnType<typeof readFacts>;

/** Keys as `kind activity key` texts, so that sets of them can be compared. */
const keySet = (facts: Readonly<Facts>, activity: number): Set<string> =>
  new Set(facts.flatMap((fact) => expand(fact).map((key) => `${KEY_KINDS[fact.kind]} ${activity} ${key}`)));

const wordSet = (facts: Readonly<Facts>): Set<string> => new Set(facts.flatMap(vocabularyOf));

function rowOf(text: string): { kind: number; activity: number; key: string } {
  const [kind, activity] = text.split(' ', 2);
  return { kind: Number(kind), activity: Number(activity), key: text.slice(kind!.length + activity!.length + 2) };
}

async function replaceKeys(db: Db, id: number, before: Set<string>, after: Set<string>): Promise<void> {
  for (const { kind, activity, key } of [...before.difference(after)].map(rowOf)) {
    await db
      .deleteFrom('search_key')
      .where('kind', '=', kind)
      .where('key', '=', key)
      .where('activity', '=', activity)
      .where('subject_id', '=', id)
      .execute();
  }
  const added = [...after.difference(before)].map((text) => ({ ...rowOf(text), subject_id: id }));
  if (added.length > 0) {
    await db
      .insertInto('search_key')
      .values(added)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

async function replaceDocument(db: Db, row: Schema['search_document']): Promise<void> {
  await db
    .deleteFrom('search_document')
    .where('subject', '=', row.subject)
    .where('subject_id', '=', row.subject_id)
    .execute();
  if (row.facts !== '') await db.insertInto('search_document').values(row).execute();
}

async function replaceWords(db: Db, before: Set<string>, after: Set<string>): Promise<void> {
  for (const word of before.difference(after)) {
    const { uses } = (await db
      .updateTable('search_word')
      .set((eb) => ({ uses: eb('uses', '-', 1) }))
      .where('word', '=', word)
      .returning('uses')
      .executeTakeFirst()) ?? { uses: 1 };
    if (uses > 0) continue;
    await db.deleteFrom('search_word').where('word', '=', word).execute();
    await db.deleteFrom('search_deletion').where('word', '=', word).where('deletion', 'in', deletions(word)).execute();
  }
  for (const word of after.difference(before)) await addWord(db, word);
}

async function addWord(db: Db, word: string): Promise<void> {
  const { uses } = await db
    .insertInto('search_word')
    .values({ word, uses: 1 })
    .onConflict((conflict) => conflict.column('word').doUpdateSet((eb) => ({ uses: eb('search_word.uses', '+', 1) })))
    .returning('uses')
    .executeTakeFirstOrThrow();
  if (uses > 1) return;
  await db
    .insertInto('search_deletion')
    .values(deletions(word).map((deletion) => ({ deletion, word })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
