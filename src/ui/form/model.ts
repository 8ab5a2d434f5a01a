import type { CivilDate } from '#domain/civil-date.ts';
import type { InputEvent } from '#keymap/keys.ts';
import type { Choice } from '../choice.ts';
import { fieldInput, type FieldState } from '../field/model.ts';
import { checkAll, checkField, enabledNow } from './check.ts';
import type { FormField, FormValues } from './definition.ts';

/** A form being filled in; plain data. */
export interface FormState {
  readonly fields: readonly FormField[];
  readonly today: CivilDate;
  /** What is saved: `F5` goes back to it, leaving asks when it differs. */
  readonly saved: FormValues;
  /** The record's version that `saved` was read from; 0 for a record that is not there yet. */
  readonly version: number;
  readonly values: FormValues;
  /** The field that has the cursor, by place. */
  readonly focus: number;
  /** Cursor in the text of that field. */
  readonly cursor: number;
  /** Nothing was typed in that field since it got the cursor: a code that is typed then replaces the one there. */
  readonly arrived: boolean;
  readonly errors: Readonly<Record<string, string>>;
  readonly saving: boolean;
}

export function newForm(
  fields: readonly FormField[],
  initial: FormValues,
  today: CivilDate,
  version = 0,
  begin?: string,
): FormState {
  const state: FormState = {
    fields,
    today,
    saved: initial,
    version,
    values: initial,
    focus: 0,
    cursor: 0,
    arrived: true,
    errors: {},
    saving: false,
  };
  const enters = (field: FormField): boolean => enabledNow(field, initial) === true;
  const wanted = fields.findIndex((field) => field.name === begin && enters(field));
  return focusOn(state, wanted >= 0 ? wanted : Math.max(0, fields.findIndex(enters)));
}

export const currentField = (state: FormState): FormField | undefined => state.fields[state.focus];

const textOf = (state: FormState, field: FormField | undefined): string => {
  const value = field ? state.values[field.name] : '';
  return typeof value === 'string' ? value : '';
};

/** The text and cursor of the field in focus. */
export const focusedText = (state: FormState): FieldState => ({
  text: textOf(state, currentField(state)),
  cursor: state.cursor,
});

/** Whether anything differs from what is saved. */
export const isDirty = (state: FormState): boolean =>
  state.fields.some((field) => (state.values[field.name] ?? '') !== (state.saved[field.name] ?? ''));

function focusOn(state: FormState, focus: number): FormState {
  return { ...state, focus, cursor: textOf(state, state.fields[focus]).length, arrived: true };
}

/** The field being left, written out or marked wrong, and with it those whose rule hangs on it. */
function settle(state: FormState): FormState {
  const field = currentField(state);
  if (!field || typeof state.values[field.name] !== 'string') return state;
  const hanging = state.fields.filter((one) => one.checkedWith?.includes(field.name) && textOf(state, one) !== '');
  return hanging.reduce(settleField, settleField(state, field));
}

function settleField(state: FormState, field: FormField): FormState {
  const checked = checkField(field, textOf(state, field), state.values, state.today);
  const errors = { ...state.errors };
  if ('error' in checked) return { ...state, errors: { ...errors, [field.name]: checked.error } };
  delete errors[field.name];
  return { ...state, errors, values: { ...state.values, [field.name]: checked.value } };
}

/** To the next field that can be entered (`-1`: the one before); from the last back to the first. */
export function moveFocus(state: FormState, step: 1 | -1): FormState {
  const settled = settle(state);
  const count = state.fields.length;
  for (let distance = 1; distance <= count; distance += 1) {
    const place = (settled.focus + step * distance + count * distance) % count;
    if (enabledNow(settled.fields[place]!, settled.values) === true) return focusOn(settled, place);
  }
  return settled;
}

/** Whether no field that can be entered comes after this one. */
export const onLastField = (state: FormState): boolean =>
  state.fields.slice(state.focus + 1).every((field) => enabledNow(field, state.values) !== true);

/** Sets the field in focus, as picking from its list does. */
export function setCurrent(state: FormState, value: string | boolean): FormState {
  const field = currentField(state);
  if (!field) return state;
  const errors = { ...state.errors };
  delete errors[field.name];
  const values = { ...state.values, [field.name]: value };
  return { ...state, values, errors, cursor: typeof value === 'string' ? value.length : 0, arrived: false };
}

/** The form with one value more in the list of a field: chosen there, everything typed kept. */
export const withChoice = (state: FormState, { name, codesOf }: FormField, choice: Choice<string>): FormState => ({
  ...state,
  fields: state.fields.map((field) =>
    field.name === name || (codesOf !== undefined && field.codesOf === codesOf)
      ? { ...field, choices: [...(field.choices ?? []).filter(({ value }) => value !== choice.value), choice] }
      : field,
  ),
});

/** An input for the field in focus; null when it is none that a field uses. */
export function formInput(state: FormState, event: InputEvent): FormState | null {
  const field = currentField(state);
  if (!field || enabledNow(field, state.values) !== true) return null;
  if (field.kind === 'flag') return flagInput(state, field, event);
  const replaced = field.kind === 'code' && state.arrived && isTyping(event);
  const typed = fieldInput(replaced ? { text: '', cursor: 0 } : focusedText(state), event, {
    multiline: field.kind === 'multiline',
    maxLength: field.maxLength,
  });
  if (typed === null) return null;
  const changed = typed.text === textOf(state, field) ? state : setCurrent(state, typed.text);
  return { ...changed, cursor: typed.cursor, arrived: false };
}

/** Whether an input is a text, rather than a move about in it; a space alone clears nothing. */
const isTyping = (event: InputEvent): boolean =>
  event.text !== undefined &&
  event.text.trim() !== '' &&
  (event.type === 'paste' || !/^(?:ctrl|alt)\+/.test(event.key));

function flagInput(state: FormState, field: FormField, event: InputEvent): FormState | null {
  if (event.type !== 'key') return null;
  if (event.key === 'space' || event.key === 'x') return setCurrent(state, !(state.values[field.name] === true));
  if (event.key === 'y' || event.key === 'n') return setCurrent(state, event.key === 'y');
  return event.text === undefined ? null : state;
}

/** All fields checked for saving; the first that is wrong gets the cursor. */
export function checkForm(state: FormState): { readonly state: FormState; readonly valid: boolean } {
  const { values, errors } = checkAll(state.fields, state.values, state.today);
  return { state: showErrors({ ...state, values }, errors), valid: Object.keys(errors).length === 0 };
}

/** Errors shown at their fields, the cursor at the first. Those of no field are left to the message. */
export function showErrors(state: FormState, errors: Readonly<Record<string, string>>): FormState {
  const first = state.fields.findIndex((field) => errors[field.name] !== undefined);
  const shown = { ...state, errors };
  return first < 0 ? shown : focusOn(shown, first);
}

/** What saving refused: said at its fields, and proofs of who one is are to be typed anew. */
export function showRefusal(state: FormState, errors: Readonly<Record<string, string>>): FormState {
  const wrong = state.fields.filter(({ name, proof }) => proof === true && errors[name] !== undefined);
  const emptied = Object.fromEntries(wrong.map(({ name }) => [name, '']));
  return showErrors({ ...state, values: { ...state.values, ...emptied } }, errors);
}

/** Fields that are still empty get what another one told about them. */
export function fillEmpty(state: FormState, told: Partial<FormValues>): FormState {
  const found = Object.entries(told).filter(
    (entry): entry is [string, string | boolean] => entry[1] !== undefined && state.values[entry[0]] === '',
  );
  if (found.length === 0) return state;
  const filled = focusOn({ ...state, values: { ...state.values, ...Object.fromEntries(found) } }, state.focus);
  return { ...filled, arrived: state.arrived };
}

/** What is saved again, instead of what was typed. */
export const revert = (state: FormState): FormState =>
  focusOn({ ...state, values: state.saved, errors: {} }, state.focus);

/** What the form was opened with when a draft of it was kept. */
export interface Opened {
  readonly values: FormValues;
  readonly version: number;
}

/**
 * What was typed before, from a draft; unknown and missing fields stay as saved. A draft of an
 * older version of the record brings along what it was made from, so that saving it meets the
 * changes of others meanwhile instead of undoing them.
 */
export function takeUp(state: FormState, draft: FormValues, opened: Opened | null = null): FormState {
  const known = state.fields.flatMap(({ name }): [string, string | boolean][] => {
    const value = draft[name];
    return value !== undefined && typeof value === typeof (state.saved[name] ?? '') ? [[name, value]] : [];
  });
  const base = opened && opened.version !== state.version ? opened : null;
  const started = base ? { ...state, saved: { ...state.saved, ...base.values }, version: base.version } : state;
  return focusOn({ ...started, values: { ...started.saved, ...Object.fromEntries(known) } }, state.focus);
}

/** The form on top of a newer version of its record, with these values typed. */
export const rebased = (state: FormState, saved: FormValues, version: number, values: FormValues): FormState =>
  focusOn({ ...state, saved, version, values, errors: {} }, state.focus);

/** What a draft may keep: never a secret. */
export const draftValues = (state: FormState): FormValues => keepable(state, state.values);

/** What a draft tells about the record that it was made from; null for a new one. */
export const draftOpened = (state: FormState): Opened | null =>
  state.version === 0 ? null : { values: keepable(state, state.saved), version: state.version };

const keepable = (state: FormState, values: FormValues): FormValues =>
  Object.fromEntries(
    state.fields
      .filter((field) => field.kind !== 'secret' && field.kind !== 'readonly')
      .map((field) => [field.name, values[field.name] ?? '']),
  );
