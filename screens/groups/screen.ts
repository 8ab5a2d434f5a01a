import { listGroups } from '#services/users/list-groups.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { listCommands, listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { groupCommands } from './commands.ts';
import { lens } from './lens.ts';
import { createGroups, type GroupsState } from './model.ts';
import { GroupsView } from './view.tsx';

/** Groups of users: what their members may do, which notes they read and whose customers they see. */
export const groups: ScreenDefinition<undefined, GroupsState> = {
  id: 'groups',
  code: 'GRP',
  title: 'Groups and rights',
  permission: 'users.read',
  crumb: () => 'Groups and rights',
  create: createGroups,
  load: async (ctx) => ctx.set({ rows: await ctx.call(listGroups, {}) }),
  commands: [...groupCommands, ...listCommands(lens)],
  typing: (state) => listTyping(lens, state),
  onInput: (ctx, event) => listInput(lens, ctx, event),
  View: GroupsView,
};
