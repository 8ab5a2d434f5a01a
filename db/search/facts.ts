import { naturalKey } from '#domain/sort-key.ts';
import type { ContactSource } from './contacts.ts';
import { fold, foldEmail, foldIdentifier, phoneDigits, words } from './fold.ts';
import type { KeyKind } from './kinds.ts';
import { streetWords } from './street.ts';

/** One thing by which a record is found, folded; {@link file://./keys.ts} makes its keys. */
export interface Fact {
  readonly kind: KeyKind;
  readonly text: string;
}

/** Of an address, the words and the parts that come behind them. */
export interface AddressSource {
  readonly line1: string;
  readonly city: string | null;
  readonly zip: string | null;
}

export interface CustomerSource {
  readonly number: string;
  readonly altId: string | null;
  readonly firstName: string | null;
  readonly middleName: string | null;
  readonly lastName: string | null;
  readonly spouseName: string | null;
  readonly businessName: string | null;
  readonly displayName: string;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  /** Addresses other than where the customer takes service. */
  readonly mailing: readonly AddressSource[];
  readonly contacts: ContactSource;
  /** What its searchable custom fields hold; left out: nothing. */
  readonly fields?: readonly string[];
}

export interface LocationSource extends AddressSource {
  readonly number: string;
  readonly altId: string | null;
  readonly parcelNumber: string | null;
  /** Numbers of meters and transmitters. */
  readonly meters: readonly { readonly number: string; readonly removed: boolean }[];
  readonly contacts: ContactSource;
  /** What its searchable custom fields hold; left out: nothing. */
  readonly fields?: readonly string[];
}

export interface AccountSource {
  readonly number: string;
  /** Family or business name. */
  readonly name: string | null;
  readonly firstName: string | null;
  readonly line1: string;
  readonly zip: string | null;
}

/** Facts that say something, each once. */
function collect(candidates: readonly (readonly [KeyKind, string])[]): Fact[] {
  const facts: Fact[] = [];
  for (const [kind, text] of candidates) {
    if (text !== '' && !facts.some((fact) => fact.kind === kind && fact.text === text)) facts.push({ kind, text });
  }
  return facts;
}

const identifier = (kind: KeyKind, text: string | null): [KeyKind, string][] =>
  text === null ? [] : identifierForms(text).map((form) => [kind, form]);

/**
 * An identifier whole, without leading zeros, and by each later part that is long enough to
 * tell something and has a letter (`0379-NEVHP` is also asked for as `nevhp`).
 */
function identifierForms(text: string): string[] {
  const whole = foldIdentifier(text);
  const parts = words(fold(text)).slice(1);
  return [whole, whole.replace(/^0+(?=.)/, ''), ...parts.filter((part) => part.length >= 4 && /\p{L}/u.test(part))];
}

/** Words of an address, and after a comma (which sorts before every word) its city and ZIP. */
const addressText = ({ line1, city, zip }: AddressSource): string => {
  const line = streetWords(line1).join(' ');
  return line === '' ? '' : [line, ',', fold(city ?? ''), fold(zip?.slice(0, 5) ?? '')].filter(Boolean).join(' ');
};

const join = (...parts: readonly (string | null)[]): string => fold(parts.filter(Boolean).join(' '));

/** Contacts are asked for by name, phone and e-mail, all of one kind. */
const contacts = (kind: KeyKind, { names, phones, emails }: ContactSource): [KeyKind, string][] => [
  ...names.map((name): [KeyKind, string] => [kind, fold(name)]),
  ...phones.map((phone): [KeyKind, string] => [kind, phoneDigits(phone)]),
  ...emails.map((email): [KeyKind, string] => [kind, foldEmail(email)]),
];

/** By what a customer is found. */
export function customerFacts(customer: CustomerSource): Fact[] {
  const person = join(customer.lastName, customer.firstName, customer.middleName);
  const business = join(customer.businessName);
  return collect([
    ...identifier('customerNumber', customer.number),
    ...identifier('customerAltId', customer.altId),
    ['name', person],
    ['name', business],
    // A name that came in one piece.
    ['name', person === '' && business === '' ? fold(customer.displayName) : ''],
    ['name', spouse(customer)],
    ...customer.phones.map((phone): [KeyKind, string] => ['phone', phoneDigits(phone)]),
    ...customer.emails.map((email): [KeyKind, string] => ['email', foldEmail(email)]),
    ...customer.mailing.map((address): [KeyKind, string] => ['mailing', addressText(address)]),
    ...contacts('contact', customer.contacts),
    ...(customer.fields ?? []).map((text): [KeyKind, string] => ['customerField', fold(text)]),
  ]);
}

/** A spouse of one word has the customer's family name. */
function spouse({ spouseName, lastName }: CustomerSource): string {
  const name = fold(spouseName ?? '');
  return name === '' || name.includes(' ') ? name : join(lastName, name);
}

/** By what a location is found. */
export function locationFacts(location: LocationSource): Fact[] {
  return collect([
    ...identifier('locationNumber', location.number),
    ...identifier('locationAltId', location.altId),
    ...identifier('parcel', location.parcelNumber),
    ...location.meters.flatMap((meter) => identifier(meter.removed ? 'removedMeter' : 'meter', meter.number)),
    ['address', addressText(location)],
    ['addressOrder', addressOrder(location.line1)],
    ...contacts('locationContact', location.contacts),
    ...(location.fields ?? []).map((text): [KeyKind, string] => ['locationField', fold(text)]),
  ]);
}

/** Where an address stands in a list by address: street first, then the house number by its value. */
export function addressOrder(line1: string): string {
  const all = streetWords(line1);
  const house = /^[0-9]/.test(all[0] ?? '') && all.length > 1 ? all[0]! : null;
  const rest = house === null ? all : all.slice(1);
  const unit = rest.findIndex((word, index) => index > 0 && /^[0-9]+$/.test(word));
  const street = unit < 0 ? rest : rest.slice(0, unit);
  return naturalKey([...street, house ?? '', ...(unit < 0 ? [] : rest.slice(unit))].join(' ').trim());
}

/** By what an account is found besides its customer and its location. */
export function accountFacts(account: AccountSource): Fact[] {
  const name = fold(account.name ?? '');
  const zip = fold(account.zip?.slice(0, 5) ?? '');
  return collect([
    ...identifier('accountNumber', account.number),
    ['resident', name && zip ? [name, zip, fold(account.firstName ?? '')].filter(Boolean).join(' ') : ''],
    ['resident', name && [name, ...streetWords(account.line1)].join(' ')],
  ]);
}
