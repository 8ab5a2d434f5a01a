import { randomBytes } from 'node:crypto';
import type { Database } from '#db/database.ts';
import type { Actor } from '../actor.ts';
import { Failure } from '../failure.ts';
import { attempt } from './attempt.ts';
import { verifyPassword } from './password.ts';
import { lookAtCode } from './second-factor.ts';
import type { Occasion } from './trail.ts';

/** What somebody who is signed in types to prove it once more. */
export interface Credentials {
  readonly password: string;
  /** Of the second factor, or a recovery code; needed by who has a second factor. */
  readonly code?: string;
}

/** Says that its holder has just proved who they are: good for one operation within a minute, in this process only. */
export type Proof = string;

const PROOF_MS = 60_000;
const PROOF_BYTES = 24;

/** Proofs not spent yet. */
const unspent = new Map<Proof, { readonly userId: number; readonly until: number }>();

/**
 * Checks the password of somebody who is signed in, and the code where there is a second factor, as
 * sign-in does: failures count and slow down, and every try is in the audit. Who has no password,
 * because the operating system signs in, proves it by the code alone.
 * @param at the field of the form that holds the password
 * @throws Failure `forbidden`, said at the password and the code; `invalid` at `code` when it is missing
 */
export async function confirmIdentity(
  database: Database,
  actor: Actor,
  { password, code }: Credentials,
  now: number,
  event: Occasion['event'],
  at = 'password',
): Promise<void> {
  const user = await database.db
    .selectFrom('app_user')
    .select(['id', 'username', 'active', 'password_hash', 'totp_since'])
    .where('id', '=', actor.userId)
    .executeTakeFirst();
  if (user?.active !== 1) throw new Failure('forbidden', 'This user may no longer sign in.');
  const { password_hash: hash } = user;
  const withCode = user.totp_since !== null;
  if (hash === null && !withCode) throw new Failure('forbidden', NO_PASSWORD, { [at]: NO_PASSWORD });
  if (withCode && !code) throw new Failure('invalid', CODE_NEEDED, { code: CODE_NEEDED });
  const words = withCode ? 'Password or code is not right.' : 'The password is not right.';
  const occasion = { event, now, source: actor.source, origin: actor.origin ?? null };
  const fields = [...(hash === null ? [] : [at]), ...(withCode ? ['code'] : [])];
  await attempt({ database, user, name: user.username, occasion, words, at: fields }, async () => {
    if (hash !== null && !(await verifyPassword(password, hash))) {
      return { right: false, how: 'wrong password', complete: true };
    }
    if (!withCode) return { right: true, how: 'password', complete: true };
    return { ...(await lookAtCode(database, user.id, code!, now)), complete: true };
  });
}

const NO_PASSWORD = 'You have no password here. Sign in anew.';
const CODE_NEEDED = 'Enter the code of your second factor.';

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
