import { sql } from 'kysely';
import type { Database } from './database.ts';
import { migrationNames } from './migrations/names.ts';

/** The database was made by a newer program. */
export class NewerSchemaError extends Error {
  constructor(names: readonly string[]) {
    super(`this database was made by a newer meterdesk (it has ${names.join(', ')})`);
    this.name = 'NewerSchemaError';
  }
}

/** Names of the migrations that the database has had; empty for a new one. */
export async function appliedMigrations(database: Database): Promise<string[]> {
  const { rows: tables } = await (
    database.engine === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_master where name = 'schema_migration'`
      : sql<{ name: string }>`select table_name as name from information_schema.tables
        where table_schema = current_schema() and table_name = 'schema_migration'`
  ).execute(database.db);
  if (tables.length === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from schema_migration order by id`.execute(database.db);
  return rows.map((row) => row.name);
}

/**
 * Brings the schema up to this program's, loading the ORM only when something is missing.
 * Safe when several processes start at once: the write lock (SQLite) or an advisory lock
 * (PostgreSQL) lets one work while the others find it done.
 */
export async function migrate(database: Database): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const applied = await appliedMigrations(database);
    const unknown = applied.filter((name) => !migrationNames.includes(name));
    if (unknown.length > 0) throw new NewerSchemaError(unknown);
    if (applied.length === migrationNames.length) return;
    try {
      await (await database.orm()).migrateUp();
    } catch (error) {
      // Two first starts meet at the tracking table, which is made outside the transaction.
      if (attempt >= 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
    }
  }
}
