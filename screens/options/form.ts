import { type OptionFacts, optionText, optionValue } from '#domain/option-kinds.ts';
import { Failure } from '#services/failure.ts';
import { readOption, setOption } from '#services/options/operations.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import { type Option, type OptionsContext, shown } from './model.ts';

type OptionValues = FormValues & { readonly value: string | boolean };
type Typed = Parameters<typeof setOption.run>[1]['value'];

const KINDS: Readonly<Record<OptionFacts['kind'], Pick<FormField, 'kind' | 'rows' | 'maxLength'>>> = {
  flag: { kind: 'flag' },
  choice: { kind: 'code' },
  number: { kind: 'text', maxLength: 15 },
  date: { kind: 'date' },
  text: { kind: 'text', maxLength: 2000 },
  words: { kind: 'text', maxLength: 2000 },
  entries: { kind: 'multiline', rows: 8, maxLength: 20_000 },
};

const HOW: Partial<Record<OptionFacts['kind'], string>> = {
  words: 'Separated by commas, in their order',
  entries: 'Each on a line of its own, as JSON.',
};

function helpOf({ kind, words, values, standard, ...facts }: OptionFacts): string {
  const among = kind === 'words' && values.length > 0 ? `: ${values.join(', ')}.` : '';
  const how = HOW[kind];
  return [
    words,
    ...(how ? [how + (kind === 'words' ? among || '.' : '')] : []),
    `Standard: ${shown({ kind, words, values, standard, ...facts }, standard)}.`,
  ].join(' ');
}

/** The field of an option, named as the operation's, so that its messages land there. */
const fieldOf = (facts: OptionFacts): FormField => ({
  ...KINDS[facts.kind],
  name: 'value',
  label: facts.name,
  help: helpOf(facts),
  ...(facts.kind === 'choice' ? { choices: facts.values.map((value) => ({ value, label: value })) } : {}),
});

/** The form of one option. */
export const optionForm = (
  ctx: OptionsContext,
  { name, value, version, facts }: Option,
): FormDefinition<OptionValues, unknown> => ({
  title: `Company option ${name}`,
  fields: [fieldOf(facts)],
  initial: { value: optionText(facts, value) },
  version,
  today: ctx.today,
  current: async () => {
    const present = await ctx.call(readOption, { name });
    return { ...present, values: { value: optionText(facts, present.value) } };
  },
  save: (values, read) => {
    const typed = optionValue(facts, values.value);
    if ('problem' in typed) throw new Failure('invalid', typed.problem, { value: typed.problem });
    return ctx.call(setOption, { name, value: typed.value as Typed, version: read });
  },
});
