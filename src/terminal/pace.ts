/** Asks the terminal "are you well?"; the answer comes when it has read all before it. */
const REQUEST = '\x1b[5n';
const ANSWER = '\x1b[0n';

/** An answer that takes longer never comes, or the line is dead. */
const PATIENCE_MS = 3000;
const LEAST = 2;
const MOST = 16;

export interface Clock {
  now(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

const REAL_CLOCK: Clock = {
  now: () => performance.now(),
  setTimeout: (run, ms) => setTimeout(run, ms).unref(),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

/**
 * Keeps a slow line from filling up with frames that are old when they arrive. Kernel, SSH and
 * modem buffers take seconds of output without complaint, so each frame asks the terminal for
 * an answer, and only a few frames may be on the way: fewer when answers grow late (the line
 * queues), more when they come as fast as the line ever answered. A terminal that does not
 * answer is not asked again.
 */
export class Pace {
  readonly #ready: () => void;
  readonly #clock: Clock;
  #enabled: boolean;
  #answered = false;
  #sent: number[] = [];
  #window = LEAST;
  #fastest = Infinity;
  #timer: unknown = null;
  readonly #waiting: (() => void)[] = [];

  /** `ready` is called when another frame may go after there was no room for one. */
  constructor(enabled: boolean, ready: () => void, clock: Clock = REAL_CLOCK) {
    this.#enabled = enabled;
    this.#ready = ready;
    this.#clock = clock;
  }

  get open(): boolean {
    return !this.#enabled || this.#sent.length < this.#window;
  }

  /** Frames whose arrival the terminal has not confirmed. */
  get underway(): number {
    return this.#sent.length;
  }

  /** Resolves when the terminal owes no answer, or is not expected to give it. */
  answered(): Promise<void> {
    if (this.underway === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** What to append to a frame. */
  request(): string {
    if (!this.#enabled) return '';
    this.#sent.push(this.#clock.now());
    this.#timer ??= this.#clock.setTimeout(() => this.#overdue(), PATIENCE_MS);
    return REQUEST;
  }

  /** Takes an answer of the terminal; false when it is not to this. */
  report(sequence: string): boolean {
    if (sequence !== ANSWER) return false;
    const sent = this.#sent.shift();
    if (sent === undefined) return true;
    this.#answered = true;
    this.#adapt(this.#clock.now() - sent);
    this.#restartTimer();
    this.#release();
    this.#ready();
    return true;
  }

  #adapt(took: number): void {
    this.#fastest = Math.min(this.#fastest, took);
    if (took <= this.#fastest * 1.1 + 5) this.#window = Math.min(MOST, this.#window + 1);
    else if (took > this.#fastest * 1.3 + 10) this.#window = Math.max(LEAST, this.#window - 1);
  }

  #restartTimer(): void {
    if (this.#timer !== null) this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#sent.length === 0 ? null : this.#clock.setTimeout(() => this.#overdue(), PATIENCE_MS);
  }

  #release(): void {
    if (this.underway === 0) for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #overdue(): void {
    this.#timer = null;
    this.#sent = [];
    this.#window = LEAST;
    if (!this.#answered) this.#enabled = false;
    this.#release();
    this.#ready();
  }
}
