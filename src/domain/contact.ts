import { z } from 'zod';
import { readAttributes } from './code-attributes.ts';
import {
  addressProblems,
  emailProblems,
  phoneProblems,
  type Problems,
  type TypedAddress,
  type TypedEmail,
  type TypedPhone,
} from './reach.ts';

/** Whom a contact goes with: the customer wherever it lives, or the location whoever lives there. */
export type ContactLevel = 'customer' | 'location';

/** How a contact gets what goes to contacts as a duplicate. */
export const NOTICES = ['none', 'mail', 'email'] as const;
export type Notices = (typeof NOTICES)[number];

/** What a contact type says besides its name. */
const attributes = z.object({ level: z.enum(['customer', 'location']).default('customer') });

/** With what a contact of this type goes; one whose attributes cannot be read goes with the customer. */
export function contactLevel(said: string | null): ContactLevel {
  const read = readAttributes(attributes, said);
  return 'values' in read ? read.values.level : 'customer';
}

/** One of several, of which one is primary. */
export interface Several {
  /** Null: new. */
  readonly id: number | null;
  readonly primary: boolean;
}

/** A contact as it is edited: empty texts where nothing was said. */
export interface ContactFacts {
  readonly type: string;
  readonly firstName: string;
  readonly middleName: string;
  readonly lastName: string;
  readonly suffix: string;
  readonly notices: Notices;
  readonly addresses: readonly (TypedAddress & Several)[];
  readonly emails: readonly (TypedEmail & Several)[];
  readonly phones: readonly (TypedPhone & Several)[];
}

/** Why duplicates cannot go to the contact this way; null when they can. */
export function noticesProblem(
  notices: Notices,
  has: { readonly addresses: readonly unknown[]; readonly emails: readonly unknown[] },
): string | null {
  if (notices === 'mail' && has.addresses.length === 0) return 'Notices by mail need an address: enter one first.';
  if (notices === 'email' && has.emails.length === 0)
    return 'Notices by e-mail need an e-mail address: enter one first.';
  return null;
}

/** What is wrong with a contact, by the path of its field; first and last name are needed. */
export function contactProblems(contact: ContactFacts): Problems {
  const problems: Problems = {};
  const add = (at: string, found: Problems): void => {
    for (const [field, words] of Object.entries(found)) problems[`${at}.${field}`] = words;
  };
  if (contact.type.trim() === '') problems['type'] = 'Choose what kind of contact it is.';
  if (contact.firstName.trim() === '') problems['firstName'] = 'Enter the first name.';
  if (contact.lastName.trim() === '') problems['lastName'] = 'Enter the last name.';
  const notices = noticesProblem(contact.notices, contact);
  if (notices) problems['notices'] = notices;
  for (const [at, one] of contact.addresses.entries()) add(`addresses.${at}`, addressProblems(one));
  for (const [at, one] of contact.emails.entries()) add(`emails.${at}`, emailProblems(one));
  for (const [at, one] of contact.phones.entries()) add(`phones.${at}`, phoneProblems(one));
  return problems;
}

/** A contact's name as lists show it: `Rivera, Ana M Jr`. */
export const contactName = (one: Pick<ContactFacts, 'firstName' | 'middleName' | 'lastName' | 'suffix'>): string =>
  [one.lastName, [one.firstName, one.middleName, one.suffix].filter(Boolean).join(' ')].filter(Boolean).join(', ');
