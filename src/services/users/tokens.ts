import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import { command, query } from '../operation.ts';
import { username } from './policy.ts';
import { tokenDigest } from './sign-in.ts';

const DAY_MS = 86_400_000;
const DAYS_AT_MOST = 366;
const TOKEN_BYTES = 32;

/** Makes a credential for headless calls. It is in the answer and nowhere else: the database keeps a digest. */
export const createToken = command({
  name: 'token.create',
  summary: 'Make an access token for headless calls; it is shown once',
  permission: 'tokens.manage',
  secret: true,
  input: z.object({
    username,
    name: z.string().trim().min(1, 'Say what it is for').max(80, 'Use at most 80 characters'),
    days: z.int().min(1).max(DAYS_AT_MOST, `At most ${DAYS_AT_MOST} days`).default(90),
  }),
  prepare: async () => `mdk_${randomBytes(TOKEN_BYTES).toString('base64url')}`,
  run: async (ctx, input, token: string) => {
    const user = await ctx.em.findOne(ctx.e.AppUser, { username: input.username });
    if (!user || user.active !== 1) throw new Failure('not_found', `There is no active user ${input.username}.`);
    const expiresAt = ctx.now + input.days * DAY_MS;
    const id = ctx.newId();
    ctx.em.create(ctx.e.AccessToken, {
      id,
      user,
      name: input.name,
      tokenHash: tokenDigest(token),
      createdAt: ctx.now,
      expiresAt,
    });
    ctx.audit({
      entity: 'AccessToken',
      entityId: id,
      changes: { user: [null, input.username], name: [null, input.name], expiresAt: [null, expiresAt] },
    });
    return { id, username: input.username, name: input.name, expires: new Date(expiresAt).toISOString(), token };
  },
});

/** Tokens with their state, newest first; never the token itself. */
export const listTokens = query({
  name: 'token.list',
  summary: 'List access tokens',
  permission: 'users.read',
  input: z.object({}),
  run: async ({ db, now }) => {
    const rows = await db
      .selectFrom('access_token as t')
      .innerJoin('app_user as u', 'u.id', 't.user_id')
      .select(['t.id', 'u.username', 't.name', 't.created_at', 't.expires_at', 't.revoked_at'])
      .orderBy('t.id', 'desc')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      username: row.username,
      name: row.name,
      created: new Date(row.created_at).toISOString(),
      expires: row.expires_at === null ? null : new Date(row.expires_at).toISOString(),
      state: row.revoked_at !== null ? 'revoked' : (row.expires_at ?? Infinity) <= now ? 'expired' : 'active',
    }));
  },
});

/** Ends a token at once. */
export const revokeToken = command({
  name: 'token.revoke',
  summary: 'Revoke an access token',
  permission: 'tokens.manage',
  input: z.object({ id: z.int() }),
  run: async (ctx, input) => {
    const token = await ctx.em.findOne(ctx.e.AccessToken, { id: input.id });
    if (!token) throw new Failure('not_found', 'There is no such token.');
    const before = token.revokedAt;
    token.revokedAt ??= ctx.now;
    ctx.audit({ entity: 'AccessToken', entityId: token.id, changes: { revokedAt: [before, token.revokedAt] } });
    return { id: token.id, state: 'revoked' };
  },
});
