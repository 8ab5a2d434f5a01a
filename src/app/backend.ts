import type { PresenceStore } from '#db/presence.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Actor } from '#services/actor.ts';
import type { Call } from '#services/operation.ts';

/** A user that the demo utility offers to sign in as. */
export interface DemoUser {
  readonly username: string;
  readonly password: string;
  /** What this user may do, in a few words. */
  readonly role: string;
}

/** How long an operator may be away, and at work, by the company's options. */
export interface SessionLimits {
  /** Minutes without a key after which the screen locks; 0 never. */
  readonly idleMinutes: number;
  /** Hours after which a session ends whatever it does. */
  readonly sessionHours: number;
}

/** The data side of the program, as the shell needs it. */
export interface Backend {
  /** @throws Failure when user or password is not right */
  readonly signIn: (username: string, password: string) => Promise<Actor>;
  /** `changed` hears of rights that were given or taken away since. */
  readonly callAs: (actor: Actor, changed?: (actor: Actor) => void) => Call;
  readonly today: () => CivilDate;
  /** Users to try, when this is a demo; otherwise none. */
  readonly demoUsers: () => Promise<readonly DemoUser[]>;
  readonly limits: () => Promise<SessionLimits>;
  /** Changes when somebody has committed; cheap to ask. */
  readonly changeCounter: () => Promise<number>;
  /** Who has which record open; opened at the first call. */
  readonly presence: () => Promise<PresenceStore>;
  /** Loads what the first change needs, in the background. */
  readonly warm: () => Promise<void>;
  readonly close: () => Promise<void>;
}
