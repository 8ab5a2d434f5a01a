import type { Command } from '#keymap/command.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { searchBoxInput } from '#ui/search-box/input.ts';
import { listCommands } from '#ui/table/commands.ts';
import { currentRow } from '#ui/table/lens.ts';
import { type NoteSearchContext, search } from './fetch.ts';
import { lens } from './lens.ts';
import { createNoteSearch, type NoteSearchParams, type NoteSearchState } from './model.ts';
import { NoteSearchView } from './view.tsx';

function open(ctx: NoteSearchContext): void {
  const note = currentRow(lens, ctx.get());
  if (!note) return;
  const { id, accountId, customerId, locationId } = note;
  const whose = accountId !== null ? { accountId } : customerId !== null ? { customerId } : { locationId: locationId! };
  ctx.open('account', { ...whose, tab: 'notes', record: id });
}

/** The database filters by words, so the list's own filter does not exist here. */
const ofList = listCommands(lens).filter(({ id }) => id !== 'note-search.filter');

const commands: readonly Command<NoteSearchContext>[] = [
  {
    id: 'note-search.open',
    title: 'Open the note where it belongs',
    group: 'go',
    keys: ['enter'],
    hint: 'Open',
    footer: 60,
    permission: 'accounts.read',
    when: (ctx) => (ctx.get().rows.length > 0 ? true : 'No note is found.'),
    run: open,
  },
  {
    id: 'note-search.switch',
    title: 'To the list and back to the words',
    group: 'go',
    keys: ['tab'],
    hint: 'List / words',
    footer: 50,
    run: (ctx) => ctx.set({ typing: !ctx.get().typing }),
  },
  ...ofList,
];

/** Notes of the whole utility by the words that they hold. */
export const noteSearch: ScreenDefinition<NoteSearchParams | undefined, NoteSearchState> = {
  id: 'note-search',
  code: 'NOT',
  title: 'Search notes',
  permission: 'notes.read',
  crumb: ({ typed }) => (typed.text.trim() === '' ? 'Notes' : `Notes with ${typed.text.trim()}`),
  parseArgument: (text) => ({ text }),
  create: createNoteSearch,
  load: search,
  commands,
  typing: (state) => state.typing,
  onInput: searchBoxInput({ lens, set: (typed) => ({ typed }), search }),
  View: NoteSearchView,
};
