import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { addDays, type CivilDate, civilDateOf, daysBetween } from '#domain/civil-date.ts';
import { PERMISSIONS } from '#domain/permissions.ts';
import { may } from '../actor.ts';
import { Failure } from '../failure.ts';
import { command, query } from '../operation.ts';
import { shortText, typedLine } from '#domain/typed-text.ts';
import { userNamed } from './change.ts';
import { username } from './policy.ts';
import { tokenDigest } from './token-sign-in.ts';

const DAY_MS = 86_400_000;
const DAYS_AT_MOST = 366;
const USUAL_DAYS = 90;
const TOKEN_BYTES = 32;

/** Rights that a token is confined to; the texts of an unknown length are refused before the names are looked at. */
const rights = z
  .array(shortText(60).refine((name) => name in PERMISSIONS, 'There is no such right'))
  .min(1, 'Name at least one right')
  .max(100, 'At most 100 rights')
  .optional();

/** The end of the last day, epoch ms, by the machine's time zone. @throws Failure `invalid` */
function endOf(until: CivilDate, now: number): number {
  const days = daysBetween(civilDateOf(now), until);
  const problem = days < 0 ? 'This day is over' : days > DAYS_AT_MOST ? `At most ${DAYS_AT_MOST} days from now` : null;
  if (problem) throw new Failure('invalid', problem, { until: problem });
  return new Date(`${addDays(until, 1)}T00:00:00`).getTime();
}

/** Makes a credential for headless calls, with all rights of its user or only some. It is in the answer and nowhere else: the database keeps a digest. */
export const createToken = command({
  name: 'token.create',
  summary: 'Make an access token for headless calls; it is shown once',
  permission: 'tokens.manage',
  secret: true,
  input: z.object({
    username,
    name: typedLine(80).min(1, 'Say what it is for'),
    permissions: rights,
    days: z
      .int()
      .min(1)
      .max(DAYS_AT_MOST, `At most ${DAYS_AT_MOST} days`)
      .optional()
      .describe(`${USUAL_DAYS} unless said`),
    until: z.iso.date('Enter a date').max(10).optional().describe('last day on which it lets in, instead of days'),
  }),
  prepare: async () => `mdk_${randomBytes(TOKEN_BYTES).toString('base64url')}`,
  run: async (ctx, input, token: string) => {
    const user = await userNamed(ctx, input.username);
    if (user.active !== 1) throw new Failure('not_found', `There is no active user ${input.username}.`);
    const beyond = input.permissions?.find((permission) => !may(ctx.actor, permission));
    if (beyond) throw new Failure('forbidden', `You do not hold the right ${beyond} yourself.`);
    const permissions = input.permissions ? [...new Set(input.permissions)].sort() : null;
    const expiresAt = input.until ? endOf(input.until, ctx.now) : ctx.now + (input.days ?? USUAL_DAYS) * DAY_MS;
    const id = ctx.newId();
    ctx.em.create(ctx.e.AccessToken, {
      id,
      user,
      name: input.name,
      tokenHash: tokenDigest(token),
      permissions: permissions && JSON.stringify(permissions),
      createdAt: ctx.now,
      createdBy: ctx.actor.username,
      expiresAt,
    });
    ctx.audit({
      entity: 'AccessToken',
      entityId: id,
      changes: {
        user: [null, input.username],
        name: [null, input.name],
        permissions: [null, permissions ?? 'all of the user'],
        expiresAt: [null, expiresAt],
      },
    });
    const expires = new Date(expiresAt).toISOString();
    return { id, username: input.username, name: input.name, permissions, expires, token };
  },
});

/** An access token as lists show one. */
export interface TokenRow {
  readonly id: number;
  readonly username: string;
  /** What it is for. */
  readonly name: string;
  /** Rights that it is confined to; null: all of its user. */
  readonly permissions: readonly string[] | null;
  /** Null: before the program kept it. */
  readonly createdBy: string | null;
  /** Null: never. */
  readonly lastUsedOn: CivilDate | null;
  /** ISO instants. */
  readonly created: string;
  readonly expires: string | null;
  /** The last day on which it lets in; null: it has no end. */
  readonly lastDay: CivilDate | null;
  readonly state: 'active' | 'expired' | 'revoked';
}

/** Tokens with their state, newest first; never the token itself. */
export const listTokens = query({
  name: 'token.list',
  summary: 'List access tokens',
  permission: 'users.read',
  input: z.object({}),
  run: async ({ db, now }): Promise<TokenRow[]> => {
    const rows = await db
      .selectFrom('access_token as t')
      .innerJoin('app_user as u', 'u.id', 't.user_id')
      .select([
        't.id',
        'u.username',
        't.name',
        't.permissions',
        't.created_at',
        't.created_by',
        't.last_used_at',
        't.expires_at',
        't.revoked_at',
      ])
      .orderBy('t.id', 'desc')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      username: row.username,
      name: row.name,
      permissions: row.permissions === null ? null : (JSON.parse(row.permissions) as string[]),
      createdBy: row.created_by,
      lastUsedOn: row.last_used_at === null ? null : civilDateOf(row.last_used_at),
      created: new Date(row.created_at).toISOString(),
      expires: row.expires_at === null ? null : new Date(row.expires_at).toISOString(),
      lastDay: row.expires_at === null ? null : civilDateOf(row.expires_at - 1),
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
