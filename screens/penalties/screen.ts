import { listPenaltyRuns } from '#services/penalties/review.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { commands } from './commands.ts';
import { lens } from './lens.ts';
import { createPenalties, type PenaltiesState } from './model.ts';
import { PenaltiesView } from './view.tsx';

/** Penalty runs: calculated, reviewed, posted. */
export const penalties: ScreenDefinition<undefined, PenaltiesState> = {
  id: 'penalties',
  code: 'PEN',
  title: 'Penalties',
  permission: 'penalties.run',
  crumb: () => 'Penalties',
  create: createPenalties,
  load: async (ctx) => ctx.set({ rows: await ctx.call(listPenaltyRuns, {}), loaded: true }),
  commands,
  typing: (state) => listTyping(lens, state),
  onInput: (ctx, event) => listInput(lens, ctx, event),
  View: PenaltiesView,
};
