import { contactName, noticesProblem } from '#domain/contact.ts';
import { countries, MILITARY_NAMES, POSTAL, PROVINCE_NAMES, STATE_NAMES } from '#domain/postal.ts';
import { emailProblem, extensionProblem, phoneProblem, zipProblem } from '#domain/reach.ts';
import type { CodeTableValue } from '#services/code-tables/values.ts';
import type { FormField, FormValues } from '#ui/form/definition.ts';
import { factsOf, itemsOf, type Kind } from './edit.ts';
import { numberFields } from './typed-numbers.ts';

/** The four parts of a contact. */
export const PARTS = ['general', 'addresses', 'emails', 'phones'] as const;
export type Part = (typeof PARTS)[number];
export const PART_TITLES: Readonly<Record<Part, string>> = {
  general: 'General',
  addresses: 'Address',
  emails: 'Email',
  phones: 'Phone',
};

/** One of them, in words. */
export const ONE_OF: Readonly<Record<Kind, string>> = {
  addresses: 'address',
  emails: 'e-mail address',
  phones: 'phone',
};

/** What fields of contacts may hold: values of the code tables that they use, the retired ones too. */
export interface ContactCodes {
  readonly types: readonly CodeTableValue[];
  readonly addresses: readonly CodeTableValue[];
  readonly emails: readonly CodeTableValue[];
  readonly phones: readonly CodeTableValue[];
  /** Who uses them may enter sensitive numbers, too. */
  readonly numbers: boolean;
}

const choices = (codes: readonly CodeTableValue[], kept: unknown) =>
  codes
    .filter(({ code, active }) => active === 1 || code === kept)
    .map(({ code, name }) => ({ value: code, label: name }));

/** Type and notices: seen whichever part is open. */
export function headFields(values: FormValues, contact: string, { types }: ContactCodes): FormField[] {
  const at = (field: string) => `${contact}.${field}`;
  const facts = factsOf(values, contact);
  const ways = [
    { value: 'none', label: 'None' },
    { value: 'mail', label: 'Mail' },
    { value: 'email', label: 'Email' },
  ] as const;
  return [
    {
      name: at('type'),
      label: 'Type',
      kind: 'code',
      required: true,
      choices: choices(types, values[at('type')]),
      help: 'Types of a location stay with it.',
    },
    {
      name: at('notices'),
      label: 'Notices',
      kind: 'code',
      required: true,
      choices: ways.map((way) => ({ ...way, detail: noticesProblem(way.value, facts) ?? '' })),
      help: 'How duplicates go: left, right, or n, m, e.',
    },
  ];
}

const NAMES: readonly [field: string, label: string, needed: boolean, most: number][] = [
  ['firstName', 'First name', true, 80],
  ['middleName', 'Middle name', false, 80],
  ['lastName', 'Last name', true, 80],
  ['suffix', 'Suffix', false, 20],
];

const LINES: Readonly<Record<Kind, readonly [field: string, label: string, needed: boolean, most: number][]>> = {
  addresses: [
    ['careOf', 'Care of', false, 120],
    ['line1', 'Street', true, 120],
    ['line2', 'Line 2', false, 120],
    ['city', 'City', true, 80],
    ['state', 'State', false, 40],
    ['zip', 'ZIP', false, 20],
    ['country', 'Country', true, 40],
    ['county', 'County', false, 80],
    ['geoCode', 'Geo code', false, 40],
  ],
  emails: [
    ['address', 'Address', true, 200],
    ['description', 'Description', false, 120],
  ],
  phones: [
    ['number', 'Number', true, 40],
    ['extension', 'Extension', false, 10],
    ['description', 'Description', false, 120],
  ],
};

const textField = ([field, label, required, maxLength]: (typeof NAMES)[number], at: string): FormField => ({
  name: `${at}.${field}`,
  label,
  kind: 'text',
  required,
  maxLength,
});

const countryField = (at: string): FormField => ({
  name: `${at}.country`,
  label: 'Country',
  kind: 'code',
  required: true,
  choices: countries().map(({ code, name }) => ({ value: code, label: name })),
});

const STATES = Object.entries({ ...STATE_NAMES, ...MILITARY_NAMES, ...PROVINCE_NAMES });

/** States are chosen where a country's are known; elsewhere a region is written as people there do. */
function stateField(values: FormValues, at: string): FormField {
  const { states } = POSTAL[String(values[`${at}.country`])] ?? {};
  const field = { name: `${at}.state`, label: 'State' } as const;
  if (!states) return { ...field, kind: 'text', maxLength: 40 };
  const choices = STATES.filter(([code]) => states.has(code)).map(([value, label]) => ({ value, label }));
  return { ...field, kind: 'code', required: true, choices };
}

/** Rules of texts, asked when they are left. */
const RULES: Readonly<Record<string, (text: string) => string | null>> = {
  'emails.address': emailProblem,
  'phones.number': phoneProblem,
  'phones.extension': extensionProblem,
};

function fieldFor(each: (typeof NAMES)[number], values: FormValues, at: string, kind: Kind): FormField {
  if (each[0] === 'country') return countryField(at);
  if (each[0] === 'state') return stateField(values, at);
  const check = RULES[`${kind}.${each[0]}`];
  if (each[0] !== 'zip') return { ...textField(each, at), ...(check ? { check } : {}) };
  const country = `${at}.country`;
  return { ...textField(each, at), check: (zip, now) => zipProblem(zip, String(now[country])), checkedWith: [country] };
}

/** Fields of one address, e-mail or phone. */
function itemFields(values: FormValues, at: string, kind: Kind, several: boolean, codes: ContactCodes): FormField[] {
  const type = `${at}.type`;
  const primary: FormField = {
    name: `${at}.primary`,
    label: 'Primary',
    kind: 'flag',
    help: 'Exactly one is primary.',
    enabled: (now) => {
      if (now[`${at}.primary`] !== true) return true;
      return several ? 'Make another one primary instead.' : 'The only one is always primary.';
    },
  };
  return [
    { name: type, label: 'Type', kind: 'code', required: true, choices: choices(codes[kind], values[type]) },
    ...LINES[kind].map((each) => fieldFor(each, values, at, kind)),
    primary,
  ];
}

/** What the open part of a contact has to fill in, below type and notices. */
export function partFields(values: FormValues, contact: string, part: Part, codes: ContactCodes): FormField[] {
  if (part === 'general') {
    const names = NAMES.map((each) => textField(each, contact));
    return codes.numbers ? [...names, ...numberFields(contact)] : names;
  }
  const items = itemsOf(values, contact, part);
  return items.flatMap((item) => itemFields(values, `${contact}.${part}.${item}`, part, items.length > 1, codes));
}

/** A contact's name in the list; a new one without a name says so. */
export const nameOf = (values: FormValues, contact: string): string =>
  contactName(factsOf(values, contact)) || '(new contact)';
