import type { Db } from '../schema.ts';

/** Something that may not be so. Names accounts and identities, never persons. */
export interface Finding {
  /** Number of the account, where the fault is an account's. */
  readonly account: string | null;
  readonly message: string;
}

/** A property that the database always has. */
export interface Rule {
  readonly name: string;
  /** What it proves, as the report says it. */
  readonly title: string;
  /** At most `limit` violations. */
  readonly find: (db: Db, limit: number) => Promise<Finding[]>;
}

/** Which engine answers: SQLite's adapter alone cannot undo changes of the schema. */
export const isSqlite = (db: Db): boolean => !db.getExecutor().adapter.supportsTransactionalDdl;
