import { type OptionFacts, optionFacts, optionText } from '#domain/option-kinds.ts';
import type { OptionRow } from '#services/options/operations.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { type ListState, newList } from '#ui/table/model.ts';

/** An option with all that its row and its form show. */
export interface Option extends OptionRow {
  readonly facts: OptionFacts;
}

export interface OptionsState {
  readonly list: ListState;
  readonly rows: readonly Option[];
}

export type OptionsContext = ScreenContext<undefined, OptionsState>;

export const createOptions = (): OptionsState => ({ list: newList(), rows: [] });

export const optionOf = (row: OptionRow): Option => ({ ...row, facts: optionFacts(row.name) });

/** A value on one line. */
export function shown(facts: OptionFacts, value: unknown): string {
  const text = optionText(facts, value);
  if (typeof text === 'boolean') return text ? 'yes' : 'no';
  return text === '' ? '(none)' : text.replaceAll('\n', ' ');
}

/** Whether the company has chosen it, be it the same as before. */
export const isChosen = ({ version }: Option): boolean => version > 0;
