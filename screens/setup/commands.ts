import type { Command } from '#keymap/command.ts';
import { whereUsed } from '#services/code-tables/list.ts';
import { indexFields } from '#services/custom-fields/indexing.ts';
import { listCommands } from '#ui/table/commands.ts';
import { at, move, remove, retireOrRestore, toCode } from './change.ts';
import { codeForm, newCodeForm } from './code-form.ts';
import { show } from './fetch.ts';
import { fileCommands } from './file.ts';
import { codes, currentCode, currentEntry, shownTable, tables } from './lens.ts';
import type { SetupContext } from './model.ts';

type SetupCommand = Command<SetupContext>;

const inTables = (ctx: SetupContext): boolean => ctx.get().pane === 'tables';
const inCodes = (ctx: SetupContext): boolean => ctx.get().pane === 'codes';
const atTable = (ctx: SetupContext): true | string => (shownTable(ctx.get()) ? true : 'This is no table of codes.');
const atCode = (ctx: SetupContext): true | string => (currentCode(ctx.get()) ? true : 'There is no code here.');

/** Why the program's own rows are left alone. */
function ownCode(ctx: SetupContext): true | string {
  const row = currentCode(ctx.get());
  if (!row) return 'There is no code here.';
  return row.system === 0 ? true : `${row.code} is a system ${shownTable(ctx.get())!.one}: the program relies on it.`;
}

function editable(ctx: SetupContext): true | string {
  return shownTable(ctx.get())?.settable ? atCode(ctx) : ownCode(ctx);
}

export async function addCodeHere(ctx: SetupContext): Promise<void> {
  const table = shownTable(ctx.get())!;
  // A value added below a value of some caption is likely one more of that caption.
  const owner = table.within === undefined ? undefined : currentCode(ctx.get())?.attributes[table.within];
  const added = await ctx.form(
    await newCodeForm(ctx, table, owner === undefined ? {} : { [table.within!]: owner }, { draft: true }),
  );
  if (!added) return;
  ctx.toast(`${added.code} is added.`, 'good');
  await ctx.reload();
  toCode(ctx, added);
}

export async function editCodeHere(ctx: SetupContext): Promise<void> {
  const { table, row } = at(ctx);
  const saved = await ctx.form(await codeForm(ctx, table, row));
  if (!saved) return;
  ctx.toast(`${saved.code} is saved.`, 'good');
  await ctx.reload();
  if (table.name === 'custom_field') await indexFields(ctx.call, [saved.code]);
}

async function showUses(ctx: SetupContext): Promise<void> {
  const { table, row, ref } = at(ctx);
  const uses = await ctx.call(whereUsed, ref);
  const lines = uses.map(({ what, count }) => `${count.toLocaleString('en-US').padStart(12)}  ${what}`);
  await ctx.show(`${table.title}: where ${row.code} is used`, lines.length === 0 ? ['Nothing uses it.'] : lines);
}

function movable(ctx: SetupContext): true | string {
  const table = shownTable(ctx.get());
  if (!table?.ordered) return 'These stand by their codes: they have no other order.';
  const { sort, filter } = ctx.get().codes;
  return sort || filter !== ''
    ? 'Take the filter and the sorting off first: the order is that of the whole table.'
    : atCode(ctx);
}

const record = (
  command: Omit<SetupCommand, 'group' | 'permission' | 'applies'> & Partial<Pick<SetupCommand, 'permission'>>,
): SetupCommand => ({ group: 'record', permission: 'options.edit', applies: inCodes, ...command });

const panes: readonly SetupCommand[] = [
  {
    id: 'setup.open',
    title: 'Go to the codes of the table',
    group: 'go',
    keys: ['enter', 'right', 'l', 'tab'],
    hint: 'Open',
    footer: 60,
    applies: inTables,
    when: (ctx) => (currentEntry(ctx.get()) ? true : 'There is no table here.'),
    run: async (ctx) => {
      const entry = currentEntry(ctx.get())!;
      if (entry.screen !== null) return ctx.open(entry.screen);
      await show(ctx);
      ctx.set({ pane: 'codes' });
    },
  },
  {
    id: 'setup.tables',
    title: 'Back to the tables',
    group: 'go',
    keys: ['left', 'h', 'shift+tab'],
    hint: 'Tables',
    footer: 40,
    applies: inCodes,
    run: (ctx) => ctx.set({ pane: 'tables' }),
  },
];

/** The list of tables; the codes beside it follow the cursor. */
const following = listCommands(tables).map((command): SetupCommand => ({
  ...command,
  run: async (ctx) => {
    await command.run(ctx);
    await show(ctx);
  },
}));

export const commands: readonly SetupCommand[] = [
  ...panes,
  record({
    id: 'setup.edit',
    title: 'Edit the code',
    keys: ['enter', 'e'],
    hint: 'Edit',
    footer: 60,
    when: editable,
    background: true,
    run: editCodeHere,
  }),
  record({
    id: 'setup.add',
    title: 'Add a code',
    keys: ['a', 'n'],
    hint: 'Add',
    footer: 58,
    when: atTable,
    run: addCodeHere,
  }),
  record({
    id: 'setup.remove',
    title: 'Delete the code, or retire it',
    keys: ['d', 'delete'],
    hint: 'Delete',
    footer: 56,
    when: ownCode,
    run: remove,
  }),
  record({
    id: 'setup.retire',
    title: 'Retire the code, or offer it again',
    keys: ['r'],
    hint: 'Retire',
    footer: 46,
    when: ownCode,
    run: retireOrRestore,
  }),
  record({
    id: 'setup.moveUp',
    title: 'Move the code up',
    keys: ['alt+up', 'K', '-'],
    hint: 'Up',
    footer: 44,
    when: movable,
    run: (ctx) => move(ctx, -1),
  }),
  record({
    id: 'setup.moveDown',
    title: 'Move the code down',
    keys: ['alt+down', 'J', '+'],
    hint: 'Down',
    footer: 43,
    when: movable,
    run: (ctx) => move(ctx, 1),
  }),
  record({
    id: 'setup.uses',
    title: 'Where the code is used',
    keys: ['w'],
    hint: 'Used',
    footer: 50,
    permission: 'options.read',
    when: atCode,
    run: showUses,
  }),
  ...fileCommands,
  ...following,
  ...listCommands(codes),
];
