import type { InputEvent } from '#keymap/keys.ts';
import { emptyField, fieldInput } from '#ui/field/model.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { listEscape } from '#ui/table/commands.ts';
import { commands } from './commands.ts';
import { again, type LookUpContext, search } from './fetch.ts';
import { lens } from './lens.ts';
import { createLookUp, type LookUpParams, type LookUpState } from './model.ts';
import { LookUpView } from './view.tsx';

const LONGEST = 200;

function retype(ctx: LookUpContext, typed: LookUpState['typed']): void {
  const before = ctx.get().typed.text;
  ctx.set({ typed });
  if (typed.text === before) return;
  search(ctx).catch(() => ctx.toast('That could not be looked for. Try again.', 'bad'));
}

/** The text box: every change looks again. Esc empties it before it leaves the screen. */
function input(ctx: LookUpContext, event: InputEvent): boolean {
  const { typing, typed } = ctx.get();
  const escape = event.type === 'key' && event.key === 'escape';
  if (!typing) return escape && listEscape(lens, ctx);
  if (escape) {
    if (typed.text === '') return false;
    retype(ctx, emptyField());
    return true;
  }
  // No record begins with these: as the first character they mean a screen or a command, as everywhere.
  if (event.type === 'key' && typed.text === '' && (event.key === '=' || event.key === '>')) {
    ctx.find(event.key);
    return true;
  }
  const next = fieldInput(typed, event, { maxLength: LONGEST });
  if (next === null) return false;
  retype(ctx, next);
  return true;
}

/** Find and browse every account: by a text at every keystroke, or as one list of all in an order. */
export const lookUp: ScreenDefinition<LookUpParams | undefined, LookUpState> = {
  id: 'look-up',
  code: 'LUK',
  title: 'Look up',
  permission: 'lookup.use',
  crumb: ({ typed }) => (typed.text.trim() === '' ? 'Look up' : `Look up ${typed.text.trim()}`),
  parseArgument: (text) => ({ text }),
  create: createLookUp,
  load: again,
  commands,
  typing: (state) => state.typing,
  onInput: input,
  View: LookUpView,
};
