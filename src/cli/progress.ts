import { tell } from './output.ts';

/** Shortest time between two reports, ms: a line's redraw on a terminal, a line of a log. */
const TERMINAL_MS = 100;
const LOG_MS = 5000;

/** Shows progress on standard error: one line redrawn on a terminal, now and then a line elsewhere. */
export function progressLine(): {
  readonly show: (phase: string, done: number, of: number | null) => void;
  readonly end: () => void;
} {
  const { stderr } = process;
  let shownAt = 0;
  let drawn = false;
  return {
    show: (phase, done, of) => {
      const now = performance.now();
      if (now - shownAt < (stderr.isTTY ? TERMINAL_MS : LOG_MS)) return;
      const share = of === null ? '' : ` of ${of} (${Math.floor((100 * done) / Math.max(of, 1))} %)`;
      const text = `${phase} ${done}${share}`;
      if (!stderr.isTTY) {
        if (shownAt > 0) tell(text);
        shownAt = now;
        return;
      }
      shownAt = now;
      stderr.write(`\r${text}\u001B[K`);
      drawn = true;
    },
    end: () => {
      if (drawn) stderr.write('\r\u001B[K');
      drawn = false;
    },
  };
}
