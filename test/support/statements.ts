import type BetterSqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import type { Db } from '#db/schema.ts';
import { ImmediateSqliteDialect } from '#db/sqlite-dialect.ts';

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** A query builder over a SQLite file that keeps what it executes. */
export function recordingDb(file: BetterSqlite.Database): { readonly db: Db; readonly taken: Statement[] } {
  const taken: Statement[] = [];
  const recorded = new Proxy(file, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name !== 'prepare') return typeof value === 'function' ? value.bind(target) : value;
      return (sql: string) => recording(target.prepare(sql), sql, taken);
    },
  });
  return { db: new Kysely({ dialect: new ImmediateSqliteDialect(recorded) }), taken };
}

function recording(statement: BetterSqlite.Statement, sql: string, taken: Statement[]): BetterSqlite.Statement {
  return new Proxy(statement, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...parameters: unknown[]) => {
        if (name === 'all' || name === 'run') taken.push({ sql, parameters });
        return (value as (...args: unknown[]) => unknown).apply(target, parameters);
      };
    },
  });
}
