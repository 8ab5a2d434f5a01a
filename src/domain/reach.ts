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

/** What is wrong with a text, null when nothing is; asked only where something is typed. */
const unlessEmpty = (text: string, problem: (trimmed: string) => string | null): string | null =>
  text.trim() === '' ? null : problem(text.trim());

/** What is wrong with the two letters of a country. */
const countryProblem = (country: string): string | null =>
  unlessEmpty(country, (code) =>
    countryName(code.toUpperCase()) === null ? 'Enter the two letters of the country.' : null,
  );

/** What is wrong with a state as typed; other countries than the United States and Canada write regions as they like. */
export const stateProblem = (state: string, country: string): string | null =>
  unlessEmpty(state, (typed) => {
    const rules = POSTAL[country.trim().toUpperCase()];
    return !rules || rules.states.has(typed.toUpperCase()) ? null : `Enter the two letters of the ${rules.stateWord}.`;
  });

/** What is wrong with a postal code as typed, in its country. */
export const zipProblem = (zip: string, country: string): string | null =>
  unlessEmpty(zip, (typed) => {
    const rules = POSTAL[country.trim().toUpperCase()];
    return !rules || rules.zip.test(typed.toUpperCase()) ? null : rules.zipWords;
  });

/** What is wrong with an e-mail address as typed. */
export const emailProblem = (address: string): string | null =>
  unlessEmpty(address, (typed) =>
    z.email().safeParse(typed).success ? null : 'Not an e-mail address. It looks like name@place.example.',
  );

/** What is wrong with a telephone number as typed; numbers from abroad are read strictly after `phonesReady`. */
export const phoneProblem = (number: string): string | null =>
  unlessEmpty(number, (typed) =>
    readPhone(typed) === null
      ? 'Not a telephone number. Type ten digits, or + and the whole number from abroad.'
      : null,
  );

/** What is wrong with the extension of a telephone. */
export const extensionProblem = (extension: string): string | null =>
  unlessEmpty(extension, (typed) => (/^\d{1,10}$/.test(typed) ? null : 'Digits only.'));

const told = (problems: Problems, field: string, problem: string | null): void => {
  if (problem !== null) problems[field] = problem;
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
  told(problems, 'country', countryProblem(country));
  const rules = POSTAL[country.trim().toUpperCase()];
  if (rules) needed(problems, 'state', state, `Enter the ${rules.stateWord}.`);
  told(problems, 'state', stateProblem(state, country));
  told(problems, 'zip', zipProblem(zip, country));
  return problems;
}

/** Type and address are needed. */
export function emailProblems({ type, address }: TypedEmail): Problems {
  const problems: Problems = {};
  needed(problems, 'type', type, 'Choose what kind of e-mail address it is.');
  needed(problems, 'address', address, 'Enter the e-mail address.');
  told(problems, 'address', emailProblem(address));
  return problems;
}

/** Type and number are needed. */
export function phoneProblems({ type, number, extension }: TypedPhone): Problems {
  const problems: Problems = {};
  needed(problems, 'type', type, 'Choose what kind of phone it is.');
  needed(problems, 'number', number, 'Enter the number.');
  told(problems, 'number', phoneProblem(number));
  told(problems, 'extension', extensionProblem(extension));
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
