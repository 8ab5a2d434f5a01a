import type { Choice } from '#ui/choice.ts';
import { enabledNow } from '#ui/form/check.ts';
import type { FormField } from '#ui/form/definition.ts';
import type { FormState } from '#ui/form/model.ts';
import { cellWidth, fit } from '#ui/width.ts';

const KINDS: Readonly<Record<string, string>> = {
  date: 'A date: 12/1, 12/1/26, +30, -7, +2m, today. F4 shows a calendar.',
  amount: 'An amount: 12, 12.5, 1,200.',
  flag: 'Yes or no: Space turns it round, y and n set it.',
  code: 'A code. F4 shows its values; its code, its name or the beginning of either can be typed, in the place of the one there.',
  multiline: 'A text of several lines. Tab goes on to the next field.',
  secret: 'Not shown and never kept in a draft.',
};

const LISTS = {
  ticked: 'Codes with commas between them. F4 ticks them.',
  ordered: 'Codes in their order, with commas between them. F4 ticks them and moves them up and down.',
};

/** Codes and what they mean, one below another. */
function choiceLines(choices: readonly Choice<string>[]): string[] {
  const widest = Math.max(...choices.map(({ value }) => cellWidth(value)));
  return choices.map(({ value, label }) => `${fit(value, widest)}  ${label}`);
}

/** What F1 tells about a field, and its values. */
export function fieldHelp(field: FormField, form: FormState): string[] {
  const open = enabledNow(field, form.values);
  return [
    ...(field.help ? [field.help, ''] : []),
    ...(KINDS[field.kind] ? [KINDS[field.kind]!] : []),
    ...(field.date ? ['A date. F4 shows a calendar.'] : []),
    ...(field.list ? [LISTS[field.list]] : []),
    ...(field.addNew ? ['+ before anything else is typed, or the last line of F4, adds a value.'] : []),
    ...(field.required ? ['It is needed.'] : []),
    ...(field.maxLength ? [`At most ${field.maxLength} characters.`] : []),
    ...(open === true ? [] : ['', open]),
    ...(field.choices ? ['', ...choiceLines(field.choices)] : []),
  ];
}
