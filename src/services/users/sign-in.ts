import { createHash } from 'node:crypto';
import type { Database } from '#db/database.ts';
import type { Db } from '#db/schema.ts';
import { IdMaker } from '#domain/ids.ts';
import type { Actor, CustomerReach } from '../actor.ts';
import { appendAudit } from '../audit.ts';
import { Failure } from '../failure.ts';
import { retrying } from '../retry.ts';
import { verifyPassword } from './password.ts';

/** Failures in a row after which the user waits (guide: reliability §5.6). */
const FAILURES_ALLOWED = 10;
const LOCKED_MS = 30 * 60_000;

const ids = new IdMaker();

/** The same words whether user or password is wrong, so that neither can be guessed apart. */
const refused = (): Failure => new Failure('forbidden', 'User or password is not right.');

/**
 * Signs a user in by password and says who that is. Every try is in the audit.
 * @throws Failure `forbidden`; after ten failures in a row the user is locked for half an hour
 */
export async function signIn(
  database: Database,
  credentials: { username: string; password: string },
  now: number,
  source: Actor['source'],
): Promise<Actor> {
  const username = credentials.username.trim().toLowerCase();
  const user = await database.db.selectFrom('app_user').selectAll().where('username', '=', username).executeTakeFirst();
  const locked = user?.locked_until != null && user.locked_until > now;
  const right = await verifyPassword(credentials.password, locked ? null : (user?.password_hash ?? null));
  const welcome = right && user !== undefined && user.active === 1;
  await retrying(ids, () =>
    database.transaction(async (db) => {
      if (user) await recordTry(db, user.id, welcome, now, locked);
      await appendAudit(db, [
        {
          id: ids.next(),
          at: now,
          userId: user?.id ?? null,
          username: user ? username : '(unknown)',
          operation: 'session.sign-in',
          outcome: welcome ? 'done' : 'refused',
          entity: 'AppUser',
          entityId: user?.id ?? null,
          customerId: null,
          changes: null,
          source,
          origin: null,
          reason: null,
          correlation: null,
        },
      ]);
    }),
  );
  if (locked) throw new Failure('forbidden', 'Too many wrong passwords. Try again later or ask an administrator.');
  if (!welcome) throw refused();
  return loadActor(database.db, user.id, source);
}

async function recordTry(db: Db, id: number, welcome: boolean, now: number, locked: boolean): Promise<void> {
  if (welcome) {
    await db
      .updateTable('app_user')
      .set({ failed_sign_ins: 0, locked_until: null, last_sign_in_at: now })
      .where('id', '=', id)
      .execute();
    return;
  }
  if (locked) return;
  const { failed_sign_ins: failures } = await db
    .updateTable('app_user')
    .set((eb) => ({ failed_sign_ins: eb('failed_sign_ins', '+', 1) }))
    .where('id', '=', id)
    .returning('failed_sign_ins')
    .executeTakeFirstOrThrow();
  if (failures % FAILURES_ALLOWED === 0) {
    await db
      .updateTable('app_user')
      .set({ locked_until: now + LOCKED_MS })
      .where('id', '=', id)
      .execute();
  }
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
