import type { Db } from '../schema.ts';
import { type Cell, type DemoTable, type Sink } from './sink.ts';
import { DEMO_TABLES } from './tables.ts';

/** PostgreSQL takes 65,535 parameters a statement. */
const PARAMETERS = 60_000;
/** Rows held back before they are written. */
const HELD = 20_000;

/** Multi-row inserts in the order of {@link DEMO_TABLES}, which is also the order of references. */
export class KyselySink implements Sink {
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
      const columns: readonly string[] = DEMO_TABLES[table];
      const size = Math.floor(PARAMETERS / columns.length);
      for (let i = 0; i < rows.length; i += size) {
        const values = rows
          .slice(i, i + size)
          .map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null])));
        await this.#db
          .insertInto(table)
          .values(values as never)
          .execute();
      }
    }
    this.#pending.clear();
    this.#held = 0;
  }
}
