import { insertAsJson } from '../bulk-postgres.ts';
import type { Db } from '../schema.ts';
import { type Cell, type DemoTable, type Sink } from './sink.ts';
import { DEMO_TABLES } from './tables.ts';

/** Rows held back before they are written. */
const HELD = 20_000;

/** Loads PostgreSQL table by table, many rows at once. */
export class PostgresSink implements Sink {
  readonly #db: Db;
  readonly #pending = new Map<DemoTable, Cell[][]>();
  #held = 0;

  constructor(db: Db) {
    this.#db = db;
  }

  readonly add = (table: DemoTable, ...values: Cell[]): void => {
    const rows = this.#pending.get(table);
    if (rows) rows.push(values);
    else this.#pending.set(table, [values]);
    this.#held += 1;
  };

  readonly breathe = async (): Promise<void> => {
    if (this.#held >= HELD) await this.flush();
  };

  async flush(): Promise<void> {
    for (const table of Object.keys(DEMO_TABLES) as DemoTable[]) {
      const rows = this.#pending.get(table) ?? [];
      if (rows.length > 0) await insertAsJson(this.#db, table, DEMO_TABLES[table], rows);
    }
    this.#pending.clear();
    this.#held = 0;
  }
}
