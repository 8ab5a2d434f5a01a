import { randomBytes } from 'node:crypto';
import type { Database } from '#db/database.ts';
import type { Actor } from '../actor.ts';
import { Failure } from '../failure.ts';
import { attempt } from './attempt.ts';
import { verifyPassword } from './password.ts';
import type { Occasion } from './trail.ts';

/** What somebody who is signed in types to prove it once more. */
export interface Credentials {
  readonly password: string;
}

/** Says that its holder has just proved who they are: good for one operation within a minute, in this process only. */
export type Proof = string;

const PROOF_MS = 60_000;
const PROOF_BYTES = 24;

/** Proofs not spent yet. */
const unspent = new Map<Proof, { readonly userId: number; readonly until: number }>();

/**
 * Checks the password of somebody who is signed in, as sign-in does: failures count and slow down,
 * and every try is in the audit.
 * @throws Failure `forbidden`
 */
export async function confirmIdentity(
  database: Database,
  actor: Actor,
  credentials: Credentials,
  now: number,
  event: Occasion['event'],
): Promise<void> {
  const user = await database.db
    .selectFrom('app_user')
    .select(['id', 'username', 'active', 'password_hash'])
    .where('id', '=', actor.userId)
    .executeTakeFirst();
  if (user?.active !== 1) throw new Failure('forbidden', 'This user may no longer sign in.');
  if (user.password_hash === null) throw new Failure('forbidden', 'You have no password here. Sign in anew.');
  const occasion = { event, now, source: actor.source, origin: actor.origin ?? null };
  await attempt({ database, user, name: user.username, occasion, words: 'The password is not right.' }, async () => {
    const right = await verifyPassword(credentials.password, user.password_hash);
    return { right, how: right ? 'password' : 'wrong password', complete: true };
  });
}

/**
 * Proves afresh who an operator is, before something sensitive (OWASP ASVS 7.5.3).
 * @returns a proof for {@link spendProof}, valid once and for 60 seconds
 * @throws Failure `forbidden`
 */
export async function reauthenticate(
  database: Database,
  actor: Actor,
  credentials: Credentials,
  now: number,
): Promise<Proof> {
  await confirmIdentity(database, actor, credentials, now, 'session.reauthenticate');
  for (const [proof, { until }] of unspent) if (until <= now) unspent.delete(proof);
  const proof = randomBytes(PROOF_BYTES).toString('base64url');
  unspent.set(proof, { userId: actor.userId, until: now + PROOF_MS });
  return proof;
}

/**
 * Uses a proof up, whatever becomes of the operation.
 * @throws Failure `forbidden` when it is another's, spent or older than a minute
 */
export function spendProof(actor: Actor, proof: Proof, now: number): void {
  const given = unspent.get(proof);
  unspent.delete(proof);
  if (given?.userId !== actor.userId || given.until <= now) {
    throw new Failure('forbidden', 'Enter your password again: this needs a proof not older than a minute.');
  }
}
