import type { OfferedMethod } from '#services/payments/methods.ts';
import type { Entry } from './model.ts';

/** A method with the keys that choose it. */
export interface MethodChoice extends OfferedMethod {
  readonly digit: string;
  /** The first letter of its name that no method before it has; empty when all are taken. */
  readonly letter: string;
}

/** The methods that every account of the payment allows; the others are gone, which a note says. */
export function methodChoices({ accounts }: Entry): MethodChoice[] {
  const [first] = accounts;
  if (!first) return [];
  const taken = new Set<string>();
  return first.facts.methods.flatMap((method, index) => {
    const letter = [...method.name.toLowerCase()].find((one) => /[a-z]/.test(one) && !taken.has(one)) ?? '';
    if (letter !== '') taken.add(letter);
    if (refusedBy(accounts, method.code) !== null) return [];
    return [{ ...method, digit: index < 9 ? String(index + 1) : '', letter }];
  });
}

const refusedBy = (accounts: Entry['accounts'], code: string): string | null =>
  accounts.map(({ facts }) => facts.methods.find((one) => one.code === code)?.refused ?? null).find(Boolean) ?? null;

/** `Not accepted: Check, Lockbox`; empty when all are. */
export function refusedNote({ accounts }: Entry): string {
  const names = (accounts[0]?.facts.methods ?? [])
    .filter(({ code }) => refusedBy(accounts, code) !== null)
    .map(({ name }) => name);
  return names.length === 0 ? '' : `Not accepted: ${names.join(', ')}`;
}

/** The method that a key chooses; null when it is none's. */
export const methodOfKey = (choices: readonly MethodChoice[], text: string): MethodChoice | null =>
  choices.find(({ digit, letter }) => text !== '' && (digit === text || letter === text.toLowerCase())) ?? null;

export const methodOf = (entry: Entry, code: string): OfferedMethod | undefined =>
  entry.accounts[0]?.facts.methods.find((method) => method.code === code);

/** What is asked behind the method: the number of a check before it is taken; the others where somebody wants. */
export function extraOf(entry: Entry, code: string): { readonly label: string; readonly asked: boolean } {
  const core = methodOf(entry, code)?.core ?? code;
  if (core === 'cash') return { label: 'Given', asked: false };
  return core === 'check' ? { label: 'Check no.', asked: true } : { label: 'Reference', asked: false };
}

export const isCash = (entry: Entry, code: string): boolean => (methodOf(entry, code)?.core ?? code) === 'cash';
