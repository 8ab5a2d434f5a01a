import type { InputEvent } from '#keymap/keys.ts';
import { emptyField, fieldInput } from '../field/model.ts';
import type { ScreenContext } from '../screen.ts';
import { listEscape, listTyping } from './commands.ts';
import { updateList, type ListLens } from './lens.ts';
import { filterList, moveList } from './model.ts';

/**
 * The list's part of a screen's `onInput`: the filter while it is typed (live; Enter keeps
 * it, Esc drops it, arrows move meanwhile), and Esc that first leaves range, marks and filter.
 */
export function listInput<P, S, R>(lens: ListLens<P, S, R>, ctx: ScreenContext<P, S>, event: InputEvent): boolean {
  const state = ctx.get();
  if (lens.active && !lens.active(state)) return false;
  const key = event.type === 'key' ? event.key : '';
  if (!listTyping(lens, state)) return key === 'escape' && listEscape(lens, ctx);
  if (key === 'enter') updateList(lens, ctx, (list) => ({ ...list, filtering: false }));
  else if (key === 'escape') updateList(lens, ctx, (list) => ({ ...filterList(list, ''), filtering: false }));
  else if (key === 'down' || key === 'up') updateList(lens, ctx, (list, bounds) => moveList(list, key, bounds));
  else {
    const { filter } = lens.get(state);
    const typed = fieldInput(emptyField(filter), event);
    if (typed === null) return false;
    updateList(lens, ctx, (list) => filterList(list, typed.text));
  }
  return true;
}
