import { STATE_NAMES } from '#domain/postal.ts';
import { plainValue, SENSITIVE_LONGEST, SENSITIVE_NAMES, type SensitiveKind, valueProblem } from '#domain/sensitive.ts';
import type { NumberedContactSet } from '#services/contacts/input.ts';
import type { FormField, FormValues } from '#ui/form/definition.ts';
import { isNew } from './edit.ts';

/*
 * Sensitive numbers of a contact that is being added: typed with the rest of it under
 * `n1.numbers.ssn`, hidden, sealed with the first saving and never in a draft. Of a contact that is
 * saved they have a form of their own.
 */

const NUMBERS = ['ssn', 'licence', 'licenceState', 'birthDate'] as const;

const at = (contact: string, field: (typeof NUMBERS)[number]): string => `${contact}.numbers.${field}`;
const isNumber = (path: string): boolean => path.split('.')[1] === 'numbers';
const text = (values: FormValues, path: string): string => String(values[path] ?? '').trim();

/** The first of these fields, for going there. */
export const firstNumber = (contact: string): string => at(contact, 'ssn');

const HELP = 'Hidden; sealed when saved; kept in no draft.';

const secret = (name: string, kind: SensitiveKind, help = HELP): FormField => ({
  name,
  label: SENSITIVE_NAMES[kind],
  kind: 'secret',
  date: kind === 'birth-date',
  maxLength: SENSITIVE_LONGEST,
  help,
  check: (typed) => valueProblem(kind, plainValue(kind, typed)),
});

/** The fields of the numbers; none of a contact that is saved. */
export function numberFields(contact: string): FormField[] {
  if (!isNew(contact)) return [];
  return [
    secret(at(contact, 'ssn'), 'ssn'),
    secret(at(contact, 'licence'), 'licence'),
    {
      name: at(contact, 'licenceState'),
      label: 'State of licence',
      kind: 'code',
      choices: Object.entries(STATE_NAMES).map(([value, label]) => ({ value, label })),
      enabled: (values) => text(values, at(contact, 'licence')) !== '' || 'Enter the number first.',
    },
    secret(at(contact, 'birthDate'), 'birth-date', 'Like 4/7/1961. Hidden, and sealed when saved.'),
  ];
}

/** The values without what no draft keeps. */
export const withoutNumbers = (values: FormValues): FormValues =>
  Object.fromEntries(Object.entries(values).filter(([path]) => !isNumber(path)));

/** Whether any number is typed and not saved. */
export const anyNumbers = (values: FormValues): boolean =>
  Object.keys(values).some((path) => isNumber(path) && text(values, path) !== '');

/** How many of them are sealed with each contact that is sent. */
export const sealedOf = (numbers: NumberedContactSet['numbers'], keys: readonly string[]): number[] =>
  keys.map((_, at) =>
    numbers
      .filter(({ contact }) => contact === at)
      .reduce((many, { ssn, licence, birthDate }) => many + [ssn, licence, birthDate].filter(Boolean).length, 0),
  );

/** What was typed, by the places of the contacts among those that are sent. */
export function numbersSent(values: FormValues, keys: readonly string[]): NumberedContactSet['numbers'] {
  return keys.flatMap((key, contact) => {
    const [ssn = '', licence = '', licenceState = '', birthDate = ''] = NUMBERS.map((field) =>
      text(values, at(key, field)),
    );
    return [ssn, licence, licenceState, birthDate].every((one) => one === '')
      ? []
      : [{ contact, ssn, licence, licenceState, birthDate }];
  });
}
