import type BetterSqlite from 'better-sqlite3';
import { type Cell, type DemoTable, type Sink } from './sink.ts';
import { DEMO_TABLES } from './tables.ts';

/** Rows of one prepared statement: fewer calls into SQLite, the most that still pays. */
const ROWS = 32;
/** Between two turns of the event loop, so that progress is painted and a cancel heard. */
const TURN_MS = 60;

/** Bound parameters cost more than the inserts themselves: full statements, one flat array a table. */
class TableWriter {
  readonly #width: number;
  readonly #full: BetterSqlite.Statement;
  readonly #single: BetterSqlite.Statement;
  #pending: Cell[] = [];

  constructor(file: BetterSqlite.Database, table: DemoTable) {
    const columns = DEMO_TABLES[table];
    const row = `(${columns.map(() => '?').join(',')})`;
    const insert = `insert into "${table}" (${columns.map((c) => `"${c}"`).join(',')}) values `;
    this.#width = columns.length;
    this.#full = file.prepare(insert + Array.from({ length: ROWS }, () => row).join(','));
    this.#single = file.prepare(insert + row);
  }

  add(values: Cell[]): void {
    for (let i = 0; i < this.#width; i++) this.#pending.push(values[i]!);
    if (this.#pending.length < ROWS * this.#width) return;
    this.#full.run(this.#pending);
    this.#pending = [];
  }

  flush(): void {
    for (let i = 0; i < this.#pending.length; i += this.#width) {
      this.#single.run(this.#pending.slice(i, i + this.#width));
    }
    this.#pending = [];
  }
}

/** Writes straight through the file's connection; the caller has begun a transaction. */
export class SqliteSink implements Sink {
  readonly #file: BetterSqlite.Database;
  readonly #writers = new Map<DemoTable, TableWriter>();
  #turn = performance.now();

  constructor(file: BetterSqlite.Database) {
    this.#file = file;
  }

  readonly add = (table: DemoTable, ...values: Cell[]): void => {
    let writer = this.#writers.get(table);
    if (!writer) this.#writers.set(table, (writer = new TableWriter(this.#file, table)));
    writer.add(values);
  };

  readonly breathe = async (): Promise<void> => {
    if (performance.now() - this.#turn < TURN_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#turn = performance.now();
  };

  flush(): void {
    for (const writer of this.#writers.values()) writer.flush();
  }
}
