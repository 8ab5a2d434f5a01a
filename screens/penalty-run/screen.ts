import type { ScreenDefinition } from '#ui/screen.ts';
import { listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { commands } from './commands.ts';
import { load } from './fetch.ts';
import { lens } from './lens.ts';
import { createPenaltyRun, type PenaltyRunParams, type PenaltyRunState } from './model.ts';
import { PenaltyRunView } from './view.tsx';

/** The review list of one penalty run. */
export const penaltyRun: ScreenDefinition<PenaltyRunParams | undefined, PenaltyRunState> = {
  id: 'penalty-run',
  code: 'PRV',
  title: 'Review of a penalty run',
  permission: 'penalties.run',
  crumb: ({ run }) => (run === null ? 'Penalty run' : `Run ${run.number}`),
  parseArgument: (argument) => (argument.trim() === '' ? {} : { number: argument.trim().toUpperCase() }),
  create: createPenaltyRun,
  load,
  commands,
  typing: (state) => listTyping(lens, state),
  onInput: (ctx, event) => listInput(lens, ctx, event),
  unsaved: ({ working }) => (working === null ? null : 'The run is at work; it stops between two steps.'),
  View: PenaltyRunView,
};
