import { listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import type { TabDefinition } from '../../tab.ts';
import { notesCommands, notesForms } from './commands.ts';
import { notesLens } from './lens.ts';
import { loadNotes, revealNote } from './load.ts';
import { newNotes, type NotesState } from './model.ts';
import { NotesView } from './view.tsx';

/** What people wrote about the account, its customer and its location. */
export const notesTab: TabDefinition<NotesState> = {
  id: 'notes',
  title: 'Notes',
  permission: 'notes.read',
  create: newNotes,
  load: loadNotes,
  commands: notesCommands,
  typing: (state) => listTyping(notesLens, state),
  onInput: (ctx, event) => listInput(notesLens, ctx, event),
  reveal: (ctx, record) => revealNote(ctx, record),
  forms: notesForms,
  View: NotesView,
};
