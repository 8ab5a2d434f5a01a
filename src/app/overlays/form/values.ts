import { parseTypedDate } from '#domain/typed-date.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Choice } from '#ui/choice.ts';
import type { FormField } from '#ui/form/definition.ts';
import type { Desk } from '../../shell/desk.ts';

/** No code begins with a control character. */
const ADD_NEW = '\u0001add';

/** Asks for one of the field's codes; `add` when a new one is wanted, null when left. */
export async function pickOne(
  desk: Desk,
  { label, choices = [], addNew }: FormField,
): Promise<{ readonly value: string } | 'add' | null> {
  const shown = choices.map((choice): Choice<string> => ({
    ...choice,
    detail: [choice.value, choice.detail].filter(Boolean).join('  '),
  }));
  const offered = addNew ? [...shown, { value: ADD_NEW, label: '+ Add new', detail: '' }] : shown;
  const value = await desk.choose(label, offered);
  if (value === ADD_NEW) return 'add';
  return value === null ? null : { value };
}

/** Ticks the codes of a list, or puts them in order; what is typed there already is where it begins. */
export async function pickSeveral(
  desk: Desk,
  { label, choices = [], list }: FormField,
  typed: string,
): Promise<{ readonly value: string } | null> {
  const ticked = listedCodes(typed, choices);
  const unknown = ticked.filter((code) => !choices.some(({ value }) => value === code));
  const offered = [
    ...choices.map((choice) => ({ ...choice, detail: choice.value })),
    ...unknown.map((value) => ({ value, label: value, detail: 'not on the list' })),
  ];
  const asked = { title: label, choices: offered, ticked };
  const values = await (list === 'ordered' ? desk.putInOrder(asked) : desk.pickMany(asked));
  return values === null ? null : { value: values.join(', ') };
}

/** Asks for a day by a calendar; it opens at what is typed, unless that is hidden. */
export async function pickDay(
  desk: Desk,
  { label, kind }: FormField,
  typed: string,
  today: CivilDate,
): Promise<{ readonly value: string } | null> {
  const picked = kind === 'secret' ? null : parseTypedDate(typed, today);
  const value = await desk.pickDay({ title: label, today, picked });
  return value === null ? null : { value };
}

/** Codes as typed with commas between them; one written in other case is that of the list. */
const listedCodes = (text: string, choices: readonly Choice<string>[]): string[] =>
  text
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '')
    .map((code) => choices.find(({ value }) => value.toLowerCase() === code.toLowerCase())?.value ?? code);
