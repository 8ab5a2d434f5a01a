import { createHash } from 'node:crypto';
import type { Database } from '#db/database.ts';
import type { Actor } from '../actor.ts';
import { Failure } from '../failure.ts';
import { loadActor } from './load-actor.ts';

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
