import { createHash } from 'node:crypto';
import type { Database } from '#db/database.ts';
import type { Db } from '#db/schema.ts';
import type { Actor, CustomerReach } from '../actor.ts';
import { Failure } from '../failure.ts';
import { attempt } from './attempt.ts';
import { verifyPassword } from './password.ts';

/** The same words whether user or password is wrong, so that neither can be guessed apart. */
const WRONG = 'User or password is not right.';

/**
 * Signs a user in by password and says who that is. Every try is in the audit.
 * @param origin address of the line or name of the terminal, for the audit
 * @throws Failure `forbidden`; after failures the user waits, after ten in a row half an hour
 */
export async function signIn(
  database: Database,
  credentials: { username: string; password: string },
  now: number,
  source: Actor['source'],
  origin: string | null = null,
): Promise<Actor> {
  const username = credentials.username.trim().toLowerCase();
  const user = await database.db.selectFrom('app_user').selectAll().where('username', '=', username).executeTakeFirst();
  const occasion = { event: 'session.sign-in', now, source, origin } as const;
  await attempt({ database, user: user ?? null, name: username, occasion, words: WRONG }, async () => {
    const right = (await verifyPassword(credentials.password, user?.password_hash ?? null)) && user!.active === 1;
    return {
      right,
      how: right ? 'password' : 'wrong password',
      complete: true,
      settle: async (db) => {
        await db.updateTable('app_user').set({ last_sign_in_at: now }).where('id', '=', user!.id).execute();
        return true;
      },
    };
  });
  return { ...(await loadActor(database.db, user!.id, source)), origin };
}

/** Digest under which a token is kept. */
export const tokenDigest = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * Signs in by a token, for headless calls.
 * @throws Failure `forbidden` when it is unknown, revoked or expired
 */
export async function signInWithToken(database: Database, token: string, now: number): Promise<Actor> {
  const row = await database.db
    .selectFrom('access_token as t')
    .innerJoin('app_user as u', 'u.id', 't.user_id')
    .select(['u.id', 't.expires_at', 't.revoked_at', 'u.active'])
    .where('t.token_hash', '=', tokenDigest(token))
    .executeTakeFirst();
  const alive = row && row.active === 1 && row.revoked_at === null && (row.expires_at ?? Infinity) > now;
  if (!alive) throw new Failure('forbidden', 'The token is not valid.');
  return loadActor(database.db, row.id, 'call');
}

/** Reads a user's groups and rights. */
export async function loadActor(db: Db, userId: number, source: Actor['source']): Promise<Actor> {
  const user = await db
    .selectFrom('app_user')
    .select(['id', 'username', 'display_name'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom('group_member as m')
    .innerJoin('user_group as g', 'g.id', 'm.group_id')
    .leftJoin('group_permission as p', 'p.group_id', 'g.id')
    .select([
      'g.id',
      'g.code',
      'g.level',
      'g.document_level',
      'g.credit_limit_cents',
      'g.all_customers',
      'p.permission',
    ])
    .where('m.user_id', '=', userId)
    .orderBy('g.code')
    .execute();
  const limits = rows.map((row) => row.credit_limit_cents);
  return {
    userId: user.id,
    username: user.username,
    displayName: user.display_name,
    groups: [...new Set(rows.map((row) => row.code))],
    permissions: new Set(rows.flatMap((row) => row.permission ?? [])),
    level: Math.max(1, ...rows.map((row) => row.level)),
    documentLevel: Math.max(1, ...rows.map((row) => row.document_level)),
    creditLimitCents: limits.includes(null) ? null : Math.max(0, ...limits.map((limit) => limit ?? 0)),
    customers: rows.some((row) => row.all_customers === 1) ? 'all' : await customerReach(db, userId),
    source,
  };
}

/** The customer groups that the user's groups may see; to change what belongs to one, a single group suffices. */
async function customerReach(db: Db, userId: number): Promise<CustomerReach> {
  const rows = await db
    .selectFrom('group_customer_group as c')
    .innerJoin('group_member as m', 'm.group_id', 'c.group_id')
    .select(['c.customer_group', 'c.read_only'])
    .where('m.user_id', '=', userId)
    .orderBy('c.read_only', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.customer_group, row.read_only === 1 ? 'read' : 'change']));
}
