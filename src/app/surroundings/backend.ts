import type { PresenceStore } from '#db/presence.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Actor } from '#services/actor.ts';
import type { Delivered } from '#services/communications/deliver.ts';
import type { Call } from '#services/operation.ts';
import type { Credentials } from '#services/users/reauthenticate.ts';
import type { SignInStep } from '#services/users/sign-in-steps.ts';

/** A user that the demo utility offers to sign in as. */
export interface DemoUser {
  readonly username: string;
  readonly password: string;
  /** What this user may do, in a few words. */
  readonly role: string;
}

/** Who shall be the first administrator. */
export interface FirstUser {
  readonly username: string;
  readonly displayName: string;
  readonly password: string;
}

/** How long an operator may be away, and at work, by the company's options. */
export interface SessionLimits {
  /** Minutes without a key after which the screen locks; 0 never. */
  readonly idleMinutes: number;
  /** Hours after which a session ends whatever it does. */
  readonly sessionHours: number;
  /** Nothing that this user knows would open a lock: the session ends instead. */
  readonly endsInstead?: boolean;
}

/** The data side of the program, as the shell needs it. */
export interface Backend {
  /** @throws Failure when user or password is not right */
  readonly signIn: (username: string, password: string) => Promise<SignInStep>;
  /** Begins to sign in whom the operating system vouches for; null when it does not, or need not. */
  readonly trusted: () => Promise<(() => Promise<SignInStep>) | null>;
  /** Whether nobody can sign in yet. */
  readonly isNew: () => Promise<boolean>;
  /** Adds the first administrator and signs in. @throws Failure with fields */
  readonly addFirst: (user: FirstUser) => Promise<SignInStep>;
  /** Proves that it is still the same person. @throws Failure; `invalid` at `code` when one is needed */
  readonly unlock: (actor: Actor, credentials: Credentials) => Promise<void>;
  /** Tells the audit; never rejects, and {@link close} waits for it. */
  readonly record: (actor: Actor, event: 'session.sign-out' | 'session.lock') => Promise<void>;
  /** `changed` hears of rights that were given or taken away since. */
  readonly callAs: (actor: Actor, changed?: (actor: Actor) => void) => Call;
  readonly today: () => CivilDate;
  /** Users to try, when this is a demo; otherwise none. */
  readonly demoUsers: () => Promise<readonly DemoUser[]>;
  readonly limits: (actor: Actor) => Promise<SessionLimits>;
  /**
   * Sends these waiting messages now, and tells how many had which end; null where that is left to
   * the timer. Missing where nothing leaves.
   */
  readonly deliver?: (communicationIds: readonly number[]) => Promise<Delivered | null>;
  /** Changes when somebody has committed; cheap to ask. */
  readonly changeCounter: () => Promise<number>;
  /** Who has which record open; opened at the first call. */
  readonly presence: () => Promise<PresenceStore>;
  /** Loads what the first change needs, in the background. */
  readonly warm: () => Promise<void>;
  readonly close: () => Promise<void>;
}
