import { createStore } from 'zustand/vanilla';
import type { InputEvent } from '#keymap/keys.ts';
import { Failure } from '#services/failure.ts';
import { emptyField, fieldInput, type FieldState } from '#ui/field/model.ts';
import type { Credentials } from '#services/users/reauthenticate.ts';
import type { SessionLimits } from '../surroundings/backend.ts';
import type { Timers } from '../surroundings/timers.ts';

export interface LockState {
  readonly locked: boolean;
  readonly password: FieldState;
  /** Null until it turns out that a code is needed, too. */
  readonly code: FieldState | null;
  readonly focus: 'password' | 'code';
  readonly message: string;
  readonly checking: boolean;
}

/** How long before locking it is said, ms. */
const WARNING = 60_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** How long before the session ends it is said, ms. */
const LAST_CALL = 5 * MINUTE;

export interface LockHost {
  readonly timers: Timers;
  /** Said a minute before. */
  readonly warn: (text: string) => void;
  /** Called when it locks: the chance to keep drafts. */
  readonly locking: () => void;
  /** The session has lasted as long as it may. */
  readonly ended: () => void;
  /** @throws Failure when password or code is not right; with the field `code` when one is missing */
  readonly check: (credentials: Credentials) => Promise<unknown>;
}

const OPEN: LockState = {
  locked: false,
  password: emptyField(),
  code: null,
  focus: 'password',
  message: '',
  checking: false,
};

/** Locks the screen after some minutes without a key; everything stays as it is behind the lock. */
export class IdleLock {
  readonly store = createStore<LockState>(() => OPEN);
  readonly #host: LockHost;
  #minutes = 0;
  #endsInstead = false;
  #lastInput = 0;
  #warned = false;
  #stop: (() => void) | null = null;
  #stopSession: () => void = () => {};

  constructor(host: LockHost) {
    this.#host = host;
  }

  get locked(): boolean {
    return this.store.getState().locked;
  }

  /** Begins to watch; 0 minutes never locks. */
  start({ idleMinutes, sessionHours, endsInstead = false }: SessionLimits): void {
    this.stop();
    this.#minutes = idleMinutes;
    this.#endsInstead = endsInstead;
    this.touch();
    if (idleMinutes > 0) this.#watch();
    const length = sessionHours * HOUR;
    const { timers, warn, ended } = this.#host;
    const stopWarning = timers.after(length - LAST_CALL, () =>
      warn('The session ends in five minutes. Save what is open.'),
    );
    const stopEnd = timers.after(length, ended);
    this.#stopSession = () => {
      stopWarning();
      stopEnd();
    };
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
    this.#stopSession();
    this.store.setState(OPEN);
  }

  /** Somebody is there. */
  touch(): void {
    this.#lastInput = this.#host.timers.now();
    this.#warned = false;
  }

  /** Locks when the time is up already, which no timer has told while the program was stopped; true when locked. */
  review(): boolean {
    const idle = this.#idle();
    if (this.#stop && this.#minutes > 0 && idle >= this.#minutes * MINUTE) this.lock();
    return this.locked;
  }

  lock(): void {
    if (this.locked) return;
    if (this.#endsInstead) return this.#host.ended();
    this.#host.locking();
    this.store.setState({ ...OPEN, locked: true });
  }

  /** Somebody else needs the place: back to sign-in; what was typed was kept when it locked. */
  leave(): void {
    if (!this.store.getState().checking) this.#host.ended();
  }

  input(event: InputEvent): boolean {
    if (event.type === 'key' && event.key === 'enter') return false;
    const { code, focus, password } = this.store.getState();
    if (code !== null && event.type === 'key' && /^(?:shift\+)?tab$|^up$|^down$/.test(event.key)) {
      this.store.setState({ focus: focus === 'code' ? 'password' : 'code' });
      return true;
    }
    const typed = fieldInput(focus === 'code' && code ? code : password, event, { maxLength: 200 });
    if (typed === null) return false;
    this.store.setState({ [focus]: typed, message: '' });
    return true;
  }

  async unlock(): Promise<void> {
    const { password, code, checking } = this.store.getState();
    if (checking) return;
    this.store.setState({ checking: true, message: 'Checking' });
    try {
      await this.#host.check({ password: password.text, code: code?.text });
      this.touch();
      this.store.setState(OPEN);
      if (this.#minutes > 0) this.#watch();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#refuse(error);
    } finally {
      this.store.setState({ checking: false });
    }
  }

  /** Wrong; or right so far, and a code is needed as well. */
  #refuse({ message, fields, code: failed }: Failure): void {
    const { code } = this.store.getState();
    if (failed === 'invalid' && fields['code'] !== undefined) {
      return this.store.setState({ code: code ?? emptyField(), focus: 'code', message });
    }
    this.store.setState({ password: emptyField(), code: code && emptyField(), focus: 'password', message });
  }

  /** How long nobody has been there, ms. Of a clock that was put back it counts from there: that must not keep the screen open. */
  #idle(): number {
    const now = this.#host.timers.now();
    this.#lastInput = Math.min(this.#lastInput, now);
    return now - this.#lastInput;
  }

  #watch(): void {
    this.#stop?.();
    const idle = this.#idle();
    const limit = this.#minutes * MINUTE;
    if (idle >= limit) return this.lock();
    if (idle >= limit - WARNING && !this.#warned) {
      this.#warned = true;
      this.#host.warn('The screen locks in a minute. Any key keeps it open.');
    }
    const next = idle < limit - WARNING ? limit - WARNING - idle : limit - idle;
    this.#stop = this.#host.timers.after(Math.max(1, next), () => this.#watch());
  }
}
