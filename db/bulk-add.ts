import { sql } from 'kysely';
import { isSqlite } from './check/finding.ts';
import { pieces } from './bulk.ts';
import type { Db, Schema } from './schema.ts';

/** Rows of one statement: some hundred kB of text. */
const ROWS = 10_000;

/**
 * Adds to one integer column of many rows, each its own amount, in one statement for some thousand
 * rows: relative, so that nothing that others added is lost.
 * @param key the column by which rows are known
 */
export async function addToRows<T extends keyof Schema & string>(
  db: Db,
  table: T,
  key: keyof Schema[T] & string,
  column: keyof Schema[T] & string,
  amounts: ReadonlyMap<number, number>,
): Promise<void> {
  const moved = [...amounts].filter(([, amount]) => amount !== 0);
  const [to, id, value] = [sql.table(table), sql.ref(key), sql.ref(column)];
  for (const some of pieces(moved, ROWS)) {
    await sql`update ${to} set ${value} = ${value} + moved.amount from ${pairs(db, JSON.stringify(some))} as moved
      where ${sql.table(table)}.${id} = moved.id`.execute(db);
  }
}

/** Ids as a list that both engines take as one parameter, for `where … in`. */
export function idList(db: Db, ids: readonly number[]) {
  const text = JSON.stringify(ids);
  return isSqlite(db)
    ? sql<number>`(select value from json_each(${text}))`
    : sql<number>`(select (v #>> '{}')::bigint from json_array_elements(${text}::json) as v)`;
}

/** Sets one identity column of many rows, each to its own value; as {@link addToRows}. */
export async function setInRows<T extends keyof Schema & string>(
  db: Db,
  table: T,
  key: keyof Schema[T] & string,
  column: keyof Schema[T] & string,
  values: ReadonlyMap<number, number>,
): Promise<void> {
  const [to, id, value] = [sql.table(table), sql.ref(key), sql.ref(column)];
  for (const some of pieces([...values], ROWS)) {
    await sql`update ${to} set ${value} = moved.amount from ${pairs(db, JSON.stringify(some))} as moved
      where ${sql.table(table)}.${id} = moved.id`.execute(db);
  }
}

/** Pairs of an id and a number, as a table. */
const pairs = (db: Db, text: string) =>
  isSqlite(db)
    ? sql`(select value ->> 0 as id, value ->> 1 as amount from json_each(${text}))`
    : sql`(select (v ->> 0)::bigint as id, (v ->> 1)::bigint as amount from json_array_elements(${text}::json) as v)`;
