import { z } from 'zod';
import { STATES } from './sensitive.ts';

/** A postal address as it is typed: empty texts where nothing was said. */
export interface TypedAddress {
  readonly type: string;
  readonly careOf: string;
  readonly line1: string;
  readonly line2: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
  readonly county: string;
  readonly geoCode: string;
}

export interface TypedPhone {
  readonly type: string;
  readonly number: string;
  readonly extension: string;
  readonly description: string;
}

export interface TypedEmail {
  readonly type: string;
  readonly address: string;
  readonly description: string;
}

/** What is wrong, by field; nothing when all is well. */
export type Problems = Record<string, string>;

/** Post of the armed forces has states of its own. */
const MILITARY = new Set(['AA', 'AE', 'AP']);

const needed = (problems: Problems, field: string, value: string, words: string): void => {
  if (value.trim() === '') problems[field] = words;
};

/** Type, street, city, state and country are needed; in the United States the state and the ZIP are checked. */
export function addressProblems({ type, line1, city, state, zip, country }: TypedAddress): Problems {
  const problems: Problems = {};
  needed(problems, 'type', type, 'Choose what kind of address it is.');
  needed(problems, 'line1', line1, 'Enter the street.');
  needed(problems, 'city', city, 'Enter the city.');
  needed(problems, 'state', state, 'Enter the state.');
  needed(problems, 'country', country, 'Enter the country.');
  if (country.trim().toUpperCase() !== 'US') return problems;
  const code = state.trim().toUpperCase();
  if (code !== '' && !STATES.has(code) && !MILITARY.has(code))
    problems['state'] = 'Enter the two letters of the state.';
  if (zip.trim() !== '' && !/^\d{5}(?:-?\d{4})?$/.test(zip.trim())) problems['zip'] = 'A ZIP has five digits, or nine.';
  return problems;
}

/** Type and address are needed. */
export function emailProblems({ type, address }: TypedEmail): Problems {
  const problems: Problems = {};
  needed(problems, 'type', type, 'Choose what kind of e-mail address it is.');
  needed(problems, 'address', address, 'Enter the e-mail address.');
  if (address.trim() !== '' && !z.email().safeParse(address.trim()).success) {
    problems['address'] = 'Not an e-mail address. It looks like name@place.example.';
  }
  return problems;
}

/** A telephone number as it is shown, and its digits for look-up; null when it is none. */
export function readPhone(typed: string): { readonly shown: string; readonly digits: string } | null {
  const foreign = typed.trim().startsWith('+') && !typed.trim().startsWith('+1');
  const all = typed.replaceAll(/\D/g, '');
  if (foreign) return all.length < 7 || all.length > 15 ? null : { shown: `+${all}`, digits: all };
  const digits = all.length === 11 && all.startsWith('1') ? all.slice(1) : all;
  if (!/^[2-9]\d{2}[2-9]\d{6}$/.test(digits)) return null;
  return { shown: `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`, digits };
}

/** Type and number are needed. */
export function phoneProblems({ type, number, extension }: TypedPhone): Problems {
  const problems: Problems = {};
  needed(problems, 'type', type, 'Choose what kind of phone it is.');
  needed(problems, 'number', number, 'Enter the number.');
  if (number.trim() !== '' && readPhone(number) === null) {
    problems['number'] = 'Not a telephone number. Type ten digits, or + and the whole number from abroad.';
  }
  if (extension.trim() !== '' && !/^\d{1,10}$/.test(extension.trim())) problems['extension'] = 'Digits only.';
  return problems;
}

/**
 * Exactly one of several is primary: the first that says so; where none does, the first of all.
 * The only one is always primary.
 */
export function withOnePrimary<T extends { readonly primary: boolean }>(all: readonly T[]): T[] {
  const chosen = Math.max(
    0,
    all.findIndex((one) => one.primary),
  );
  return all.map((one, at) => (one.primary === (at === chosen) ? one : { ...one, primary: at === chosen }));
}
