import { enabledNow } from '#ui/form/check.ts';
import type { FormField, FormValues } from '#ui/form/definition.ts';
import type { NewCustomerState } from './model.ts';
import type { Section } from './sections.ts';

const joined = (parts: readonly (string | boolean | undefined | null)[], by = ' '): string =>
  parts.filter((part) => typeof part === 'string' && part !== '').join(by);

const HIDDEN: Readonly<Record<string, string>> = {
  ssn: 'social security no.',
  licence: 'licence',
  birthDate: 'birth date',
};

const labelOf = (fields: readonly FormField[], name: string, value: string | boolean | undefined): string =>
  fields.find((field) => field.name === name)?.choices?.find((choice) => choice.value === value)?.label ??
  (typeof value === 'string' ? value : '');

function siteOf({ typed, location }: NewCustomerState): string {
  const { where, movedInOn, sameAddress, line1, unit } = typed.site;
  if (where === 'none') return 'Nowhere yet';
  const on = joined([movedInOn && `on ${String(movedInOn)}`]);
  if (where === 'new') return joined(['New:', sameAddress ? typed.billTo.line1 : line1, unit, on]);
  if (!location) return on;
  return joined([location.number, on, location.occupied && '(waits: occupied)', `${location.line1},`, location.city]);
}

/** A part in one line, as it is typed so far; sensitive numbers only by their names. */
export function summaryOf(state: NewCustomerState, section: Section, fields: readonly FormField[]): string {
  const values: FormValues = state.typed[section];
  if (section === 'detail') {
    const name =
      values.kind === 'individual'
        ? joined([values.title, values.firstName, values.middleName, values.lastName, values.suffix])
        : values.businessName;
    return name ? joined([name, values.number && `no. ${String(values.number)}`], ', ') : '';
  }
  if (section === 'billTo')
    return joined([values.line1, values.line2, joined([values.city, values.state, values.zip])], ', ');
  if (section === 'reach') return joined([values.phone, values.phone2, values.email], ', ');
  if (section === 'personal')
    return joined(
      Object.entries(HIDDEN).map(([name, words]) => (values[name] ? words : '')),
      ', ',
    );
  if (section === 'site') return siteOf(state);
  if (section === 'deposit')
    return values.code ? joined([labelOf(fields, 'code', values.code), values.amount]) : 'None';
  const taken = fields.filter(({ name, kind }) =>
    kind === 'flag' ? values[name] === true : (values[name] ?? '') !== '',
  );
  return taken
    .map(({ label, name, kind }) => (kind === 'flag' ? label : `${label}: ${labelOf(fields, name, values[name])}`))
    .join(', ');
}

/** Fields of a part that are needed and empty. */
export const missingIn = (fields: readonly FormField[], values: FormValues): readonly FormField[] =>
  fields.filter((field) => field.required && enabledNow(field, values) === true && (values[field.name] ?? '') === '');
