import type { Timers } from '../surroundings/timers.ts';

export interface LiveSource {
  /** Changes when somebody else has committed. */
  readonly counter: () => Promise<number>;
  readonly changed: () => void;
  /** Called at every look, so that what else looks around needs no timer of its own. */
  readonly looked: () => void;
}

/** With the time to fetch and paint, others' changes are seen within a second, ms. */
const EVERY = 400;

/** Watches for other people's changes: one cheap question every time, nothing while nothing changes. */
export class Live {
  readonly #timers: Timers;
  readonly #source: LiveSource;
  #last: number | null = null;
  #stop: (() => void) | null = null;

  constructor(timers: Timers, source: LiveSource) {
    this.#timers = timers;
    this.#source = source;
  }

  start(): void {
    this.stop();
    this.#next();
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
    this.#last = null;
  }

  #next(): void {
    this.#stop = this.#timers.after(EVERY, () => void this.#look());
  }

  async #look(): Promise<void> {
    const stop = this.#stop;
    this.#source.looked();
    try {
      const counter = await this.#source.counter();
      if (this.#stop !== stop) return;
      if (this.#last !== null && counter !== this.#last) this.#source.changed();
      this.#last = counter;
    } catch {
      // The database is busy or away: what the operator does next says so.
    }
    if (this.#stop === stop) this.#next();
  }
}
