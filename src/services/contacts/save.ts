import { reindexContacts } from '#db/search/reindex.ts';
import { type ContactLevel, contactLevel, contactName, contactProblems } from '#domain/contact.ts';
import { phonesReady } from '#domain/phone.ts';
import { withOnePrimary } from '#domain/reach.ts';
import { codeValues, type CodeTableValue } from '../code-tables/values.ts';
import { addresses, emails, phones } from '../customers/reach/kinds.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext } from '../operation.ts';
import { assertChangeable } from '../subject.ts';
import { changesOf } from './changes.ts';
import { contactSet, type ContactSet, type SavedContact } from './input.ts';
import { type ContactRow, readContacts, subjectOf, type WhoseContacts } from './read.ts';
import { deleteContact, writeContact } from './write.ts';

/** What was saved. */
export interface ContactsSaved {
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
  /** Those that were sent, in their order, as they are kept now. */
  readonly contacts: readonly { readonly id: number; readonly version: number }[];
}

/** The whole edited set in one transaction: every contact as it was sent, or nothing. */
export const saveContacts = command({
  name: 'contact.save',
  summary:
    'Save contacts added, changed and deleted together, with their addresses, e-mails and phones: all or nothing',
  permission: 'contacts.edit',
  input: contactSet,
  subject: subjectOf,
  prepare: phonesReady,
  run: saveAll,
});

/** Saves the set in the caller's transaction. @throws Failure `conflict`, or `invalid` at the fields */
export async function saveAll(ctx: CommandContext, set: ContactSet): Promise<ContactsSaved> {
  const present = new Map((await readContacts(ctx.db, set)).map((row) => [row.id, row]));
  const codes = await codesFor(ctx);
  assertUnchanged(set, present);
  await assertNoMoreSealed(ctx, set);
  const contacts = set.contacts.map((contact, at) => checked(contact, at, { set, present, codes }));
  assertRight(contacts);
  const levels = [...contacts.map(({ level }) => level), ...set.deleted.map(({ id }) => present.get(id)!.level)];
  const moved = contacts.flatMap(({ before }) => before?.level ?? []);
  if ([...levels, ...moved].includes('location')) await assertChangeable(ctx, { locationId: set.locationId! });
  let changed = 0;
  const kept: { id: number; version: number }[] = [];
  for (const { contact, level, before } of contacts) {
    const owner = ownerOf(level, set);
    const id = await writeContact(ctx, contact, { level, ...owner }, before);
    kept.push({ id, version: (before?.version ?? 0) + 1 });
    const changes = changesOf(before, { ...contact, level });
    if (before && Object.keys(changes).length === 0) continue;
    ctx.audit({ entity: 'Contact', entityId: id, customerId: owner.customerId, changes });
    if (before) changed += 1;
  }
  for (const { id } of set.deleted) await drop(ctx, present.get(id)!, set);
  await reindexContacts(ctx.db, set);
  return {
    added: contacts.filter(({ before }) => before === null).length,
    changed,
    deleted: set.deleted.length,
    contacts: kept,
  };
}

/** A customer's contact goes with the customer, a location's stays with the location. */
const ownerOf = (level: ContactLevel, { customerId, locationId }: WhoseContacts) =>
  level === 'customer' ? { customerId, locationId: null } : { customerId: null, locationId };

type Codes = Readonly<Record<'contact_type' | 'address_type' | 'email_type' | 'phone_type', readonly CodeTableValue[]>>;

const codesFor = async ({ db }: CommandContext): Promise<Codes> => ({
  contact_type: await codeValues(db, 'contact_type', true),
  address_type: await codeValues(db, 'address_type', true),
  email_type: await codeValues(db, 'email_type', true),
  phone_type: await codeValues(db, 'phone_type', true),
});

/** @throws Failure `conflict`, naming the contacts that somebody else has changed or deleted */
function assertUnchanged({ contacts, deleted }: ContactSet, present: ReadonlyMap<number, ContactRow>): void {
  const fields: Record<string, string> = {};
  const names: string[] = [];
  const look = (path: string, { id, version }: { id: number | null; version: number | null }, name: string): void => {
    if (id === null) return;
    const row = present.get(id);
    if (row?.version === version) return;
    fields[path] = row
      ? 'Somebody else has changed this contact meanwhile.'
      : 'Somebody else has deleted this contact.';
    names.push(row?.name ?? name);
  };
  for (const [at, contact] of contacts.entries()) look(`contacts.${at}`, contact, contactName(contact));
  for (const [at, contact] of deleted.entries()) look(`deleted.${at}`, contact, 'one that is to be deleted');
  if (names.length === 0) return;
  const words = `Somebody else has changed contacts meanwhile (${names.join('; ')}). Nothing was saved.`;
  throw new Failure('conflict', words, fields);
}

/** Numbers have versions of their own. @throws Failure `conflict` when some were entered since a contact was added */
async function assertNoMoreSealed({ db }: CommandContext, { deleted }: ContactSet): Promise<void> {
  for (const { id, sealed } of deleted) {
    if (sealed === undefined) continue;
    const kept = await db
      .selectFrom('secret_value')
      .select('id')
      .where('entity', '=', 'Contact')
      .where('entity_id', '=', id)
      .execute();
    if (kept.length > sealed)
      throw new Failure('conflict', 'Sensitive numbers of a contact were entered meanwhile. Nothing was saved.');
  }
}

interface Checking {
  readonly set: ContactSet;
  readonly present: ReadonlyMap<number, ContactRow>;
  readonly codes: Codes;
}

interface Checked {
  readonly contact: SavedContact;
  readonly level: ContactLevel;
  readonly before: ContactRow | null;
  readonly problems: Readonly<Record<string, string>>;
}

/** A contact as it will be stored, with what is wrong by the path of its field. */
function checked(sent: SavedContact, at: number, { set, present, codes }: Checking): Checked {
  const contact: SavedContact = {
    ...sent,
    addresses: withOnePrimary(sent.addresses),
    emails: withOnePrimary(sent.emails),
    phones: withOnePrimary(sent.phones),
  };
  const before = contact.id === null ? null : present.get(contact.id)!;
  const type = codes.contact_type.find(({ code }) => code === contact.type);
  const level = contactLevel(type?.attributes ?? null);
  const problems = { ...unknownCodes(contact, before, codes), ...contactProblems(contact) };
  if (type && ownerOf(level, set)[`${level}Id`] === null) {
    problems['type'] = `${type.name} is a contact of a ${level}, and there is no ${level} here.`;
  }
  return {
    contact: Object.keys(problems).length === 0 ? settled(contact) : contact,
    level,
    before,
    problems: Object.fromEntries(Object.entries(problems).map(([path, words]) => [`contacts.${at}.${path}`, words])),
  };
}

/** Everything written as it is kept: numbers, states and postal codes as they are usual. */
const settled = (contact: SavedContact): SavedContact => ({
  ...contact,
  addresses: contact.addresses.map((one) => ({ ...one, ...addresses.settled(one) })),
  emails: contact.emails.map((one) => ({ ...one, ...emails.settled(one) })),
  phones: contact.phones.map((one) => ({ ...one, ...phones.settled(one) })),
});

/** Codes that are on no list, or no longer offered and not kept from before. */
function unknownCodes(contact: SavedContact, before: ContactRow | null, codes: Codes): Record<string, string> {
  const problems: Record<string, string> = {};
  const look = (table: keyof Codes, path: string, code: string, kept: readonly string[], what: string): void => {
    const value = codes[table].find((one) => one.code === code);
    if (code === '' || value?.active === 1 || (value && kept.includes(code))) return;
    problems[path] = `There is no such kind of ${what}.`;
  };
  const kinds = (all: readonly { readonly type: string }[] = []) => all.map(({ type }) => type);
  look('contact_type', 'type', contact.type, before ? [before.type] : [], 'contact');
  for (const [at, { type }] of contact.addresses.entries())
    look('address_type', `addresses.${at}.type`, type, kinds(before?.addresses), 'address');
  for (const [at, { type }] of contact.emails.entries())
    look('email_type', `emails.${at}.type`, type, kinds(before?.emails), 'e-mail address');
  for (const [at, { type }] of contact.phones.entries())
    look('phone_type', `phones.${at}.type`, type, kinds(before?.phones), 'phone');
  return problems;
}

/** @throws Failure `invalid`, with a message at each field */
function assertRight(contacts: readonly Checked[]): void {
  const fields: Record<string, string> = Object.assign({}, ...contacts.map(({ problems }) => problems));
  const wrong = contacts.find(({ problems }) => Object.keys(problems).length > 0);
  if (!wrong) return;
  const name = contactName(wrong.contact) || 'The new contact';
  throw new Failure('invalid', `${name}: ${Object.values(wrong.problems)[0]!}`, fields);
}

async function drop(ctx: CommandContext, row: ContactRow, whose: WhoseContacts): Promise<void> {
  await deleteContact(ctx, row.id);
  const { customerId } = ownerOf(row.level, whose);
  ctx.audit({ entity: 'Contact', entityId: row.id, customerId, changes: changesOf(row, null) });
}
