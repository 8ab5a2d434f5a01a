import type { Database } from '#db/database.ts';
import type { Actor } from '../actor.ts';
import type { FaultSink } from '../trouble.ts';
import type { LastSignIn } from './last-sign-in.ts';

/** Where somebody stands who is signing in. A step that is answered wrong throws a `Failure` and stays. */
export type SignInStep =
  | { readonly kind: 'done'; readonly actor: Actor; readonly last: LastSignIn }
  /** A code of the second factor, or a recovery code. */
  | { readonly kind: 'code'; readonly answer: (code: string) => Promise<SignInStep> }
  /** Somebody else has set the password. */
  | { readonly kind: 'new-password'; readonly answer: (password: string) => Promise<SignInStep> }
  /** A group asks for a second factor that the user has not yet. */
  | {
      readonly kind: 'enrol';
      readonly secret: string;
      readonly uri: string;
      readonly answer: (code: string) => Promise<SignInStep>;
    }
  | { readonly kind: 'recovery-codes'; readonly codes: readonly string[]; readonly answer: () => Promise<SignInStep> }
  /** It took too long: from the beginning. */
  | { readonly kind: 'again'; readonly words: string };

/** From where and since when somebody is signing in. */
export interface SignInContext {
  readonly database: Database;
  /** Epoch ms. */
  readonly now: () => number;
  readonly source: Actor['source'];
  /** Address of the line or name of the terminal, for the audit. */
  readonly origin: string | null;
  readonly fault?: FaultSink;
}

/** Who is signing in, as the database has it. */
export interface SignInUser {
  readonly id: number;
  readonly username: string;
  readonly password_hash: string | null;
  readonly active: number;
  readonly must_change_password: number;
  readonly password_expires_at: number | null;
  readonly totp_since: number | null;
}
