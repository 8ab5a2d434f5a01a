import { matchesAll, searchWords } from '#domain/matching.ts';
import type { Tickable, TickList } from '#ui/choice.ts';
import { emptyField, type FieldState } from '#ui/field/model.ts';

export interface PickState {
  readonly title: string;
  readonly choices: readonly Tickable[];
  readonly before: ReadonlySet<string>;
  readonly ticked: ReadonlySet<string>;
  readonly typed: FieldState;
  /** Place among the choices that answer what is typed. */
  readonly cursor: number;
}

export const newPick = ({ title, choices, ticked }: TickList): PickState => ({
  title,
  choices,
  before: new Set(ticked),
  ticked: new Set(ticked),
  typed: emptyField(),
  cursor: 0,
});

/**
 * The choices that hold the words typed, in their order, so that areas stay together. Nothing is
 * guessed: what is ticked blindly after typing must be what was typed.
 */
export const matching = ({ typed, choices }: PickState): readonly Tickable[] => {
  const words = searchWords(typed.text);
  if (words.length === 0) return choices;
  return choices.filter(({ label, detail = '', area = '' }) => matchesAll(words, [label, detail, area]));
};

/** The choice under the cursor ticked, or no longer. */
export function toggled(state: PickState): ReadonlySet<string> {
  const choice = matching(state)[state.cursor];
  const ticked = new Set(state.ticked);
  if (choice && !ticked.delete(choice.value)) ticked.add(choice.value);
  return ticked;
}

/** All choices shown ticked; when they all are, none of them. */
export function allToggled(state: PickState): ReadonlySet<string> {
  const shown = matching(state).map(({ value }) => value);
  const all = shown.every((value) => state.ticked.has(value));
  return all
    ? new Set([...state.ticked].filter((value) => !shown.includes(value)))
    : new Set([...state.ticked, ...shown]);
}

/** Values as ticked, in the order of the choices. */
export const answerOf = ({ choices, ticked }: PickState): string[] =>
  choices.filter(({ value }) => ticked.has(value)).map(({ value }) => value);

export const isChanged = ({ before, ticked }: PickState): boolean => before.symmetricDifference(ticked).size > 0;

/** A line of the list: a heading, or a choice with its place. */
export type PickLine = { readonly heading: string } | { readonly choice: Tickable; readonly index: number };

/** The choices with a heading before each area. */
export function linesOf(state: PickState): PickLine[] {
  const lines: PickLine[] = [];
  let area: string | undefined;
  for (const [index, choice] of matching(state).entries()) {
    if (choice.area !== undefined && choice.area !== area) lines.push({ heading: choice.area });
    area = choice.area;
    lines.push({ choice, index });
  }
  return lines;
}
