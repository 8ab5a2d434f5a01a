import { type ContactFacts, NOTICES } from '#domain/contact.ts';
import type { ContactRow } from '#services/contacts/read.ts';
import type { FormValues } from '#ui/form/definition.ts';

/*
 * The contacts of a tab as one flat map of values, so that they are edited, compared, kept as a
 * draft and merged like the values of any form: `12.firstName`, `12.phones.7.number`. What is new
 * has a key of its own, `n1`. `kept` says whether a contact, or one of its addresses, e-mails or
 * phones, is still to be there: what is deleted stays in the map until it is saved.
 */

/** What a contact has several of. */
export type Kind = 'addresses' | 'emails' | 'phones';
export const KINDS: readonly Kind[] = ['addresses', 'emails', 'phones'];

/** What is said of the contact itself. */
export const OWN = ['type', 'notices', 'firstName', 'middleName', 'lastName', 'suffix'] as const;

/** Texts of each of several, besides its type. */
export const TEXTS: Readonly<Record<Kind, readonly string[]>> = {
  addresses: ['careOf', 'line1', 'line2', 'city', 'state', 'zip', 'country', 'county', 'geoCode'],
  emails: ['address', 'description'],
  phones: ['number', 'extension', 'description'],
};

const put = (values: Record<string, string | boolean>, at: string, from: object, fields: readonly string[]): void => {
  for (const field of fields) values[`${at}.${field}`] = String((from as Record<string, unknown>)[field] ?? '');
};

/** The map of contacts as they are saved. */
export function valuesOf(rows: readonly ContactRow[]): FormValues {
  const values: Record<string, string | boolean> = {};
  for (const row of rows) {
    values[`${row.id}.kept`] = true;
    put(values, String(row.id), row, OWN);
    for (const kind of KINDS) {
      for (const one of row[kind]) {
        const at = `${row.id}.${kind}.${one.id}`;
        values[`${at}.kept`] = true;
        values[`${at}.primary`] = one.primary;
        put(values, at, one, ['type', ...TEXTS[kind]]);
      }
    }
  }
  return values;
}

export const versionsOf = (rows: readonly ContactRow[]): Readonly<Record<string, number>> =>
  Object.fromEntries(rows.map(({ id, version }) => [String(id), version]));

export const isNew = (key: string): boolean => key.startsWith('n');

/** Keys of contacts, those that are to be deleted too. */
export const allContacts = (values: FormValues): string[] =>
  Object.keys(values).flatMap((path) => (/^[^.]+\.kept$/.test(path) ? [path.slice(0, -'.kept'.length)] : []));

/** Keys of contacts as they are to be. */
export const contactsOf = (values: FormValues): string[] =>
  allContacts(values).filter((key) => values[`${key}.kept`] === true);

/** Keys of a contact's addresses, e-mails or phones as they are to be. */
export function itemsOf(values: FormValues, contact: string, kind: Kind): string[] {
  const head = `${contact}.${kind}.`;
  return Object.keys(values).flatMap((path) =>
    path.startsWith(head) && path.endsWith('.kept') && values[path] === true
      ? [path.slice(head.length, -'.kept'.length)]
      : [],
  );
}

const text = (values: FormValues, path: string): string => String(values[path] ?? '');

/** A new one in which nothing was typed: it is not there yet. */
function isBlank(values: FormValues, at: string, kind: Kind): boolean {
  const item = at.slice(at.lastIndexOf('.') + 1);
  return (
    isNew(item) && TEXTS[kind].every((field) => field === 'country' || text(values, `${at}.${field}`).trim() === '')
  );
}

/** The values without new addresses, e-mails and phones in which nothing was typed. */
export function withoutBlanks(values: FormValues): FormValues {
  const blank = allContacts(values).flatMap((contact) =>
    KINDS.flatMap((kind) =>
      itemsOf(values, contact, kind)
        .map((item) => `${contact}.${kind}.${item}`)
        .filter((at) => isBlank(values, at, kind)),
    ),
  );
  if (blank.length === 0) return values;
  return Object.fromEntries(Object.entries(values).filter(([path]) => !blank.some((at) => path.startsWith(`${at}.`))));
}

/** The values that there are to save: without blanks, and without new contacts that were taken away again. */
export function savable(values: FormValues): FormValues {
  const gone = allContacts(values).filter((contact) => isNew(contact) && values[`${contact}.kept`] === false);
  const kept = Object.entries(values).filter(([path]) => !gone.some((contact) => path.startsWith(`${contact}.`)));
  return withoutBlanks(gone.length === 0 ? values : Object.fromEntries(kept));
}

/** Whether anything differs from what is saved. */
export function isChanged(values: FormValues, saved: FormValues): boolean {
  const now = savable(values);
  const paths = new Set([...Object.keys(now), ...Object.keys(saved)]);
  return [...paths].some((path) => now[path] !== saved[path]);
}

/** Whether a contact differs from what is saved. */
export function contactChanged(values: FormValues, saved: FormValues, contact: string): boolean {
  const own = (all: FormValues) =>
    Object.fromEntries(Object.entries(all).filter(([path]) => path.startsWith(`${contact}.`)));
  return isChanged(own(values), own(saved));
}

const idOf = (key: string): number | null => (isNew(key) ? null : Number(key));

/** What one text field of a record holds. */
type Say = (field: string) => string;

/** A contact as the domain knows it, with the keys of what it has several of. */
export function factsOf(values: FormValues, contact: string): ContactFacts {
  const own: Say = (field) => text(values, `${contact}.${field}`).trim();
  const each = <T>(kind: Kind, of: (say: Say) => T) =>
    itemsOf(values, contact, kind).map((item) => {
      const at = `${contact}.${kind}.${item}`;
      const say: Say = (field) => text(values, `${at}.${field}`).trim();
      return { id: idOf(item), primary: values[`${at}.primary`] === true, type: say('type'), ...of(say) };
    });
  return {
    type: own('type'),
    firstName: own('firstName'),
    middleName: own('middleName'),
    lastName: own('lastName'),
    suffix: own('suffix'),
    notices: NOTICES.find((way) => way === own('notices')) ?? 'none',
    addresses: each('addresses', (say) => ({
      careOf: say('careOf'),
      line1: say('line1'),
      line2: say('line2'),
      city: say('city'),
      state: say('state'),
      zip: say('zip'),
      country: say('country'),
      county: say('county'),
      geoCode: say('geoCode'),
    })),
    emails: each('emails', (say) => ({ address: say('address'), description: say('description') })),
    phones: each('phones', (say) => ({
      number: say('number'),
      extension: say('extension'),
      description: say('description'),
    })),
  };
}

/** A contact as it is sent: over the version that was read, or (null) as a new one. */
export function sendable(facts: ContactFacts, kept: { readonly id: number; readonly version: number } | null) {
  const items = <T extends { readonly id: number | null }>(all: readonly T[]): T[] =>
    all.map((one) => (kept ? one : { ...one, id: null }));
  return {
    ...facts,
    addresses: items(facts.addresses),
    emails: items(facts.emails),
    phones: items(facts.phones),
    id: kept?.id ?? null,
    version: kept?.version ?? null,
  };
}
