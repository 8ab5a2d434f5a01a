import { listUsers } from '#services/users/list.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { listCommands, listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { ListTable } from '#ui/table/list-table.tsx';
import { userCommands } from './commands.ts';
import { lens } from './lens.ts';
import { createUsers, type UsersState } from './model.ts';

/** The people who may sign in: their groups, whether they are let in, and when they were here. */
export const users: ScreenDefinition<undefined, UsersState> = {
  id: 'users',
  code: 'USR',
  title: 'Users',
  permission: 'users.read',
  crumb: () => 'Users',
  create: createUsers,
  load: async (ctx) => ctx.set({ rows: await ctx.call(listUsers, {}) }),
  commands: [...userCommands, ...listCommands(lens)],
  typing: (state) => listTyping(lens, state),
  onInput: (ctx, event) => listInput(lens, ctx, event),
  View: ({ state, size, theme }) => (
    <ListTable lens={lens} state={state} size={size} theme={theme} empty="There are no users." />
  ),
};
