import type { Command } from '#keymap/command.ts';
import { takesDate } from '#ui/form/check.ts';
import { currentField } from '#ui/form/model.ts';
import { listCommands } from '#ui/table/commands.ts';
import { add, addItemHere, itemInFocus, pick, refresh, remove, removeItem, restore, stepPart } from './act.ts';
import type { Ctx } from './changed.ts';
import { deletedContacts } from './change.ts';
import { contactsLens } from './lens.ts';
import { isDirty, selected, valuesIn, whose } from './model.ts';
import { numberCommands } from './numbers.ts';
import { saveAll } from './save.ts';

const EDIT = 'contacts.edit';

const inList = (ctx: Ctx): boolean => ctx.get().pane === 'list';
const inFields = (ctx: Ctx): boolean => ctx.get().pane === 'fields';
const some = (ctx: Ctx): true | string => (selected(ctx.get()) ? true : 'There is no contact here.');

const ofList: readonly Command<Ctx>[] = [
  {
    id: 'contacts.add',
    title: 'Add contact',
    group: 'record',
    keys: ['a', 'f6'],
    hint: 'Add',
    footer: 60,
    permission: EDIT,
    applies: inList,
    when: ({ params }) => {
      const { customerId, locationId } = whose(params);
      return customerId !== null || locationId !== null ? true : 'There is nobody here to have contacts.';
    },
    run: add,
  },
  {
    id: 'contacts.fields',
    title: 'Go to the fields of the contact',
    group: 'record',
    keys: ['enter', 'e', 'right', 'l'],
    hint: 'Fields',
    footer: 55,
    applies: inList,
    when: some,
    run: (ctx) => ctx.set({ pane: 'fields' }),
  },
  {
    id: 'contacts.delete',
    title: 'Delete contact; final when saved',
    group: 'record',
    keys: ['d', 'delete'],
    hint: 'Delete',
    footer: 50,
    permission: EDIT,
    applies: inList,
    when: some,
    run: remove,
  },
  {
    id: 'contacts.restore',
    title: 'Bring back the contact deleted last',
    group: 'record',
    keys: ['u'],
    permission: EDIT,
    applies: inList,
    when: (ctx) =>
      deletedContacts(valuesIn(ctx.get())).length > 0 ? true : 'No contact was deleted since the last saving.',
    run: restore,
  },
  {
    id: 'contacts.nextPart',
    title: 'Next of General, Address, Email, Phone',
    group: 'go',
    keys: [']'],
    applies: inList,
    when: some,
    run: (ctx) => stepPart(ctx, 1),
  },
  {
    id: 'contacts.previousPart',
    title: 'Previous of General, Address, Email, Phone',
    group: 'go',
    keys: ['['],
    applies: inList,
    when: some,
    run: (ctx) => stepPart(ctx, -1),
  },
];

const ofFields: readonly Command<Ctx>[] = [
  {
    id: 'contacts.addItem',
    title: 'Add an address, e-mail or phone',
    group: 'record',
    keys: ['f6'],
    hint: 'Another',
    footer: 58,
    permission: EDIT,
    applies: inFields,
    run: addItemHere,
  },
  {
    id: 'contacts.deleteItem',
    title: 'Delete this address, e-mail or phone; final when saved',
    group: 'record',
    keys: ['ctrl+d'],
    hint: 'Delete',
    footer: 50,
    permission: EDIT,
    applies: inFields,
    when: (ctx) => (itemInFocus(ctx.get()) ? true : 'Go to an address, an e-mail or a phone first.'),
    run: removeItem,
  },
  {
    id: 'contacts.values',
    title: 'Values of the field',
    group: 'record',
    keys: ['f4', 'ctrl+space'],
    hint: 'Values',
    footer: 52,
    permission: EDIT,
    applies: inFields,
    background: true,
    when: (ctx) => {
      const field = currentField(ctx.get().form);
      return field && (takesDate(field) || field.choices?.length) ? true : 'This field has no list of values.';
    },
    run: pick,
  },
  {
    id: 'contacts.partOn',
    title: 'On to Address, Email, Phone, General',
    group: 'go',
    keys: ['f8'],
    hint: 'Part',
    footer: 54,
    applies: inFields,
    run: (ctx) => stepPart(ctx, 1),
  },
  {
    id: 'contacts.partBack',
    title: 'Back to Phone, Email, Address, General',
    group: 'go',
    keys: ['f7'],
    applies: inFields,
    run: (ctx) => stepPart(ctx, -1),
  },
];

/** Commands of the Contacts tab: of its list, of its fields, and of both. */
export const contactsCommands: readonly Command<Ctx>[] = [
  {
    id: 'contacts.save',
    title: 'Save all contacts',
    group: 'record',
    keys: ['f9', 'ctrl+s'],
    hint: 'Save',
    footer: 95,
    permission: EDIT,
    background: true,
    when: (ctx) => (isDirty(ctx.get()) ? true : 'Nothing was changed.'),
    run: async (ctx) => void (await saveAll(ctx)),
  },
  {
    id: 'contacts.refresh',
    title: 'Back to the contacts as they are saved',
    group: 'record',
    keys: ['f5', 'ctrl+r'],
    background: true,
    run: refresh,
  },
  ...ofList,
  ...ofFields,
  ...numberCommands,
  ...listCommands(contactsLens),
];
