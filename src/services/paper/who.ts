import type { Db } from '#db/schema.ts';
import type { CompanyOptions } from '#domain/company-options.ts';
import { Failure } from '../failure.ts';
import { loadOptions } from '../options/operations.ts';
import { sees, type Sight } from '../sight.ts';
import { contactCopies } from './contact-copies.ts';
import type { AccountHead, Addressee, Company, PaperHead } from './data.ts';

/** Who makes a paper, and when. */
export interface Making {
  readonly db: Db;
  readonly sight: Sight;
  readonly today: string;
  readonly actor: { readonly displayName: string };
}

/** An address as an option has it: on one line of a form, its lines parted by semicolons. */
const linesOf = (text: string): string[] =>
  text
    .split(/[\n;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

function companyOf(options: CompanyOptions): Company {
  const address = linesOf(options.companyAddress);
  const remitTo = linesOf(options.remitAddress);
  return {
    name: options.companyName,
    address,
    phone: options.companyPhone,
    remitTo: remitTo.length > 0 ? remitTo : [options.companyName, ...address],
  };
}

/** What is on every paper, and the options that it comes from. */
export async function paperHead(making: Making): Promise<{ head: PaperHead; options: CompanyOptions }> {
  const options = await loadOptions(making.db);
  return {
    head: { company: companyOf(options), printedOn: making.today, printedBy: making.actor.displayName },
    options,
  };
}

/** Parts of an address as rows have them. */
interface AddressRow {
  readonly careOf: string | null;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly state: string | null;
  readonly zip: string | null;
  readonly country: string;
}

/** An address as lines of an envelope; the country where it is another. */
export function addressLines({ careOf, line1, line2, city, state, zip, country }: AddressRow): string[] {
  const place = [[city, state].filter(Boolean).join(', '), zip].filter(Boolean).join(' ');
  return [careOf ? `c/o ${careOf}` : '', line1, line2 ?? '', place, country === 'US' ? '' : country].filter(Boolean);
}

const ADDRESS = ['x.care_of as careOf', 'x.line1', 'x.line2', 'x.city', 'x.state', 'x.zip', 'x.country'] as const;

/** Addresses of a customer, the primary one first. */
const addressesOf = (db: Db, customerId: number) =>
  db
    .selectFrom('customer_address as x')
    .leftJoin('code_value as v', (on) => on.on('v.table_name', '=', 'address_type').onRef('v.code', '=', 'x.type'))
    .select([...ADDRESS, 'x.is_primary as primary', 'v.name as type'])
    .where('x.customer_id', '=', customerId)
    .orderBy('x.is_primary', 'desc')
    .orderBy('x.id')
    .execute();

/** An account with whom it belongs to and where it is. @throws Failure `not_found` */
export async function accountRow(db: Db, accountId: number) {
  const row = await db
    .selectFrom('account as a')
    .innerJoin('customer as c', 'c.id', 'a.customer_id')
    .innerJoin('location as l', 'l.id', 'a.location_id')
    .leftJoin('account_balance as b', 'b.account_id', 'a.id')
    .select(['a.id', 'a.number', 'a.customer_id as customerId', 'c.number as customerNumber'])
    .select(['a.location_id as locationId', 'a.activity', 'a.owner_copy as ownerCopy'])
    .select(['c.display_name as customerName', 'c.email_notices as emailNotices', 'l.owner_id as ownerId'])
    .select(['l.line1', 'l.city', 'l.state', 'l.zip', 'l.country'])
    .select(['b.balance_cents as balanceCents', 'b.unposted_cents as unpostedCents', 'a.budget_cents as budgetCents'])
    .where('a.id', '=', accountId)
    .executeTakeFirst();
  if (!row) throw new Failure('not_found', 'No such record, or it is private.');
  return row;
}

type AccountRow = Awaited<ReturnType<typeof accountRow>>;

/** Somebody who gets a copy, and as what. */
export interface CopyFor extends Addressee {
  readonly as: string;
  /** Where the copy goes by e-mail; null: it goes on paper. */
  readonly email: string | null;
}

/**
 * Who gets a duplicate of what an account's customer is sent, the one place that decides it: the owner
 * of the place when that is somebody else and the account says so, the customer's other mailing
 * addresses, and the contacts who take notices, those by e-mail last. An owner whom the maker of the
 * paper may not see gets none from them. Without `byMail` everybody gets theirs on paper.
 */
export async function copiesFor({ db, sight }: Making, account: AccountRow, byMail: boolean): Promise<CopyFor[]> {
  const others = (await addressesOf(db, account.customerId)).filter(({ primary }) => primary === 0);
  const addresses = others.map((row) => ({
    as: `${row.type ?? 'other'} address`,
    name: account.customerName,
    lines: addressLines(row),
    email: null,
  }));
  const owner = await ownerOf(db, sight, account);
  const contacts = await contactCopies(db, account, byMail, (address) =>
    addressLines({ ...address, careOf: address.careOf || null, line2: address.line2 || null }),
  );
  const copies = [...(owner ? [owner] : []), ...addresses, ...contacts];
  return [...copies.filter(({ email }) => email === null), ...copies.filter(({ email }) => email !== null)];
}

async function ownerOf(db: Db, sight: Sight, account: AccountRow): Promise<CopyFor | null> {
  const { ownerId, customerId, ownerCopy } = account;
  if (ownerId === null || ownerId === customerId || ownerCopy === 0) return null;
  const owner = await db
    .selectFrom('customer as c')
    .select(['c.display_name as name', 'c.public', 'c.customer_group as customerGroup'])
    .where('c.id', '=', ownerId)
    .executeTakeFirst();
  if (!owner || !sees(sight, owner)) return null;
  const [primary] = await addressesOf(db, ownerId);
  return { as: 'owner', name: owner.name, lines: primary ? addressLines(primary) : [], email: null };
}

/** What every paper about an account begins with; it goes to the customer, at the primary address or the place itself. */
export async function accountHead(making: Making, accountId: number) {
  const account = await accountRow(making.db, accountId);
  const { head, options } = await paperHead(making);
  const [primary] = await addressesOf(making.db, account.customerId);
  const place = addressLines({ ...account, careOf: null, line2: null });
  const about: AccountHead = {
    ...head,
    account: {
      number: account.number,
      customerNumber: account.customerNumber,
      customerName: account.customerName,
      serviceAddress: place.join(', '),
      balanceCents: account.balanceCents ?? 0,
      unpostedCents: account.unpostedCents ?? 0,
    },
    recipient: { name: account.customerName, lines: primary ? addressLines(primary) : place },
    duplicate: '',
  };
  return { head: about, options, account };
}

/** E-mail addresses on file, the primary one first. */
export async function emailsOf(db: Db, customerId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('customer_email')
    .select('address')
    .where('customer_id', '=', customerId)
    .orderBy('is_primary', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(({ address }) => address);
}
