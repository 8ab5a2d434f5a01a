import { createStore } from 'zustand/vanilla';
import type { InputEvent } from '#keymap/keys.ts';
import { Failure } from '#services/failure.ts';
import { emptyField, fieldInput, type FieldState } from '#ui/field/model.ts';
import type { SessionLimits } from './backend.ts';
import type { Timers } from './timers.ts';

export interface LockState {
  readonly locked: boolean;
  readonly password: FieldState;
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
  /** @throws Failure when the password is not right */
  readonly check: (password: string) => Promise<unknown>;
}

/** Locks the screen after some minutes without a key; everything stays as it is behind the lock. */
export class IdleLock {
  readonly store = createStore<LockState>(() => ({
    locked: false,
    password: emptyField(),
    message: '',
    checking: false,
  }));
  readonly #host: LockHost;
  #minutes = 0;
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
  start({ idleMinutes, sessionHours }: SessionLimits): void {
    this.stop();
    this.#minutes = idleMinutes;
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
    this.store.setState({ locked: false, password: emptyField(), message: '', checking: false });
  }

  /** Somebody is there. */
  touch(): void {
    this.#lastInput = this.#host.timers.now();
    this.#warned = false;
  }

  /** Locks when the time is up already, which no timer has told while the program was stopped; true when locked. */
  review(): boolean {
    const idle = this.#host.timers.now() - this.#lastInput;
    if (this.#stop && this.#minutes > 0 && idle >= this.#minutes * MINUTE) this.lock();
    return this.locked;
  }

  lock(): void {
    if (this.locked) return;
    this.#host.locking();
    this.store.setState({ locked: true, password: emptyField(), message: '' });
  }

  input(event: InputEvent): boolean {
    if (event.type === 'key' && event.key === 'enter') return false;
    const typed = fieldInput(this.store.getState().password, event, { maxLength: 200 });
    if (typed === null) return false;
    this.store.setState({ password: typed, message: '' });
    return true;
  }

  async unlock(): Promise<void> {
    const { password, checking } = this.store.getState();
    if (checking) return;
    this.store.setState({ checking: true, message: 'Checking' });
    try {
      await this.#host.check(password.text);
      this.touch();
      this.store.setState({ locked: false, message: '' });
      if (this.#minutes > 0) this.#watch();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.store.setState({ message: error.message });
    } finally {
      this.store.setState({ checking: false, password: emptyField() });
    }
  }

  #watch(): void {
    this.#stop?.();
    const idle = this.#host.timers.now() - this.#lastInput;
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
