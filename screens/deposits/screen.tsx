import type { ScreenDefinition } from '#ui/screen.ts';
import { listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { ListBody } from '#ui/table/list-body.tsx';
import { commands } from './commands.ts';
import { load } from './fetch.ts';
import { lens } from './lens.ts';
import { createDeposits, type DepositsState } from './model.ts';

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
  View: ({ state, size, theme }) => {
    const head = state.all ? 'Deposits that are given back by their rules, and when not' : 'Deposits to be given back';
    return (
      <ListBody
        lens={lens}
        state={state}
        size={size}
        theme={theme}
        head={[[[` ${head}`, theme.title]]]}
        empty={state.loaded ? 'None.' : 'Loading.'}
        note={state.next === null ? '' : 'more follow'}
      />
    );
  },
};
