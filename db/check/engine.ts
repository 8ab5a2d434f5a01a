import { sql } from 'kysely';
import { guardsOf } from '../migrations/guard-names.ts';
import { migrationNames } from '../migrations/names.ts';
import type { Db } from '../schema.ts';
import { type Finding, isSqlite, type Rule } from './finding.ts';

const nobodys = (message: string): Finding => ({ account: null, message });

async function integrity(db: Db, limit: number): Promise<Finding[]> {
  if (!isSqlite(db)) return [];
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(${sql.lit(limit)})`.execute(db);
  return rows.filter((row) => row.integrity_check !== 'ok').map((row) => nobodys(row.integrity_check));
}

async function foreignKeys(db: Db, limit: number): Promise<Finding[]> {
  if (!isSqlite(db)) return [];
  const { rows } = await sql<{ table: string; rowid: number; parent: string }>`pragma foreign_key_check`.execute(db);
  return rows.slice(0, limit).map((row) => nobodys(`${row.table} ${row.rowid}: its ${row.parent} does not exist`));
}

async function guards(db: Db): Promise<Finding[]> {
  const { rows } = await (
    isSqlite(db)
      ? sql<{ name: string }>`select name from sqlite_master where type = 'trigger'`
      : sql<{ name: string }>`select tgname as name from pg_trigger where not tgisinternal and tgenabled in ('O', 'A')`
  ).execute(db);
  const there = new Set(rows.map((row) => row.name));
  return guardsOf(isSqlite(db) ? 'sqlite' : 'postgresql')
    .filter((name) => !there.has(name))
    .map((name) => nobodys(`the guard ${name} is missing`));
}

async function migrations(db: Db): Promise<Finding[]> {
  const { rows } = await sql<{ name: string }>`select name from schema_migration`.execute(db);
  const had = new Set(rows.map((row) => row.name));
  return migrationNames.filter((name) => !had.has(name)).map((name) => nobodys(`the migration ${name} is missing`));
}

/** The file itself and what guards it. PostgreSQL checks its pages and references itself. */
export const engineRules: readonly Rule[] = [
  { name: 'integrity', title: 'Pages, indexes and checks of the file are whole', find: integrity },
  { name: 'foreign-keys', title: 'Every foreign key leads to a row', find: foreignKeys },
  { name: 'guards', title: 'The guards of posted and logged rows are in place', find: guards },
  { name: 'migrations', title: 'The schema is this program’s', find: migrations },
];
