import { write, writeSync } from 'node:fs';

/** Where the screen's bytes go. `done` is called when the line has taken them. */
export interface Sink {
  write(data: string, done: () => void): void;
}

const RETRY_MS = 5;

/**
 * A terminal by its descriptor. Writing happens off the main thread: a terminal that does not
 * read (a stopped client, a dead line) holds back frames, never the program.
 */
export class DescriptorSink implements Sink {
  readonly #descriptor: number;
  readonly #gone: (error: NodeJS.ErrnoException) => void;

  constructor(descriptor: number, gone: (error: NodeJS.ErrnoException) => void) {
    this.#descriptor = descriptor;
    this.#gone = gone;
  }

  write(data: string, done: () => void): void {
    this.#some(Buffer.from(data, 'utf8'), done);
  }

  #some(data: Buffer, done: () => void): void {
    write(this.#descriptor, data, (error, written) => {
      if (error?.code === 'EAGAIN') setTimeout(() => this.#some(data, done), RETRY_MS);
      else if (error) this.#gone(error);
      else if (written < data.length) this.#some(data.subarray(written), done);
      else done();
    });
  }
}

/** At once, for the moments when nothing may be left over; a line that takes no more is left alone. */
export function writeAtOnce(descriptor: number, data: string): void {
  try {
    writeSync(descriptor, data);
  } catch {
    // The terminal is gone: there is nothing to restore.
  }
}
