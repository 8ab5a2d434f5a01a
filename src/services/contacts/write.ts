import type { ContactLevel } from '#domain/contact.ts';
import { addressColumns, emailColumns, phoneColumns } from '../customers/reach/kinds.ts';
import type { CommandContext } from '../operation.ts';
import type { SavedContact } from './input.ts';
import type { ContactRow } from './read.ts';

interface Owner {
  readonly level: ContactLevel;
  readonly customerId: number | null;
  readonly locationId: number | null;
}

const orNull = (text: string): string | null => (text === '' ? null : text);

/** Stores a contact with all that belongs to it, and raises its version with whatever of it changed; answers its id. */
export async function writeContact(
  ctx: CommandContext,
  contact: SavedContact,
  { level, customerId, locationId }: Owner,
  before: ContactRow | null,
): Promise<number> {
  const id = before?.id ?? ctx.newId();
  const fields = {
    level,
    customer_id: customerId,
    location_id: locationId,
    type: contact.type,
    first_name: contact.firstName,
    middle_name: orNull(contact.middleName),
    last_name: contact.lastName,
    suffix: orNull(contact.suffix),
    notices: contact.notices,
  };
  if (before) {
    await ctx.db
      .updateTable('contact')
      .set({ ...fields, version: before.version + 1 })
      .where('id', '=', id)
      .execute();
    if (before.level !== level) await moveNumbers(ctx, id, customerId);
  } else
    await ctx.db
      .insertInto('contact')
      .values({ id, ...fields, version: 1 })
      .execute();
  await writeAddresses(ctx, id, contact);
  await writeEmails(ctx, id, contact);
  await writePhones(ctx, id, contact);
  return id;
}

/** Sealed numbers are told by the customer whose they are: a contact that moves takes them along. */
const moveNumbers = ({ db }: CommandContext, contactId: number, customerId: number | null) =>
  db
    .updateTable('secret_value')
    .set({ customer_id: customerId })
    .where('entity', '=', 'Contact')
    .where('entity_id', '=', contactId)
    .execute();

type Child = 'contact_address' | 'contact_email' | 'contact_phone';

/** Takes the rows of a contact away, to be written as they are to be: the contact's own version guards them. */
async function clear({ db }: CommandContext, table: Child, contactId: number): Promise<ReadonlySet<number>> {
  const rows = await db.selectFrom(table).select('id').where('contact_id', '=', contactId).execute();
  if (rows.length > 0) await db.deleteFrom(table).where('contact_id', '=', contactId).execute();
  return new Set(rows.map(({ id }) => id));
}

/** What was there keeps its identity; an identity that is not this contact's is not taken over. */
const idFor = (ctx: CommandContext, own: ReadonlySet<number>, id: number | null): number =>
  id !== null && own.has(id) ? id : ctx.newId();

async function writeAddresses(ctx: CommandContext, contactId: number, { addresses }: SavedContact): Promise<void> {
  const own = await clear(ctx, 'contact_address', contactId);
  if (addresses.length === 0) return;
  const rows = addresses.map((one) => ({
    id: idFor(ctx, own, one.id),
    contact_id: contactId,
    ...addressColumns(one),
    version: 1,
  }));
  await ctx.db.insertInto('contact_address').values(rows).execute();
}

async function writeEmails(ctx: CommandContext, contactId: number, { emails }: SavedContact): Promise<void> {
  const own = await clear(ctx, 'contact_email', contactId);
  if (emails.length === 0) return;
  const rows = emails.map((one) => ({
    id: idFor(ctx, own, one.id),
    contact_id: contactId,
    ...emailColumns(one),
    version: 1,
  }));
  await ctx.db.insertInto('contact_email').values(rows).execute();
}

async function writePhones(ctx: CommandContext, contactId: number, { phones }: SavedContact): Promise<void> {
  const own = await clear(ctx, 'contact_phone', contactId);
  if (phones.length === 0) return;
  const rows = phones.map((one) => ({
    id: idFor(ctx, own, one.id),
    contact_id: contactId,
    ...phoneColumns(one),
    version: 1,
  }));
  await ctx.db.insertInto('contact_phone').values(rows).execute();
}

/** Takes a contact away with all that belongs to it, its sealed numbers too; the audit keeps what it was. */
export async function deleteContact(ctx: CommandContext, id: number): Promise<void> {
  for (const table of ['contact_address', 'contact_email', 'contact_phone'] as const) await clear(ctx, table, id);
  await ctx.db.deleteFrom('secret_value').where('entity', '=', 'Contact').where('entity_id', '=', id).execute();
  await ctx.db.deleteFrom('contact').where('id', '=', id).execute();
}
