import type { InputEvent } from '#keymap/keys.ts';
import { emptyField, fieldInput, type FieldState } from '../field/model.ts';
import type { ScreenContext } from '../screen.ts';
import { listEscape } from '../table/commands.ts';
import type { ListLens } from '../table/lens.ts';

/** A screen with a text above a list, which is looked for again at every keystroke. */
export interface SearchBoxState {
  readonly typed: FieldState;
  /** Whether keys go to the text, not to the list. */
  readonly typing: boolean;
}

export interface SearchBox<P, S, R> {
  readonly lens: ListLens<P, S, R>;
  readonly set: (typed: FieldState) => Partial<S>;
  readonly search: (ctx: ScreenContext<P, S>) => Promise<void>;
  /** Characters that, as the first, mean a screen or a command, as everywhere in the program. */
  readonly elsewhere?: string;
}

const LONGEST = 200;

function retype<P, S extends SearchBoxState, R>(
  box: SearchBox<P, S, R>,
  ctx: ScreenContext<P, S>,
  typed: FieldState,
): void {
  const before = ctx.get().typed.text;
  ctx.set(box.set(typed));
  if (typed.text === before) return;
  box.search(ctx).catch(() => ctx.toast('That could not be looked for. Try again.', 'bad'));
}

/** Takes what is typed into the text; Esc empties it before it leaves the screen. False: not for the text. */
export const searchBoxInput =
  <P, S extends SearchBoxState, R>(box: SearchBox<P, S, R>) =>
  (ctx: ScreenContext<P, S>, event: InputEvent): boolean => {
    const { typing, typed } = ctx.get();
    const escape = event.type === 'key' && event.key === 'escape';
    if (!typing) return escape && listEscape(box.lens, ctx);
    if (escape) {
      if (typed.text === '') return false;
      retype(box, ctx, emptyField());
      return true;
    }
    if (event.type === 'key' && typed.text === '' && box.elsewhere?.includes(event.key)) {
      ctx.find(event.key);
      return true;
    }
    const next = fieldInput(typed, event, { maxLength: LONGEST });
    if (next === null) return false;
    retype(box, ctx, next);
    return true;
  };
