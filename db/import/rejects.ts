import { once } from 'node:events';
import { createWriteStream, openSync, type WriteStream } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { ImportProblem, type Reject } from './problem.ts';

/** How many rejects are told in a summary; all are counted and all go to the rejects file. */
const TOLD = 20;

/**
 * Collects rows that were not taken, and writes them to a file that can be mended and
 * imported. The file is made with the first of them, for its owner only, and never over another.
 */
export class Rejects {
  readonly #path: string | null;
  #stream: WriteStream | null = null;
  readonly first: Reject[] = [];
  count = 0;

  constructor(path: string | null) {
    this.#path = path;
  }

  /** @throws ImportProblem when the file cannot be made */
  add(reject: Reject, cells: readonly string[]): void {
    this.count += 1;
    if (this.first.length < TOLD) this.first.push(reject);
    if (this.#path === null) return;
    if (!this.#stream) {
      this.#stream = openNew(this.#path);
      this.#write(['file', 'row', 'reason', 'original row']);
    }
    this.#write([reject.file, reject.row, reject.reason, ...cells]);
  }

  #write(cells: readonly (string | number)[]): void {
    this.#stream?.write(stringify([[...cells]]));
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
      throw unwritable(this.#path, error);
    }
  }
}

function openNew(path: string): WriteStream {
  try {
    const stream = createWriteStream(path, { fd: openSync(path, 'wx', 0o600) });
    stream.on('error', () => {});
    return stream;
  } catch (error) {
    throw unwritable(path, error);
  }
}

function unwritable(path: string | null, error: unknown): ImportProblem {
  const exists = (error as { code?: unknown }).code === 'EEXIST';
  return new ImportProblem(`The rejects file ${path} ${exists ? 'exists already' : 'cannot be written'}`);
}
