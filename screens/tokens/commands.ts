import type { Command } from '#keymap/command.ts';
import { revokeToken, type TokenRow } from '#services/users/tokens.ts';
import { currentRow } from '#ui/table/lens.ts';
import { lens } from './lens.ts';
import { makeToken } from './make.ts';
import { rightsOf, type TokensContext } from './model.ts';

const here = (ctx: TokensContext): true | string => (currentRow(lens, ctx.get()) ? true : 'No token is here.');

function revocable(ctx: TokensContext): true | string {
  const token = currentRow(lens, ctx.get());
  if (!token) return 'No token is here.';
  return token.state === 'active' ? true : `This token is ${token.state} already.`;
}

async function revoke(ctx: TokensContext): Promise<void> {
  const { id, username, name, lastUsedOn } = currentRow(lens, ctx.get())!;
  const used = lastUsedOn === null ? 'It was never used.' : `It was used last on ${lastUsedOn}.`;
  const sure = await ctx.confirm({
    title: 'Revoke token?',
    lines: [`${username}: ${name}`, used, 'What works with it stops at once; it cannot be brought back.'],
    action: 'Revoke token',
  });
  if (!sure) return;
  await ctx.call(revokeToken, { id });
  ctx.toast(`The token of ${username} for ${name} is revoked.`, 'good');
  await ctx.reload();
}

const showToken = (ctx: TokensContext, token: TokenRow): Promise<void> =>
  ctx.show(`Token of ${token.username}`, [
    `For          ${token.name}`,
    `State        ${token.state}`,
    `Made         ${token.created.slice(0, 10)} by ${token.createdBy ?? 'somebody'}`,
    `Last day     ${token.lastDay ?? 'none'}`,
    `Last used    ${token.lastUsedOn ?? 'never'}`,
    `Rights       ${rightsOf(token)}`,
  ]);

/** What can be done with access tokens. */
export const tokenCommands: readonly Command<TokensContext>[] = [
  {
    id: 'tokens.make',
    title: 'Make an access token',
    group: 'record',
    keys: ['n'],
    hint: 'Make',
    footer: 60,
    permission: 'tokens.manage',
    run: makeToken,
  },
  {
    id: 'tokens.show',
    title: 'Show all about the token',
    group: 'record',
    keys: ['enter', 'm'],
    hint: 'Show',
    footer: 58,
    when: here,
    run: (ctx) => showToken(ctx, currentRow(lens, ctx.get())!),
  },
  {
    id: 'tokens.revoke',
    title: 'Revoke the token',
    group: 'record',
    keys: ['D', 'delete'],
    hint: 'Revoke',
    footer: 56,
    permission: 'tokens.manage',
    when: revocable,
    run: revoke,
  },
];
