import type { ScreenDefinition } from '#ui/screen.ts';
import { searchBoxInput } from '#ui/search-box/input.ts';
import { commands } from './commands.ts';
import { again, search } from './fetch.ts';
import { lens } from './lens.ts';
import { createLookUp, type LookUpParams, type LookUpState } from './model.ts';
import { LookUpView } from './view.tsx';

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
  // No record begins with these.
  onInput: searchBoxInput({ lens, set: (typed) => ({ typed }), search, elsewhere: '=>' }),
  View: LookUpView,
};
