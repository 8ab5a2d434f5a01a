import { writeAtOnce } from './sink.ts';

/** Alternate screen, no automatic wrap, bracketed paste; then an empty screen. */
const ENTER = '\x1b[?1049h\x1b[?7l\x1b[?2004h\x1b[m\x1b[H\x1b[2J';
/** Undoes all that may be on: links, colours, scroll region, wrap, paste, cursor, alternate screen. */
const LEAVE = '\x1b]8;;\x1b\\\x1b[m\x1b[?2026l\x1b[r\x1b[?7h\x1b[?2004l\x1b[?25h\x1b[?1049l';
/** In screen-reader mode the normal screen is used as it is. */
const ENTER_LINEAR = '\x1b[?2004h';
const LEAVE_LINEAR = '\x1b[m\x1b[?2004l\x1b[?25h\r\n';

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
/** A signal ends the program within this time, whatever hangs. */
const GRACE_MS = 900;

/** What has to let go of the terminal while the program is stopped, and take it again. */
export interface TerminalUser {
  release(): void;
  reclaim(): Promise<void> | void;
  /** Time to end: a signal, or the terminal is gone. May finish work; the process ends anyway. */
  ending?(): Promise<void> | void;
}

/**
 * The terminal's modes, and their undoing: one synchronous write whichever way the process
 * ends, except by SIGKILL.
 */
export class TerminalModes {
  readonly #descriptor: number;
  readonly #linear: boolean;
  readonly #mayStop: boolean;
  readonly #users: TerminalUser[] = [];
  #entered = false;
  #ending = false;

  /** @param options `mayStop` false: a stop from the terminal is ignored, because no shell would take over */
  constructor(options: { readonly descriptor?: number; readonly linear?: boolean; readonly mayStop?: boolean } = {}) {
    this.#descriptor = options.descriptor ?? 1;
    this.#linear = options.linear ?? false;
    this.#mayStop = options.mayStop ?? true;
  }

  /** Sets the modes and takes care of every way out. */
  enter(): void {
    this.#set();
    process.on('exit', () => this.leave());
    for (const name of Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]) {
      process.on(name, () => void this.end(128 + SIGNALS[name]));
    }
    process.on('SIGTSTP', this.#stopped);
    process.on('SIGCONT', this.#continued);
    // Without a listener the runtime opens its debugger to everybody on the machine.
    process.on('SIGUSR1', () => {});
    process.stdin.on('end', this.gone);
    process.stdin.on('error', this.gone);
    process.stdout.on('error', this.gone);
  }

  use(user: TerminalUser): void {
    this.#users.push(user);
  }

  /** Gives the terminal back as it was. */
  leave(): void {
    if (!this.#entered) return;
    this.#entered = false;
    writeAtOnce(this.#descriptor, this.#linear ? LEAVE_LINEAR : LEAVE);
  }

  /** The terminal is gone: the same as a hang-up. */
  readonly gone = (): void => {
    void this.end(128 + SIGNALS.SIGHUP);
  };

  /** Ends the process, giving users a moment to finish. */
  async end(code: number): Promise<void> {
    if (this.#ending) return;
    this.#ending = true;
    setTimeout(() => process.exit(code), GRACE_MS).unref();
    try {
      await Promise.all(this.#users.map((user) => user.ending?.()));
    } finally {
      process.exit(code);
    }
  }

  /**
   * Stops the process group as Ctrl+Z does, so that the shell takes over; continues here when
   * it is brought back. Where no shell would (the session's only process) nothing is stopped.
   */
  readonly suspend = (): void => {
    if (!this.#entered) return;
    for (const user of this.#users) user.release();
    this.leave();
    process.off('SIGTSTP', this.#stopped);
    process.kill(0, 'SIGTSTP');
    process.on('SIGTSTP', this.#stopped);
    this.#restore();
  };

  readonly #stopped = (): void => {
    if (this.#mayStop) this.suspend();
  };

  readonly #continued = (): void => {
    if (!this.#entered) return;
    this.#restore();
  };

  #restore(): void {
    this.#set();
    for (const user of this.#users) void user.reclaim();
  }

  #set(): void {
    this.#entered = true;
    writeAtOnce(this.#descriptor, this.#linear ? ENTER_LINEAR : ENTER);
  }
}
