import { listTokens } from '#services/users/tokens.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { listCommands, listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { tokenCommands } from './commands.ts';
import { lens } from './lens.ts';
import { createTokens, type TokensState } from './model.ts';
import { TokensView } from './view.tsx';

/** Credentials of headless calls: whose they are, what for, what they may do and when they were used. */
export const tokens: ScreenDefinition<undefined, TokensState> = {
  id: 'tokens',
  code: 'TOK',
  title: 'Access tokens',
  permission: 'users.read',
  crumb: () => 'Access tokens',
  create: createTokens,
  load: async (ctx) => ctx.set({ rows: await ctx.call(listTokens, {}) }),
  commands: [...tokenCommands, ...listCommands(lens)],
  typing: (state) => listTyping(lens, state),
  onInput: (ctx, event) => listInput(lens, ctx, event),
  View: TokensView,
};
