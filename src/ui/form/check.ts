import { type CivilDate } from '#domain/civil-date.ts';
import { formatCents, parseCents } from '#domain/money.ts';
import { parseTypedDate } from '#domain/typed-date.ts';
import type { FormField, FormValues } from './definition.ts';

/** A field's text in its settled form, or what is wrong with it. */
export type Checked = { readonly value: string } | { readonly error: string };

/** Checks what was typed: its form first, then the field's own rule. */
export function checkField(field: FormField, typed: string, values: FormValues, today: CivilDate): Checked {
  const formed = checkFormat(field, typed, today);
  if ('error' in formed || formed.value === '') return formed;
  const error = field.check?.(formed.value, values) ?? null;
  return error === null ? formed : { error };
}

/** Checks the form of what was typed: dates and amounts are written out, codes must be on their list. */
function checkFormat(field: FormField, typed: string, today: CivilDate): Checked {
  const text = field.kind === 'multiline' ? typed.replace(/\s+$/, '') : typed.trim();
  if (text === '') return { value: '' };
  if (field.kind === 'date') {
    const date = parseTypedDate(text, today);
    return date === null
      ? { error: 'Not a date. Type it like 12/1, +30 or today; F4 shows a calendar.' }
      : { value: date };
  }
  if (field.kind === 'amount') {
    const cents = parseCents(text);
    return cents === null ? { error: 'Not an amount. Type it like 12.50 or 1,200.' } : { value: formatCents(cents) };
  }
  if (field.kind === 'code') {
    const choice = findChoice(field, text);
    return choice === undefined ? { error: 'Not on the list. F4 shows the values.' } : { value: choice };
  }
  return { value: field.kind === 'secret' ? typed : text };
}

/** A code by itself, by its shorter one or its name, or by the only one of these that begins with what was typed. */
function findChoice(field: FormField, text: string): string | undefined {
  const wanted = text.toLowerCase();
  const choices = field.choices ?? [];
  const ways: ((choice: (typeof choices)[number]) => string)[] = [
    ({ value }) => value.toLowerCase(),
    ({ short = '' }) => short.toLowerCase(),
    ({ label }) => label.toLowerCase(),
  ];
  for (const way of ways) {
    const exact = choices.find((choice) => way(choice) === wanted);
    if (exact) return exact.value;
  }
  for (const way of ways) {
    const beginning = choices.filter((choice) => way(choice).startsWith(wanted));
    if (beginning.length === 1) return beginning[0]!.value;
  }
  return undefined;
}

/** Whether the field holds a date, so that a calendar can be offered. */
export const takesDate = (field: FormField): boolean =>
  field.kind === 'date' || (field.kind === 'secret' && field.date === true);

/** Whether the field is drawn at all. */
export const shownNow = (field: FormField, values: FormValues): boolean => field.shown?.(values) ?? true;

/** Whether the field can be entered, or why not. */
export function enabledNow(field: FormField, values: FormValues): true | string {
  if (!shownNow(field, values)) return 'This is not asked for here.';
  if (field.kind === 'readonly') return 'This is shown only.';
  return field.enabled ? field.enabled(values) : true;
}

/** Every field settled, and what is wrong by field; `required` counts only here, on saving. */
export function checkAll(
  fields: readonly FormField[],
  values: FormValues,
  today: CivilDate,
): { readonly values: FormValues; readonly errors: Readonly<Record<string, string>> } {
  const settled: Record<string, string | boolean> = { ...values };
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const value = values[field.name];
    if (typeof value !== 'string' || enabledNow(field, values) !== true) continue;
    const checked = checkField(field, value, values, today);
    if ('error' in checked) errors[field.name] = checked.error;
    else if (field.required && checked.value === '') errors[field.name] = `${field.label} is needed.`;
    else settled[field.name] = checked.value;
  }
  return { values: settled, errors };
}
