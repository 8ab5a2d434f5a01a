/** Time as the shell uses it; handed in, so that tests move it on themselves. */
export interface Timers {
  /** Epoch ms. */
  readonly now: () => number;
  /** Calls once after so many ms; the answer calls it off. Never keeps the process alive. */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** The machine's own time. */
export const systemTimers: Timers = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
