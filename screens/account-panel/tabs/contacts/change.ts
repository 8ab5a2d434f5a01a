import type { FormValues } from '#ui/form/definition.ts';
import { allContacts, isNew, itemsOf, type Kind, KINDS, OWN, TEXTS } from './edit.ts';

/** The next key that nothing new has. */
function nextKey(values: FormValues): string {
  const used = Object.keys(values).flatMap((path) => path.split('.').filter((part) => /^n\d+$/.test(part)));
  return `n${1 + Math.max(0, ...used.map((key) => Number(key.slice(1))))}`;
}

/** With a blank contact, the last one. */
export function addContact(values: FormValues): { readonly values: FormValues; readonly key: string } {
  const key = nextKey(values);
  const blank = Object.fromEntries(OWN.map((field) => [`${key}.${field}`, field === 'notices' ? 'none' : '']));
  return { key, values: { ...values, [`${key}.kept`]: true, ...blank } };
}

/** Without a contact: it goes when it is saved; a new one in which nothing was typed is gone. */
export function dropContact(values: FormValues, key: string): FormValues {
  const blank = isNew(key) && Object.entries(values).every(([path, value]) => isUntyped(path, value, key));
  if (!blank) return { ...values, [`${key}.kept`]: false };
  return Object.fromEntries(Object.entries(values).filter(([path]) => !path.startsWith(`${key}.`)));
}

const isUntyped = (path: string, value: string | boolean, key: string): boolean =>
  !path.startsWith(`${key}.`) || value === '' || [`${key}.kept`, `${key}.notices`].includes(path);

/** Contacts that are deleted, and not yet for good. */
export const deletedContacts = (values: FormValues): string[] =>
  allContacts(values).filter((key) => values[`${key}.kept`] === false);

export const bringBack = (values: FormValues, key: string): FormValues => ({ ...values, [`${key}.kept`]: true });

/** With a blank address, e-mail or phone; the first is primary. */
export function addItem(
  values: FormValues,
  contact: string,
  { kind, type }: { readonly kind: Kind; readonly type: string },
): { readonly values: FormValues; readonly key: string } {
  const key = nextKey(values);
  const at = `${contact}.${kind}.${key}`;
  const texts = TEXTS[kind].map((field) => [`${at}.${field}`, field === 'country' ? 'US' : '']);
  const first = itemsOf(values, contact, kind).length === 0;
  return {
    key,
    values: {
      ...values,
      [`${at}.kept`]: true,
      [`${at}.primary`]: first,
      [`${at}.type`]: type,
      ...Object.fromEntries(texts),
    },
  };
}

/** Without an address, e-mail or phone; was it the primary one, the first that is left becomes it. */
export function dropItem(values: FormValues, contact: string, { kind, key }: { kind: Kind; key: string }): FormValues {
  const at = `${contact}.${kind}.${key}`;
  const left = isNew(key)
    ? Object.fromEntries(Object.entries(values).filter(([path]) => !path.startsWith(`${at}.`)))
    : { ...values, [`${at}.kept`]: false, [`${at}.primary`]: false };
  const [first] = itemsOf(left, contact, kind);
  const handsOver = values[`${at}.primary`] === true && first !== undefined;
  const primary = handsOver ? { ...left, [`${contact}.${kind}.${first}.primary`]: true } : left;
  return { ...primary, ...noticesPossible(primary, contact) };
}

/** Duplicates that cannot go their way any more do not go. */
function noticesPossible(values: FormValues, contact: string): FormValues {
  const notices = values[`${contact}.notices`];
  const kind = notices === 'mail' ? 'addresses' : notices === 'email' ? 'emails' : null;
  return kind && itemsOf(values, contact, kind).length === 0 ? { [`${contact}.notices`]: 'none' } : {};
}

/** After one became primary: the others of its kind are not any more. */
export function onePrimary(values: FormValues, path: string): FormValues {
  const [contact, kind, item] = path.split('.') as [string, Kind, string];
  const others = itemsOf(values, contact, kind).filter((key) => key !== item);
  return { ...values, ...Object.fromEntries(others.map((key) => [`${contact}.${kind}.${key}.primary`, false])) };
}

/**
 * The map as it is after others deleted from it: what is in `base` and not in `theirs` is not kept.
 * Of a contact that is gone all that belonged to it stays known, so that it can be saved anew.
 */
export function withTheirDeletions(base: FormValues, theirs: FormValues): FormValues {
  const isGone = (at: string): boolean => base[`${at}.kept`] === true && theirs[`${at}.kept`] === undefined;
  const contacts = allContacts(base).filter(isGone);
  const items = allContacts(base)
    .filter((contact) => !contacts.includes(contact))
    .flatMap((contact) =>
      KINDS.flatMap((kind) => itemsOf(base, contact, kind).map((item) => `${contact}.${kind}.${item}`)),
    )
    .filter(isGone);
  const gone = [...contacts, ...items];
  const rest = Object.entries(base).flatMap(([path, value]): [string, string | boolean][] => {
    if (!gone.some((at) => path.startsWith(`${at}.`))) return [];
    return [[path, gone.some((at) => path === `${at}.kept`) ? false : value]];
  });
  return { ...theirs, ...Object.fromEntries(rest) };
}
