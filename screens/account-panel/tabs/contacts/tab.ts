import { listTyping } from '#ui/table/commands.ts';
import type { TabDefinition } from '../../tab.ts';
import { contactsCommands } from './commands.ts';
import { contactsInput } from './input.ts';
import { contactsLens } from './lens.ts';
import { leaveContacts } from './leave.ts';
import { loadContacts, workOf } from './load.ts';
import { type ContactsState, draftOf, isDirty, newContacts, selecting } from './model.ts';
import { ContactsView } from './view.tsx';

/** People to speak with about the customer or the location, edited in place and saved together. */
export const contactsTab: TabDefinition<ContactsState> = {
  id: 'contacts',
  title: 'Contacts',
  permission: 'contacts.read',
  count: ({ counts }) => counts.contacts,
  create: newContacts,
  load: loadContacts,
  commands: contactsCommands,
  typing: (state) => state.pane === 'fields' || listTyping(contactsLens, state),
  onInput: contactsInput,
  unsaved: (state) => (isDirty(state) ? 'changes of contacts' : null),
  leave: leaveContacts,
  keep: (ctx) => {
    if (isDirty(ctx.get())) ctx.typed.now(draftOf(ctx.params), workOf(ctx.get()));
  },
  reveal: (ctx, record) => ctx.set(selecting(ctx.get(), String(record))),
  // The tab itself takes the draft up while it loads.
  forms: { contacts: () => Promise.resolve(true) },
  View: ContactsView,
};
