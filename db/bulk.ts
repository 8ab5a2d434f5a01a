import { CompiledQuery, type Insertable, type Kysely } from 'kysely';
import { insertAsJson } from './bulk-postgres.ts';
import { isSqlite } from './check/finding.ts';
import type { Db, Schema } from './schema.ts';

/** Bound parameters that both engines take in one statement, with room to spare. */
const PARAMETERS = 24_000;
const ROWS = 500;
/** Rows of one statement on PostgreSQL: some MB of text. */
const JSON_ROWS = 10_000;

type Cell = string | number | null;
type AnyTable = Kysely<Record<string, Record<string, Cell>>>;

/** Text of inserts by table, columns and number of rows: compiling them costs more than running. */
const texts = new Map<string, string>();

/** Inserts rows that all have the same columns, in as few statements as the engines allow. */
export async function insertRows<T extends keyof Schema & string>(
  db: Db,
  table: T,
  rows: readonly Insertable<Schema[T]>[],
): Promise<void> {
  if (rows.length === 0) return;
  const cells = rows as readonly Record<string, Cell>[];
  const columns = Object.keys(cells[0]!);
  if (!isSqlite(db)) {
    for (const chunk of pieces(cells, JSON_ROWS)) {
      await insertAsJson(
        db,
        table,
        columns,
        chunk.map((row) => columns.map((column) => row[column] ?? null)),
      );
    }
    return;
  }
  const size = Math.min(ROWS, Math.floor(PARAMETERS / columns.length));
  for (let from = 0; from < cells.length; from += size) {
    const chunk = cells.slice(from, from + size);
    const parameters = chunk.flatMap((row) => columns.map((column) => row[column] ?? null));
    await db.executeQuery(CompiledQuery.raw(insertOf(db, table, columns, chunk), parameters));
  }
}

function insertOf(db: Db, table: string, columns: readonly string[], chunk: readonly Record<string, Cell>[]): string {
  const shape = `${db.getExecutor().adapter.constructor.name} ${table} ${columns.join()} ${chunk.length}`;
  let text = texts.get(shape);
  if (text === undefined) {
    const whole = chunk.map((row) => Object.fromEntries(columns.map((column) => [column, row[column] ?? null])));
    text = (db as unknown as AnyTable).insertInto(table).values(whole).compile().sql;
    texts.set(shape, text);
  }
  return text;
}

/** Cuts a list into pieces of at most `size`. */
export function* pieces<T>(list: readonly T[], size = ROWS): Generator<T[]> {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size);
}
