import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PRELOADED = new URL('live-heap.cjs', import.meta.url).pathname;
const PATIENCE_MS = 60_000;

interface Weighed {
  readonly asked: number;
  readonly bytes: number;
}

/** Weighs what is alive in a program that was started with `argv` and `env`. */
export class LiveHeap {
  readonly argv = ['--expose-gc', '--require', PRELOADED] as const;
  readonly env: Readonly<Record<string, string>>;
  readonly #file: string;

  constructor(folder: string) {
    this.#file = join(folder, 'live-heap.json');
    this.env = { LIVE_HEAP_FILE: this.#file };
  }

  #read(): Weighed | null {
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8')) as Weighed;
    } catch {
      // Nothing was weighed yet.
      return null;
    }
  }

  /** Bytes after a collection; null when the program ends meanwhile. */
  async weigh(pid: number, alive: () => boolean): Promise<number | null> {
    const before = this.#read();
    const deadline = performance.now() + PATIENCE_MS;
    if (!alive()) return null;
    process.kill(pid, 'SIGUSR2');
    while (alive()) {
      const now = this.#read();
      // A program that was started anew counts anew.
      if (now && (now.asked !== before?.asked || now.bytes !== before.bytes)) return now.bytes;
      if (performance.now() > deadline) throw new Error('the program does not weigh itself');
      await sleep(20);
    }
    return null;
  }
}
