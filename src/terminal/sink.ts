import { closeSync, constants, openSync, write, writeSync } from 'node:fs';

/** Where the screen's bytes go. `done` is called when the line has taken them. */
export interface Sink {
  write(data: string, done: () => void): void;
}

/** A line that takes no more is tried again after this time, in ms, and then ever more rarely. */
const RETRY_MS = 4;
const RAREST_RETRY_MS = 128;

const later = (wait: number): number => Math.min(RAREST_RETRY_MS, wait * 2);

/**
 * A terminal by its descriptor. A terminal that does not read (a stopped client, a dead line)
 * holds back frames, never the program: where it can be opened once more, writing ends when
 * the line takes no more and goes on later; elsewhere it happens off the main thread.
 */
export class DescriptorSink implements Sink {
  readonly #descriptor: number;
  readonly #own: number | null;
  readonly #gone: (error: NodeJS.ErrnoException) => void;

  constructor(descriptor: number, gone: (error: NodeJS.ErrnoException) => void) {
    this.#descriptor = descriptor;
    this.#own = openedAgain(descriptor);
    this.#gone = gone;
  }

  write(data: string, done: () => void): void {
    const bytes = Buffer.from(data, 'utf8');
    if (this.#own === null) this.#elsewhere(bytes, done);
    else this.#here(this.#own, bytes, done);
  }

  #here(descriptor: number, data: Buffer, done: () => void, wait = RETRY_MS): void {
    let rest = data;
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code === 'EAGAIN')
        setTimeout(() => this.#here(descriptor, rest, done, rest === data ? later(wait) : RETRY_MS), wait);
      else this.#gone(error);
      return;
    }
    done();
  }

  #elsewhere(data: Buffer, done: () => void, wait = RETRY_MS): void {
    write(this.#descriptor, data, (error, written) => {
      if (error?.code === 'EAGAIN') setTimeout(() => this.#elsewhere(data, done, later(wait)), wait);
      else if (error) this.#gone(error);
      else if (written < data.length) this.#elsewhere(data.subarray(written), done);
      else done();
    });
  }
}

/** The same terminal by a description of our own, which alone does not wait; null where there is no such way. */
function openedAgain(descriptor: number): number | null {
  try {
    const { O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants;
    return openSync(`/proc/self/fd/${descriptor}`, O_WRONLY | O_NONBLOCK | O_NOCTTY);
  } catch {
    return null;
  }
}

const isFault = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'code' in error;

/** How long the last words may wait for a line that takes no more, in ms. */
const LAST_WORDS_MS = 400;

/** At once, for the moments when nothing may be left over; a line that takes no more is given up. */
export function writeAtOnce(descriptor: number, data: string): void {
  const own = openedAgain(descriptor);
  const deadline = Date.now() + LAST_WORDS_MS;
  let rest = Buffer.from(data, 'utf8');
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(own ?? descriptor, rest));
    } catch (error) {
      // Gone, or stalled for too long: there is nothing to restore.
      if (!isFault(error) || error.code !== 'EAGAIN' || Date.now() > deadline) break;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
  if (own !== null) closeSync(own);
}
