import { countries, MILITARY_NAMES, POSTAL, PROVINCE_NAMES, STATE_NAMES } from '#domain/postal.ts';
import { emailProblem, extensionProblem, phoneProblem, stateProblem, zipProblem } from '#domain/reach.ts';
import type { Choice } from '#ui/choice.ts';
import type { FormField, FormValues } from '#ui/form/definition.ts';

const choices = (types: readonly Choice<string>[]): FormField => ({
  name: 'type',
  label: 'Type',
  kind: 'code',
  required: true,
  choices: types,
});

const primary = (word: string): FormField => ({
  name: 'primary',
  label: `Primary ${word}`,
  kind: 'flag',
  help: `One ${word} is always the primary one; ticking this one takes the tick from the other.`,
});

/** Whether the country's states are known; elsewhere a region is written as people there do. */
export const hasStates = (values: FormValues): boolean => Object.hasOwn(POSTAL, String(values['country']));

/** Country, state and ZIP come before the city, which a ZIP of the utility's own locations fills in. */
export const addressFields = (types: readonly Choice<string>[]): FormField[] => [
  choices(types),
  primary('mailing address'),
  { name: 'careOf', label: 'Care of', kind: 'text', maxLength: 120 },
  { name: 'line1', label: 'Address', kind: 'text', required: true, maxLength: 120 },
  { name: 'line2', label: 'Address, second line', kind: 'text', maxLength: 120 },
  {
    name: 'country',
    label: 'Country',
    kind: 'code',
    required: true,
    choices: countries().map(({ code, name }) => ({ value: code, label: name })),
  },
  {
    name: 'zip',
    label: 'ZIP',
    kind: 'text',
    maxLength: 20,
    help: 'City and state follow, where a location of the utility has it.',
    check: (zip, { country }) => zipProblem(zip, String(country)),
    checkedWith: ['country'],
  },
  { name: 'city', label: 'City', kind: 'text', required: true, maxLength: 80 },
  {
    name: 'state',
    label: 'State',
    kind: 'code',
    required: true,
    choices: Object.entries({ ...STATE_NAMES, ...MILITARY_NAMES, ...PROVINCE_NAMES }).map(([value, label]) => ({
      value,
      label,
    })),
    shown: hasStates,
    check: (state, { country }) => stateProblem(state, String(country)),
    checkedWith: ['country'],
  },
  { name: 'region', label: 'State or region', kind: 'text', maxLength: 40, shown: (values) => !hasStates(values) },
  { name: 'county', label: 'County', kind: 'text', maxLength: 80 },
  { name: 'geoCode', label: 'Geo code', kind: 'text', maxLength: 40 },
];

export const phoneFields = (types: readonly Choice<string>[]): FormField[] => [
  choices(types),
  {
    name: 'number',
    label: 'Phone no.',
    kind: 'text',
    required: true,
    maxLength: 40,
    help: 'Ten digits; what stands behind them is the extension. + begins a number from abroad.',
    check: phoneProblem,
  },
  { name: 'extension', label: 'Extension', kind: 'text', maxLength: 10, check: extensionProblem },
  { name: 'description', label: 'Description', kind: 'text', maxLength: 120 },
  primary('phone no.'),
];

export const emailFields = (types: readonly Choice<string>[]): FormField[] => [
  choices(types),
  { name: 'address', label: 'E-mail address', kind: 'text', required: true, maxLength: 254, check: emailProblem },
  { name: 'description', label: 'Description', kind: 'text', maxLength: 120 },
  primary('e-mail address'),
];
