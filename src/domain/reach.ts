import { z } from 'zod';
import { readPhone } from './phone.ts';
import { countryName, POSTAL } from './postal.ts';

export { readPhone } from './phone.ts';

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

const needed = (problems: Problems, field: string, value: string, words: string): void => {
  if (value.trim() === '') problems[field] = words;
};

/**
 * Type, street, city and country are needed; in the United States and Canada the state too, and
 * there state and postal code are checked. Other countries write them as they like.
 */
export function addressProblems({ type, line1, city, state, zip, country }: TypedAddress): Problems {
  const problems: Problems = {};
  needed(problems, 'type', type, 'Choose what kind of address it is.');
  needed(problems, 'line1', line1, 'Enter the street.');
  needed(problems, 'city', city, 'Enter the city.');
  needed(problems, 'country', country, 'Enter the country.');
  const code = country.trim().toUpperCase();
  if (code !== '' && countryName(code) === null) problems['country'] = 'Enter the two letters of the country.';
  const rules = POSTAL[code];
  if (!rules) return problems;
  needed(problems, 'state', state, `Enter the ${rules.stateWord}.`);
  const region = state.trim().toUpperCase();
  if (region !== '' && !rules.states.has(region))
    problems['state'] = `Enter the two letters of the ${rules.stateWord}.`;
  if (zip.trim() !== '' && !rules.zip.test(zip.trim().toUpperCase())) problems['zip'] = rules.zipWords;
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
