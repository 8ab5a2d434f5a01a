import type BetterSqlite from 'better-sqlite3';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type TransactionSettings,
} from 'kysely';

/** How long a transaction waits for another process's write lock before it gives up, ms. */
const LOCK_WAIT_MS = 15_000;
const STATEMENTS_KEPT = 400;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether SQLite refused because another process holds the lock. */
export const isBusy = (error: unknown): boolean =>
  error instanceof Error && String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY');

/** What SQLite can bind: booleans become 0/1, `undefined` null. */
function bindable(value: unknown): unknown {
  if (value === true) return 1;
  if (value === false) return 0;
  return value === undefined ? null : value;
}

class SqliteConnection implements DatabaseConnection {
  readonly #file: BetterSqlite.Database;
  readonly #statements = new Map<string, BetterSqlite.Statement>();
  inTransaction = false;

  constructor(file: BetterSqlite.Database) {
    this.#file = file;
  }

  #prepare(sql: string): BetterSqlite.Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#file.prepare(sql);
    if (this.#statements.size >= STATEMENTS_KEPT) {
      this.#statements.delete(this.#statements.keys().next().value!);
    }
    // Statements without parameters are mostly made once with their values inside: not worth keeping.
    if (sql.includes('?')) this.#statements.set(sql, statement);
    return statement;
  }

  run(sql: string): void {
    this.#file.exec(sql);
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const until = performance.now() + LOCK_WAIT_MS;
    for (let attempt = 1; ; attempt++) {
      try {
        return this.#execute<R>(query);
      } catch (error) {
        // Inside a transaction the lock is ours; outside, a reader may meet a checkpoint.
        if (this.inTransaction || !isBusy(error) || performance.now() > until) throw error;
        await sleep(2 + Math.random() * Math.min(8 * attempt, 60));
      }
    }
  }

  #execute<R>(query: CompiledQuery): QueryResult<R> {
    const statement = this.#prepare(query.sql);
    const parameters = query.parameters.map(bindable);
    if (statement.reader) return { rows: statement.all(...parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    for (const row of this.#file.prepare(query.sql).iterate(...query.parameters.map(bindable))) {
      yield { rows: [row as R] };
    }
  }
}

/** One at a time, in the order of asking. */
class Mutex {
  #tail: Promise<void> = Promise.resolve();
  #release: () => void = () => {};

  async lock(): Promise<void> {
    const before = this.#tail;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#tail = promise;
    await before;
    this.#release = resolve;
  }

  unlock(): void {
    this.#release();
  }
}

/** Whose turn it is to have a transaction on a handle: several dialects may share one (`:memory:`, a file opened alone). */
const turns = new WeakMap<BetterSqlite.Database, Mutex>();

function turnsOf(file: BetterSqlite.Database): Mutex {
  const known = turns.get(file) ?? new Mutex();
  turns.set(file, known);
  return known;
}

/**
 * Transactions begin with the write lock, because SQLite refuses at once to turn a
 * reader whose snapshot is stale into a writer; the wait for the lock is asynchronous,
 * because a blocked thread is a frozen screen.
 */
class ImmediateDriver implements Driver {
  readonly #connection: SqliteConnection;
  readonly #mutex = new Mutex();
  readonly #turns: Mutex;

  constructor(file: BetterSqlite.Database) {
    this.#connection = new SqliteConnection(file);
    this.#turns = turnsOf(file);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    await this.#mutex.lock();
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#mutex.unlock();
  }

  async beginTransaction(_connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const begin = settings.accessMode === 'read only' ? 'begin' : 'begin immediate';
    await this.#turns.lock();
    const until = performance.now() + LOCK_WAIT_MS;
    for (let attempt = 1; ; attempt++) {
      try {
        this.#connection.run(begin);
        this.#connection.inTransaction = true;
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() > until) {
          this.#turns.unlock();
          throw error;
        }
        await sleep(2 + Math.random() * Math.min(8 * attempt, 60));
      }
    }
  }

  async commitTransaction(): Promise<void> {
    this.#connection.run('commit');
    this.#connection.inTransaction = false;
    this.#turns.unlock();
  }

  async rollbackTransaction(): Promise<void> {
    this.#connection.inTransaction = false;
    try {
      this.#connection.run('rollback');
    } finally {
      this.#turns.unlock();
    }
  }

  async savepoint(_connection: DatabaseConnection, name: string): Promise<void> {
    this.#connection.run(`savepoint "${name}"`);
  }

  async rollbackToSavepoint(_connection: DatabaseConnection, name: string): Promise<void> {
    this.#connection.run(`rollback to "${name}"`);
  }

  async releaseSavepoint(_connection: DatabaseConnection, name: string): Promise<void> {
    this.#connection.run(`release "${name}"`);
  }

  async destroy(): Promise<void> {}
}

/** Kysely over an open better-sqlite3 file, whose closing is its opener's business. */
export class ImmediateSqliteDialect implements Dialect {
  readonly #file: BetterSqlite.Database;

  constructor(file: BetterSqlite.Database) {
    this.#file = file;
  }

  createDriver(): Driver {
    return new ImmediateDriver(this.#file);
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): SqliteAdapter {
    return new SqliteAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}
