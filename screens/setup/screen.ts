import type { Taken } from '#keymap/keys.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { commands } from './commands.ts';
import { load, show } from './fetch.ts';
import { codes, shownTable, tables } from './lens.ts';
import { resume } from './resume.ts';
import { SetupView } from './view.tsx';
import { createSetup, type SetupContext, type SetupParams, type SetupState } from './model.ts';

/** Esc in the codes goes back to the tables; typing a filter moves on the left, which the codes follow. */
function onInput(ctx: SetupContext, event: Parameters<typeof listInput>[2]): Taken {
  const before = ctx.get().pane;
  if (listInput(codes, ctx, event)) return true;
  if (listInput(tables, ctx, event)) return show(ctx);
  if (before !== 'codes' || event.type !== 'key' || event.key !== 'escape') return false;
  ctx.set({ pane: 'tables' });
  return true;
}

/** All tables of codes that forms choose from, and the way to the rest of setup. */
export const setup: ScreenDefinition<SetupParams | undefined, SetupState> = {
  id: 'setup',
  code: 'SET',
  title: 'Setup',
  permission: 'options.read',
  crumb: (state) => (state.pane === 'codes' ? `Setup ${shownTable(state)?.title ?? ''}` : 'Setup'),
  parseArgument: (argument) => ({ table: argument }),
  create: createSetup,
  load,
  commands,
  typing: (state) => listTyping(tables, state) || listTyping(codes, state),
  onInput,
  resume,
  View: SetupView,
};
