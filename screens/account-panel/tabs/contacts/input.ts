import type { InputEvent, Taken } from '#keymap/keys.ts';
import { NOTICES } from '#domain/contact.ts';
import { may } from '#services/actor.ts';
import { currentField, focusedText, formInput } from '#ui/form/model.ts';
import { listInput } from '#ui/table/input.ts';
import { move, setNotices, stepNotices, toList, typed } from './act.ts';
import type { Ctx } from './changed.ts';
import { addCode, addingCode } from './add-code.ts';
import { contactsLens } from './lens.ts';

/** Keys that go from field to field. */
const MOVES: Readonly<Record<string, (ctx: Ctx) => void>> = {
  tab: (ctx) => move(ctx, 1),
  down: (ctx) => move(ctx, 1),
  'shift+tab': (ctx) => move(ctx, -1),
  up: (ctx) => move(ctx, -1),
  enter: (ctx) => move(ctx, 1, true),
  escape: toList,
};

/** The tab's first chance at an input; true when it was used up. */
export function contactsInput(ctx: Ctx, event: InputEvent): Taken {
  const state = ctx.get();
  if (state.pane === 'list') return listInput(contactsLens, ctx, event);
  const go = event.type === 'key' ? MOVES[event.key] : undefined;
  if (go) {
    go(ctx);
    return true;
  }
  if (state.saving || !may(ctx.actor, 'contacts.edit')) return false;
  if (currentField(state.form)?.name.endsWith('.notices')) return noticesInput(ctx, event);
  const untyped = state.form.arrived || focusedText(state.form).text === '';
  if (event.type === 'key' && event.key === '+' && untyped && addingCode(ctx)) return addCode(ctx);
  const next = formInput(state.form, event);
  if (next === null) return false;
  if (next !== state.form) typed(ctx, next);
  return true;
}

/** The ways of getting notices are not typed but chosen: left and right, Space, or their first letters. */
function noticesInput(ctx: Ctx, event: InputEvent): boolean {
  if (event.type !== 'key') return false;
  if (event.key === 'right' || event.key === 'space') stepNotices(ctx, 1);
  else if (event.key === 'left') stepNotices(ctx, -1);
  else {
    const way = NOTICES.find((one) => one.startsWith(event.text?.toLowerCase() ?? '?'));
    if (!way) return event.text !== undefined;
    setNotices(ctx, way);
  }
  return true;
}
