import type { ScreenDefinition } from '#ui/screen.ts';
import { listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { commands } from './commands.ts';
import { load } from './fetch.ts';
import { lens } from './lens.ts';
import { createDeposits, type DepositsState } from './model.ts';
import { DepositsView } from './view.tsx';

/** Deposits of the whole utility: those to be given back, and the yearly interest. */
export const deposits: ScreenDefinition<undefined, DepositsState> = {
  id: 'deposits',
  code: 'DEP',
  title: 'Deposits to give back',
  permission: 'deposits.read',
  crumb: () => 'Deposits',
  create: createDeposits,
  load,
  commands,
  typing: (state) => listTyping(lens, state),
  onInput: (ctx, event) => listInput(lens, ctx, event),
  View: DepositsView,
};
