import type { Command } from '#keymap/command.ts';
import { changeUser } from '#services/users/change-user.ts';
import { disableUser, enableUser, unlockUser } from '#services/users/change.ts';
import type { UserRow } from '#services/users/list.ts';
import { currentRow } from '#ui/table/lens.ts';
import { addForm, nameForm, passwordForm, pickGroups } from './forms.ts';
import { lens } from './lens.ts';
import type { UsersContext } from './model.ts';

type UsersCommand = Command<UsersContext>;

const none = 'No user is here.';

/** A command on the user under the cursor; says what was done and shows it. */
const onUser = (
  command: Pick<UsersCommand, 'id' | 'title' | 'keys' | 'hint' | 'footer'>,
  possible: (user: UserRow) => true | string,
  act: (ctx: UsersContext, user: UserRow) => Promise<string | null>,
): UsersCommand => ({
  ...command,
  group: 'record',
  permission: 'users.manage',
  when: (ctx) => {
    const user = currentRow(lens, ctx.get());
    return user ? possible(user) : none;
  },
  run: async (ctx) => {
    const done = await act(ctx, currentRow(lens, ctx.get())!);
    if (done === null) return;
    ctx.toast(done, 'good');
    await ctx.reload();
  },
});

const always = (): true => true;

async function add(ctx: UsersContext): Promise<void> {
  const groups = await pickGroups(ctx, 'Groups of the new user', []);
  if (groups === null) return;
  if (groups.length === 0) return ctx.toast('A user needs at least one group.', 'warning');
  const added = await ctx.form(addForm(ctx, groups));
  if (!added) return;
  ctx.toast(`User ${added.username} is added.`, 'good');
  await ctx.reload();
}

async function changeGroups(ctx: UsersContext, user: UserRow): Promise<string | null> {
  const groups = await pickGroups(ctx, `Groups of ${user.username}`, user.groups);
  if (groups === null) return null;
  await ctx.call(changeUser, { username: user.username, version: user.version, groups: [...groups] });
  return `${user.username} is now in ${groups.join(', ')}.`;
}

async function disable(ctx: UsersContext, { username, name }: UserRow): Promise<string | null> {
  const sure = await ctx.confirm({
    title: 'Disable user?',
    lines: [`${username}, ${name}`, 'Open sessions end at once and all tokens are revoked.', 'Nothing is removed.'],
    action: 'Disable user',
  });
  if (!sure) return null;
  await ctx.call(disableUser, { username });
  return `${username} can no longer sign in.`;
}

/** What can be done with users. */
export const userCommands: readonly UsersCommand[] = [
  {
    id: 'users.add',
    title: 'Add a user',
    group: 'record',
    keys: ['n'],
    hint: 'Add',
    footer: 60,
    permission: 'users.manage',
    run: add,
  },
  onUser(
    { id: 'users.edit', title: 'Change the name of the user', keys: ['enter', 'e'], hint: 'Edit', footer: 58 },
    always,
    async (ctx, user) => ((await ctx.form(nameForm(ctx, user))) ? `User ${user.username} is saved.` : null),
  ),
  onUser(
    { id: 'users.groups', title: 'Choose the groups of the user', keys: ['r'], hint: 'Groups', footer: 56 },
    always,
    changeGroups,
  ),
  onUser(
    { id: 'users.password', title: 'Give the user a new password', keys: ['p'], hint: 'Password', footer: 54 },
    always,
    async (ctx, user) =>
      (await ctx.form(passwordForm(ctx, user))) ? `${user.username} signs in with it once, to choose another.` : null,
  ),
  onUser(
    { id: 'users.disable', title: 'Stop the user from signing in', keys: ['d'], hint: 'Disable', footer: 52 },
    (user) => (user.active ? true : 'This user is disabled already; E lets them in again.'),
    disable,
  ),
  onUser(
    { id: 'users.enable', title: 'Let a disabled user sign in again', keys: ['E'] },
    (user) => (user.active ? 'This user is not disabled.' : true),
    async (ctx, { username }) => {
      await ctx.call(enableUser, { username });
      return `${username} can sign in again.`;
    },
  ),
  onUser(
    { id: 'users.unlock', title: 'End the lock after wrong passwords', keys: ['u'] },
    (user) => {
      if (!user.active) return 'This user is disabled; E lets them in again.';
      return user.locked ? true : 'This user is not locked.';
    },
    async (ctx, { username }) => {
      await ctx.call(unlockUser, { username });
      return `${username} is no longer locked.`;
    },
  ),
  {
    id: 'users.openGroups',
    title: 'Open groups and rights',
    group: 'go',
    keys: ['o'],
    permission: 'users.read',
    run: (ctx) => ctx.open('groups'),
  },
  {
    id: 'users.openTokens',
    title: 'Open access tokens',
    group: 'go',
    keys: ['t'],
    permission: 'users.read',
    run: (ctx) => ctx.open('tokens'),
  },
];
