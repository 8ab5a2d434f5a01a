import { createHash } from 'node:crypto';
import type { Database } from '#db/database.ts';
import { civilDateOf } from '#domain/civil-date.ts';
import { EVERYTHING } from '#domain/permissions.ts';
import type { Actor } from '../actor.ts';
import { Failure } from '../failure.ts';
import { loadActor } from './load-actor.ts';
import { sessionTransaction } from './trail.ts';

/** Digest under which a token is kept. */
export const tokenDigest = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * Signs in by a token, for headless calls: with the rights of its user, as far as it is not confined to fewer.
 * @param origin address of the line or name of the terminal, for the audit
 * @throws Failure `forbidden` when it is unknown, revoked or expired
 */
export async function signInWithToken(
  database: Database,
  token: string,
  now: number,
  origin: string | null = null,
): Promise<Actor> {
  const row = await database.db
    .selectFrom('access_token as t')
    .innerJoin('app_user as u', 'u.id', 't.user_id')
    .select(['t.id as tokenId', 'u.id', 't.permissions', 't.last_used_at', 't.expires_at', 't.revoked_at', 'u.active'])
    .where('t.token_hash', '=', tokenDigest(token))
    .executeTakeFirst();
  const alive = row && row.active === 1 && row.revoked_at === null && (row.expires_at ?? Infinity) > now;
  if (!alive) throw new Failure('forbidden', 'The token is not valid.');
  await noteUse(database, row.tokenId, row.last_used_at, now);
  const actor = await loadActor(database.db, row.id, 'call');
  return { ...actor, permissions: confined(actor.permissions, row.permissions), origin };
}

function confined(permissions: ReadonlySet<string>, list: string | null): ReadonlySet<string> {
  if (list === null) return permissions;
  const named = new Set(JSON.parse(list) as string[]);
  return permissions.has(EVERYTHING) ? named : permissions.intersection(named);
}

/** Once a day is enough to find tokens that nobody uses, and costs other calls nothing. */
async function noteUse(database: Database, tokenId: number, before: number | null, now: number): Promise<void> {
  if (before !== null && civilDateOf(before) === civilDateOf(now)) return;
  await sessionTransaction(database, (db) =>
    db.updateTable('access_token').set({ last_used_at: now }).where('id', '=', tokenId).execute(),
  );
}
