import type { Command } from '#keymap/command.ts';
import { removeGroup } from '#services/users/groups.ts';
import type { GroupRow } from '#services/users/list-groups.ts';
import { currentRow } from '#ui/table/lens.ts';
import { addForm, editForm } from './forms.ts';
import { lens } from './lens.ts';
import type { GroupsContext } from './model.ts';
import { chooseCustomers, chooseRights, showGroup } from './rights.ts';

type GroupCommand = Command<GroupsContext>;

const here = (ctx: GroupsContext): true | string => (currentRow(lens, ctx.get()) ? true : 'No group is here.');

/** A command on the group under the cursor; says what was done and shows it. */
const onGroup = (
  command: Pick<GroupCommand, 'id' | 'title' | 'keys' | 'hint' | 'footer'> & Partial<Pick<GroupCommand, 'when'>>,
  act: (ctx: GroupsContext, group: GroupRow) => Promise<string | null>,
): GroupCommand => ({
  when: here,
  ...command,
  group: 'record',
  permission: 'groups.manage',
  run: async (ctx) => {
    const done = await act(ctx, currentRow(lens, ctx.get())!);
    if (done === null) return;
    ctx.toast(done, 'good');
    await ctx.reload();
  },
});

async function add(ctx: GroupsContext): Promise<void> {
  const added = await ctx.form(addForm(ctx));
  if (!added) return;
  ctx.toast(`Group ${added.code} is added. It has no right yet: r gives it some.`, 'good');
  await ctx.reload();
}

async function remove(ctx: GroupsContext, { code, name, version }: GroupRow): Promise<string | null> {
  const sure = await ctx.confirm({
    title: 'Remove group?',
    lines: [`${code}, ${name}`, 'Its rights go with it; the audit trail keeps what they were.'],
    action: 'Remove group',
  });
  if (!sure) return null;
  await ctx.call(removeGroup, { code, version });
  return `Group ${code} is removed.`;
}

const removable = (ctx: GroupsContext): true | string => {
  const group = currentRow(lens, ctx.get());
  if (!group) return 'No group is here.';
  const { length } = group.members;
  const members =
    length === 1
      ? '1 user is in it: move that user to another group'
      : `${length} users are in it: move them to others`;
  return length === 0 ? true : `${members} first.`;
};

/** What can be done with groups. */
export const groupCommands: readonly GroupCommand[] = [
  {
    id: 'groups.add',
    title: 'Add a group',
    group: 'record',
    keys: ['n'],
    hint: 'Add',
    footer: 60,
    permission: 'groups.manage',
    run: add,
  },
  onGroup(
    { id: 'groups.edit', title: 'Change what the group is', keys: ['enter', 'e'], hint: 'Edit', footer: 58 },
    async (ctx, group) => ((await ctx.form(editForm(ctx, group))) ? `Group ${group.code} is saved.` : null),
  ),
  onGroup(
    { id: 'groups.rights', title: 'Choose the rights of the group', keys: ['r'], hint: 'Rights', footer: 56 },
    chooseRights,
  ),
  onGroup(
    {
      id: 'groups.customers',
      title: 'Choose whose customers its members see',
      keys: ['c'],
      hint: 'Customers',
      footer: 54,
    },
    chooseCustomers,
  ),
  {
    id: 'groups.members',
    title: 'Show the rights and users of the group',
    group: 'record',
    keys: ['m'],
    hint: 'Show',
    footer: 52,
    when: here,
    run: (ctx) => showGroup(ctx, currentRow(lens, ctx.get())!),
  },
  onGroup({ id: 'groups.remove', title: 'Remove the group', keys: ['D', 'delete'], when: removable }, remove),
  {
    id: 'groups.openUsers',
    title: 'Open users',
    group: 'go',
    keys: ['o'],
    permission: 'users.read',
    run: (ctx) => ctx.open('users'),
  },
];
