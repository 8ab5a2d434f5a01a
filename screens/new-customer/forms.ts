import type { NewCustomerChoices, NamedChoice } from '#services/customers/new/choices.ts';
import { countries } from '#domain/postal.ts';
import { emailProblem, phoneProblem } from '#domain/reach.ts';
import { detailProblem } from '#domain/sensitive.ts';
import type { FormField, FormValues } from '#ui/form/definition.ts';
import { amountRule, instalmentsRule, numberRule, stateRule, zipRule } from './rules.ts';
import type { Section, Typed } from './sections.ts';

const text = (name: string, label: string, more: Partial<FormField> = {}): FormField => ({
  name,
  label,
  kind: 'text',
  ...more,
});
const code = (
  name: string,
  label: string,
  choices: readonly NamedChoice[],
  more: Partial<FormField> = {},
): FormField => ({
  name,
  label,
  kind: 'code',
  choices,
  ...more,
});
const flag = (name: string, label: string, more: Partial<FormField> = {}): FormField => ({
  name,
  label,
  kind: 'flag',
  ...more,
});

const KINDS: readonly NamedChoice[] = [
  { value: 'individual', label: 'Individual' },
  { value: 'profit', label: 'Profit (business)' },
  { value: 'nonprofit', label: 'Non-profit' },
  { value: 'government', label: 'Government' },
];
const SEGMENTS: readonly NamedChoice[] = [
  { value: 'residential', label: 'Residential' },
  { value: 'commercial', label: 'Commercial' },
];
const PLACES: readonly NamedChoice[] = [
  { value: 'existing', label: 'A location that is there' },
  { value: 'new', label: 'A new location' },
  { value: 'none', label: 'Nowhere yet' },
];

const ofOthers = ({ kind }: FormValues): boolean => ['profit', 'nonprofit', 'government'].includes(String(kind));
const ofPerson = (values: FormValues): boolean => !ofOthers(values);

function detail({ codes, rights }: NewCustomerChoices): FormField[] {
  return [
    code('kind', 'Customer type', KINDS, { required: true }),
    code('segment', 'Bill-to is', SEGMENTS, { required: true }),
    text('title', 'Title', { maxLength: 20, shown: ofPerson }),
    text('firstName', 'First name', { required: true, maxLength: 80, shown: ofPerson }),
    text('middleName', 'Middle name', { maxLength: 80, shown: ofPerson }),
    text('lastName', 'Last name', { required: true, maxLength: 80, shown: ofPerson }),
    text('suffix', 'Suffix', { maxLength: 20, shown: ofPerson }),
    text('spouseName', 'Spouse', { maxLength: 160, shown: ofPerson }),
    text('businessName', 'Business name', { required: true, maxLength: 160, shown: ofOthers }),
    text('number', 'Customer number', { maxLength: 40, help: 'Empty: the next number.' }),
    code('accountStatus', 'Account status', codes.account_status, { required: true }),
    text('altId', 'Alt customer ID', { maxLength: 40, help: 'Number in an earlier or another system.' }),
    code('identityCheck', 'Identity check', codes.identity_check, { help: 'How far the identity was proven.' }),
    code('customerGroup', 'Customer group', codes.customer_group, { help: 'Who may see the customer may hang on it.' }),
    code('customerGroup2', 'Second group', codes.customer_group),
    code('branch', 'Branch', codes.branch),
    code('defaultTerms', 'Default terms', codes.terms, { help: 'Of all invoices but those of the cycle.' }),
    text('taxExemptNumber', 'Tax-exempt no.', { maxLength: 40, help: 'Any character makes the customer exempt.' }),
    { name: 'bypassRateUntil', label: 'No rate rise until', kind: 'date' },
    code('salesperson', 'Salesperson', codes.salesperson),
    code('chainAccount', 'Chain account', codes.chain_account),
    flag('noCollections', 'No collections'),
    flag('noChecks', 'No checks'),
    flag('public', 'Public', {
      help: 'Not public: only who may see private customers finds it.',
      enabled: () => rights.private || 'You may not enter private customers.',
    }),
  ];
}

const billTo = ({ codes }: NewCustomerChoices): FormField[] => [
  code('type', 'Address type', codes.address_type, { required: true }),
  text('careOf', 'Care of', { maxLength: 120 }),
  text('line1', 'Address', { required: true, maxLength: 120 }),
  text('line2', 'Address line 2', { maxLength: 120 }),
  text('zip', 'ZIP', {
    maxLength: 20,
    help: 'City and state follow from it where the utility knows them.',
    ...zipRule,
  }),
  text('city', 'City', { maxLength: 80, help: 'Empty: from the ZIP.' }),
  text('state', 'State', {
    maxLength: 3,
    help: 'Empty: from the ZIP.',
    ...stateRule,
  }),
  code(
    'country',
    'Country',
    countries().map(({ code: value, name: label }) => ({ value, label })),
    { required: true },
  ),
  text('county', 'County/township', { maxLength: 80 }),
  text('geoCode', 'Geo code', { maxLength: 40 }),
];

const phoned = (other: string) => (values: FormValues) => (values[other] === '' ? 'Enter the number first.' : true);

const reach = ({ codes, statementFormats }: NewCustomerChoices): FormField[] => [
  text('phone', 'Phone 1', { maxLength: 40, help: 'Digits beyond the tenth are the extension.', check: phoneProblem }),
  code('phoneType', 'Phone 1 type', codes.phone_type, { enabled: phoned('phone') }),
  text('phoneNote', 'Phone 1 remarks', { maxLength: 120, enabled: phoned('phone') }),
  text('phone2', 'Phone 2', { maxLength: 40, help: 'Digits beyond the tenth are the extension.', check: phoneProblem }),
  code('phone2Type', 'Phone 2 type', codes.phone_type, { enabled: phoned('phone2') }),
  text('phone2Note', 'Phone 2 remarks', { maxLength: 120, enabled: phoned('phone2') }),
  text('email', 'E-mail', { maxLength: 254, check: emailProblem }),
  code('emailType', 'E-mail type', codes.email_type, {
    enabled: ({ email }) => (email === '' ? 'Enter the e-mail first.' : true),
  }),
  flag('mailNotices', 'Mail notices', { help: 'A printed statement.' }),
  flag('emailNotices', 'E-mail notices', {
    help: 'A statement by e-mail; both are allowed.',
    enabled: ({ email }) => (email === '' ? 'There is no e-mail address to send to.' : true),
  }),
  code('statementFormat', 'Statement format', statementFormats, { help: 'Empty: the standard format.' }),
];

const personal = (): FormField[] => [
  { name: 'ssn', label: 'Social security no.', kind: 'secret', maxLength: 40, ...numberRule('ssn') },
  { name: 'licence', label: "Driver's licence no.", kind: 'secret', maxLength: 40, ...numberRule('licence') },
  text('licenceState', 'State of licence', {
    maxLength: 2,
    enabled: ({ licence }) => licence !== '' || 'Enter the number first.',
    check: (state) => detailProblem('licence', state.toUpperCase()),
  }),
  {
    name: 'birthDate',
    label: 'Birth date',
    kind: 'secret',
    date: true,
    maxLength: 40,
    help: '1961-04-07 or 4/7/1961',
    ...numberRule('birth-date'),
  },
];

const ifNew = ({ where }: FormValues): boolean => where === 'new';
const ifNewAddress = ({ where, sameAddress }: FormValues): boolean => where === 'new' && sameAddress !== true;
const ifAnywhere = ({ where }: FormValues): boolean => where !== 'none';

const site = ({ codes, revenueClasses, cycles, routes, rights }: NewCustomerChoices): FormField[] => [
  code(
    'where',
    'Moves in to',
    PLACES.filter(({ value }) => value !== 'new' || rights.locations),
    { required: true },
  ),
  text('location', 'Location', {
    required: true,
    maxLength: 120,
    help: 'Number or address.',
    shown: ({ where }) => where !== 'new' && where !== 'none',
  }),
  { name: 'movedInOn', label: 'Move-in date', kind: 'date', required: true, shown: ifAnywhere },
  flag('turnOn', 'Turn-on order', { help: 'A service order, due on the move-in date.', shown: ifAnywhere }),
  flag('ownerCopy', 'Copy to owner', { help: 'The owner gets a copy of bills.', shown: ifAnywhere }),
  code('billGroup', 'Bill group', codes.bill_group, { shown: ifAnywhere }),
  code('terms', 'Payment terms', codes.terms, { shown: ifAnywhere }),
  flag('sameAddress', 'Address of bill-to', { shown: ifNew }),
  text('siteName', 'Site name', { maxLength: 80, shown: ifNew }),
  text('line1', 'Address', { required: true, maxLength: 80, shown: ifNewAddress }),
  text('unit', 'Unit', { maxLength: 20, shown: ifNew }),
  text('zip', 'ZIP', { maxLength: 12, shown: ifNewAddress }),
  text('city', 'City', { maxLength: 60, shown: ifNewAddress, help: 'Empty: from the ZIP.' }),
  text('state', 'State', { maxLength: 3, shown: ifNewAddress, help: 'Empty: from the ZIP.' }),
  code('branch', 'Branch', codes.branch, { shown: ifNew }),
  code('revenueClass', 'Revenue class', revenueClasses, { shown: ifNew }),
  code('cycle', 'Cycle', cycles, { shown: ifNew }),
  code('route', 'Route', routes, { shown: ifNew }),
  code('taxGroup', 'Tax group', codes.tax_group, { shown: ifNew, help: 'For service invoices.' }),
  code('cycleTaxGroup', 'Cycle tax group', codes.tax_group, { shown: ifNew, help: 'For invoices of the cycle.' }),
  flag('taxExempt', 'Site tax exempt', { shown: ifNew }),
];

/** A field for each service: the rate at which it is taken, or nothing. */
const services = ({ services: all }: NewCustomerChoices): FormField[] =>
  all.map(({ id, name, rates }) =>
    rates.length > 0
      ? code(`service${id}`, name, rates, { help: 'The rate; empty: not taken.' })
      : flag(`service${id}`, name, { help: 'Taken or not; it has no rates.' }),
  );

const deposit = ({ deposits }: NewCustomerChoices): FormField[] => [
  code('code', 'Deposit', deposits, { help: 'Empty: none is charged.' }),
  {
    name: 'amount',
    label: 'Amount',
    kind: 'amount',
    required: true,
    enabled: ({ code: chosen }) => (chosen === '' ? 'Choose the deposit first.' : true),
    ...amountRule,
  },
  text('instalments', 'Instalments', {
    maxLength: 2,
    ...instalmentsRule,
    enabled: ({ code: chosen }) => (chosen === '' ? 'Choose the deposit first.' : true),
  }),
];

/** The fields of a part. Those of custom fields are the company's own. */
export function fieldsOf(
  section: Section,
  choices: NewCustomerChoices,
  custom: readonly FormField[],
): readonly FormField[] {
  if (section === 'fields') return custom;
  return { detail, billTo, reach, personal, site, services, deposit }[section](choices);
}

/** Parts that cannot be filled in now, and why. */
export function closedPart(
  section: Section,
  typed: Typed,
  fields: readonly FormField[],
  choices: NewCustomerChoices | null,
): string | null {
  if (section === 'personal' && choices?.rights.numbers === false) return 'You may not enter sensitive numbers.';
  if (section === 'personal' && choices?.keyFile === false) return 'No key file yet: meterdesk keys init makes one.';
  if (section === 'deposit' && choices?.rights.deposits === false) return 'You may not charge deposits.';
  if (section === 'services' && typed.site.where === 'none') return 'It moves in nowhere yet.';
  if (section === 'deposit' && typed.site.where === 'none') return 'A deposit needs a location.';
  return fields.length === 0
    ? section === 'fields'
      ? 'The company has no custom fields.'
      : 'No services are set up (=SET).'
    : null;
}
