import { naturalKey, sortKey } from '#domain/sort-key.ts';
import { writeContacts } from './contacts.ts';
import { dateText, instantOf } from './days.ts';
import type { Customer } from './people.ts';
import { BANKS } from './banks.ts';
import { AREA_CODES, ELSEWHERE } from './vocabulary.ts';
import { writeUserDefined } from './user-defined.ts';
import type { World } from './world.ts';

/** Where a customer's post goes. */
export interface PostalAddress {
  readonly line1: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
}

const MAIL_DOMAINS = ['example.com', 'example.net', 'example.org'];
const CARDS = [
  ['Visa', null],
  ['Mastercard', null],
  ['Discover', null],
] as const;

const yes = (flag: boolean): number => (flag ? 1 : 0);
const dateOrNull = (day: number | null): string | null => (day === null ? null : dateText(day));

/** Writes a customer with addresses, phones, e-mail and standing order; `null` address: gone to another town. */
export function writeCustomer(world: World, customer: Customer, address: PostalAddress | null): void {
  const { random, sink } = world;
  const person = customer.kind === 'individual';
  const hasMail = customer.eBill || customer.web || random.chance(person ? 0.45 : 0.6);
  sink.add(
    'customer',
    customer.id,
    customer.number,
    naturalKey(customer.number),
    customer.kind,
    customer.title,
    customer.firstName,
    customer.middleName,
    customer.lastName,
    customer.suffix,
    customer.spouseName,
    customer.businessName,
    customer.displayName,
    sortKey(customer.displayName),
    customer.id % 4 === 0 ? `OLD-${String(90_000 + customer.id * 3)}` : null,
    customer.status,
    dateText(customer.statusOn),
    yes(customer.active),
    yes(customer.public),
    yes(customer.bankrupt),
    yes(customer.noPayments),
    yes(customer.noChecks),
    yes(customer.noCollections),
    customer.disallowed,
    dateOrNull(customer.holdUntil),
    customer.kind === 'government' || customer.kind === 'nonprofit' ? `E99${String(10_000 + customer.id)}` : null,
    customerGroup(customer),
    yes(!customer.eBill || customer.id % 5 === 0),
    yes(customer.eBill),
    yes(customer.web && hasMail),
    person ? dateText(world.today - random.between(19 * 365, 88 * 365)) : null,
    instantOf(customer.since, 540),
  );
  writeAddresses(world, customer, address ?? movedAway(world));
  writePhones(world, customer);
  writeContacts(world, customer);
  writeUserDefined(world, customer);
  if (hasMail) sink.add('customer_email', ++world.serials.customer_email, customer.id, mailAddress(customer), 1);
  if (customer.autopay) writeAutopay(world, customer, customer.autopay);
}

/** Most customers are in the group of their kind, every seventh household in none, a few are the utility's own staff. */
function customerGroup({ kind, id }: Customer): string | null {
  if (kind === 'government') return 'public';
  if (kind !== 'individual') return 'business';
  if (id % 40 === 7) return 'staff';
  return id % 7 === 0 ? null : 'household';
}

function movedAway({ random }: World): PostalAddress {
  const [city, state, zip] = random.pick(ELSEWHERE);
  return {
    line1: `${random.between(100, 9900)} ${random.pick(['Main St', 'Park Ave', 'Lake Dr', 'Hill Rd'])}`,
    city,
    state,
    zip,
  };
}

function writeAddresses(world: World, customer: Customer, address: PostalAddress): void {
  const { random, sink, serials } = world;
  const { line1, city, state, zip } = address;
  const county = state === 'IL' ? 'Sangamon' : null;
  const person = customer.kind === 'individual';
  const careOf =
    !person && random.chance(0.4) ? 'Accounts Payable' : person && random.chance(0.01) ? 'Estate of the above' : null;
  const box = random.chance(0.07);
  const add = (type: string, primary: 0 | 1, first: string): void =>
    sink.add(
      'customer_address',
      ++serials.customer_address,
      customer.id,
      type,
      primary,
      careOf,
      first,
      null,
      city,
      state,
      zip,
      'US',
      county,
    );
  add(person ? 'home' : 'work', box ? 0 : 1, line1);
  if (box) add('mailing', 1, `PO Box ${random.between(10, 4800)}`);
}

function writePhones(world: World, customer: Customer): void {
  const { random, sink, serials } = world;
  const person = customer.kind === 'individual';
  const kinds = person
    ? random.pick([['mobile'], ['mobile'], ['mobile', 'home'], ['home'], ['mobile', 'work']])
    : ['work', 'fax'];
  for (const [index, type] of kinds.entries()) {
    const digits = `${random.pick(AREA_CODES)}${exchange(random.between(220, 989))}${String(random.below(10_000)).padStart(4, '0')}`;
    const shown = `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`;
    const extension = type === 'work' && random.chance(0.5) ? String(random.between(10, 899)) : null;
    const description = person && customer.spouseName && index === 1 ? customer.spouseName : null;
    sink.add(
      'customer_phone',
      ++serials.customer_phone,
      customer.id,
      type,
      shown,
      digits,
      extension,
      description,
      index === 0 ? 1 : 0,
    );
  }
}

/** Exchanges ending in 11 are service codes and no numbers. */
const exchange = (n: number): number => (n % 100 === 11 ? n + 1 : n);

function mailAddress(customer: Customer): string {
  const name = customer.mailbox.length > 2 ? customer.mailbox : 'resident';
  return `${name}${customer.id}@${MAIL_DOMAINS[customer.id % 3]}`;
}

/** What is agreed, by the customer's number so that it takes no luck from what comes after. */
const AGREED = [
  { option: 'balance', cents: null, drawOn: 'due', days: null },
  { option: 'balance', cents: null, drawOn: 'due', days: null },
  { option: 'maximum', cents: 15_000, drawOn: 'due', days: null },
  { option: 'balance', cents: null, drawOn: 'after_bill', days: 14 },
  { option: 'required', cents: null, drawOn: 'due', days: null },
  { option: 'fixed', cents: 9000, drawOn: 'day', days: 5 },
] as const;

function writeAutopay(world: World, customer: Customer, method: 'draft' | 'card'): void {
  const { random, today, sink, serials } = world;
  const draft = method === 'draft';
  const from = random.pick<readonly [name: string, routing: string | null]>(draft ? BANKS : CARDS);
  const last4 = String(random.below(10_000)).padStart(4, '0');
  const started = dateText(Math.max(customer.since, today - 2000));
  const { option, cents, drawOn, days } = AGREED[customer.id % AGREED.length]!;
  const expiresIn = draft ? null : dateText(today + 40 + (customer.id % 1400)).slice(0, 7);
  const accountType = draft ? (customer.id % 4 === 1 ? 'savings' : 'checking') : null;
  sink.add(
    'autopay_instruction',
    ++serials.autopay_instruction,
    customer.id,
    method,
    from[0],
    last4,
    accountType,
    from[1],
    expiresIn,
    yes(customer.id % 5 === 2),
    option,
    cents,
    drawOn,
    days,
    started,
    started,
  );
}
