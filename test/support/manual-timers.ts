import type { Timers } from '#app/surroundings/timers.ts';

/** Time that stands still until a test moves it. */
export class ManualTimers implements Timers {
  #now: number;
  #waiting: { readonly at: number; readonly run: () => void }[] = [];

  constructor(now: number) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly after = (ms: number, run: () => void): (() => void) => {
    const timer = { at: this.#now + ms, run };
    this.#waiting.push(timer);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== timer);
    };
  };

  /** Time passes while nothing runs: the machine sleeps, or the process is stopped. */
  sleep(ms: number): void {
    this.#now += ms;
  }

  /** Runs what falls due, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#waiting.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#waiting = this.#waiting.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = end;
  }
}
