import type { ScreenDefinition } from '#ui/screen.ts';
import { listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { ListBody } from '#ui/table/list-body.tsx';
import { commands } from './commands.ts';
import { load } from './fetch.ts';
import { lens } from './lens.ts';
import { createPenaltyRun, headOf, type PenaltyRunParams, type PenaltyRunState } from './model.ts';

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
  View: ({ state, size, theme }) => {
    const [first, second] = headOf(state);
    return (
      <ListBody
        lens={lens}
        state={state}
        size={size}
        theme={theme}
        head={[[[` ${first}`, theme.title]], [[` ${second}`, state.working === null ? theme.text : theme.match]]]}
        empty={state.loaded ? 'Nobody.' : 'Loading.'}
        note={state.next === null ? '' : 'more follow'}
      />
    );
  },
};
