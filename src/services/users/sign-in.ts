import type { Database } from '#db/database.ts';
import type { Actor } from '../actor.ts';
import { Failure } from '../failure.ts';
import { beginSignIn } from './begin-sign-in.ts';
import type { SignInStep } from './sign-in-steps.ts';

export { loadActor } from './load-actor.ts';
export { signInWithToken, tokenDigest } from './token-sign-in.ts';

/** What a headless call signs in with. */
export interface HeadlessCredentials {
  readonly username: string;
  readonly password: string;
  /** Of the second factor, or a recovery code; only for who has one. */
  readonly code?: string;
}

/**
 * Signs a user in at once, where nobody can be asked for more. Every try is in the audit.
 * @param origin address of the line or name of the terminal, for the audit
 * @throws Failure `forbidden`; after failures the user waits, after ten in a row half an hour
 */
export async function signIn(
  database: Database,
  credentials: HeadlessCredentials,
  now: number,
  source: Actor['source'],
  origin: string | null = null,
): Promise<Actor> {
  const context = { database, now: () => now, source, origin };
  let step = await beginSignIn(context, credentials);
  if (step.kind === 'code' && credentials.code) step = await step.answer(credentials.code);
  if (step.kind === 'done') return step.actor;
  throw new Failure('forbidden', MISSING[step.kind]);
}

/** Why a headless call cannot go on from there. */
const MISSING: Readonly<Record<Exclude<SignInStep['kind'], 'done'>, string>> = {
  code: 'This user signs in with a second factor: give its code too (METERDESK_CODE), or use a token.',
  'new-password': 'Somebody else has set this password. Choose your own first: start meterdesk and sign in.',
  enrol: 'This user needs a second factor. Start meterdesk and sign in to set it up.',
  'recovery-codes': 'This user needs a second factor. Start meterdesk and sign in to set it up.',
  again: 'That took too long. Sign in again.',
};
