import type { Tickable, TickList } from '#ui/choice.ts';
import { stepped } from '../window.ts';

/** A list of which some are taken, in the order in which they stand. */
export interface OrderState {
  readonly title: string;
  readonly items: readonly Tickable[];
  readonly ticked: ReadonlySet<string>;
  /** What was taken at first, in order. */
  readonly before: readonly string[];
  readonly cursor: number;
}

/** Those that are taken stand first, in their order. */
export function newOrder({ title, choices, ticked }: TickList): OrderState {
  const before = [...new Set(ticked)];
  const known = new Map(choices.map((choice) => [choice.value, choice]));
  const taken = before.flatMap((value) => known.get(value) ?? []);
  const rest = choices.filter(({ value }) => !before.includes(value));
  return { title, items: [...taken, ...rest], ticked: new Set(before), before, cursor: 0 };
}

/** Values that are taken, in their order. */
export const orderOf = ({ items, ticked }: OrderState): string[] =>
  items.map(({ value }) => value).filter((value) => ticked.has(value));

export const isReordered = (state: OrderState): boolean => orderOf(state).join('\n') !== state.before.join('\n');

/** The item under the cursor taken, or no longer; it stays where it stands. */
export function turned(state: OrderState): OrderState {
  const item = state.items[state.cursor];
  if (!item) return state;
  const ticked = new Set(state.ticked);
  if (!ticked.delete(item.value)) ticked.add(item.value);
  return { ...state, ticked };
}

/** The item under the cursor a place higher or lower, the cursor with it. */
export function shifted(state: OrderState, step: 1 | -1): OrderState {
  const cursor = stepped(state.cursor, step, state.items.length);
  const items = [...state.items];
  const [item] = items.splice(state.cursor, 1);
  if (!item) return state;
  items.splice(cursor, 0, item);
  return { ...state, items, cursor };
}

/** Place in the order of those that are taken, from 1; null for what is not. */
export const placeOf = (state: OrderState, value: string): number | null => orderOf(state).indexOf(value) + 1 || null;
