import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { stringify } from 'csv-stringify/sync';
import { ImportProblem, type Reject } from './problem.ts';

/** How many rejects are told in a summary; all are counted and all go to the rejects file. */
const TOLD = 20;

/** Collects rows that were not taken, and writes them to a file that can be mended and imported. */
export class Rejects {
  readonly #stream: WriteStream | null;
  readonly first: Reject[] = [];
  count = 0;

  constructor(path: string | null) {
    this.#stream = path === null ? null : createWriteStream(path, { mode: 0o600 });
    this.#stream?.on('error', () => {});
    this.#write(['file', 'row', 'reason', 'original row']);
  }

  #write(cells: readonly (string | number)[]): void {
    this.#stream?.write(stringify([[...cells]]));
  }

  add(reject: Reject, cells: readonly string[]): void {
    this.count += 1;
    if (this.first.length < TOLD) this.first.push(reject);
    this.#write([reject.file, reject.row, reject.reason, ...cells]);
  }

  /** @throws ImportProblem when the file could not be written */
  async close(): Promise<void> {
    const stream = this.#stream;
    if (!stream || stream.closed) return;
    try {
      if (stream.errored) throw stream.errored;
      stream.end();
      await once(stream, 'close');
    } catch (error) {
      throw new ImportProblem(
        `The rejects file ${String(stream.path)} cannot be written (${(error as Error).message})`,
      );
    }
  }
}
