import { listPenaltyRuns } from '#services/penalties/review.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { ListBody } from '#ui/table/list-body.tsx';
import type { Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { commands } from './commands.ts';
import { lens } from './lens.ts';
import { createPenalties, type PenaltiesState } from './model.ts';

/** How far a calculation is, else how many runs wait. */
function head({ rows, working }: PenaltiesState, theme: Theme): Segment[] {
  if (working !== null) return [[` ${working}`, theme.match]];
  const open = rows.filter(({ status }) => status === 'calculated' || status === 'posting').length;
  return [[open === 0 ? ' No run waits.' : ` ${open} to be reviewed and posted`, theme.dim]];
}

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
  View: ({ state, size, theme }) => (
    <ListBody
      lens={lens}
      state={state}
      size={size}
      theme={theme}
      head={[head(state, theme)]}
      empty={state.loaded ? 'There are no penalty runs. n calculates one.' : 'Loading.'}
    />
  ),
};
