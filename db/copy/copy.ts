import { sql } from 'kysely';
import { insertRows } from '../bulk.ts';
import type { Database } from '../database.ts';
import { unhurried, withoutDerived } from '../derived-postgres.ts';
import { withoutEntryGuards } from '../entry-guards.ts';
import { addressesOf, copyFiles } from '../files/copy.ts';
import { FileStoreError } from '../files/store.ts';
import { appliedMigrations, migrate } from '../migrate.ts';
import { migrationNames } from '../migrations/names.ts';
import type { Db, Schema } from '../schema.ts';
import { rebuildIndexIn, withRoomToSort } from '../search/build.ts';
import { type CopiedTable, copiedTables } from './tables.ts';
import { Adder, type BookTotals, bookTotals, pagesOf, type TableTotals, tableTotals } from './totals.ts';

/** A copy that was not made, in the operator's words; the target is as it was. */
export class CopyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CopyError';
  }
}

export interface CopyOptions {
  /** Told what is being done, with rows done and to do. */
  readonly onProgress?: (phase: string, done: number, of: number | null) => void;
  /** Proves the target before it is kept; what does not hold. */
  readonly prove: (db: Db) => Promise<readonly string[]>;
  readonly signal?: AbortSignal;
}

/** What was copied, equal on both sides. */
export interface Copied extends BookTotals {
  readonly tables: readonly TableTotals[];
  readonly rows: number;
  readonly seconds: number;
}

/**
 * Where rows are left by whoever uses a database. A new one has none in these; what it starts with
 * elsewhere (groups, codes) gives way to the source's own.
 */
const SIGNS_OF_USE = ['app_user', 'audit_entry', 'customer', 'location', 'ledger_transaction', 'import_run', 'note'];

/**
 * Copies a utility into a new or empty database of either engine. The source is read as of one
 * moment and may be in use; the target is written in one transaction, which is kept only when rows,
 * sums, digests, books and audit trail are equal on both sides and everything that must hold holds.
 * @throws CopyError; the signal's reason when cancelled
 */
export async function copyDatabase(source: Database, target: Database, options: CopyOptions): Promise<Copied> {
  const began = performance.now();
  await assertCurrent(source);
  await migrate(target);
  const copied = await atOneMoment(source, (from) =>
    withRoomToSort(target.file, () => target.transaction((to) => copyAll(from, { to, source, target, options }))),
  );
  return { ...copied, seconds: (performance.now() - began) / 1000 };
}

/** @throws CopyError when the source is not of this version */
async function assertCurrent(source: Database): Promise<void> {
  const applied = await appliedMigrations(source);
  if (applied.length === 0) throw new CopyError(`${source.name} is no database of this program.`);
  const same = applied.length === migrationNames.length && applied.every((name) => migrationNames.includes(name));
  if (!same) throw new CopyError(`${source.name} is of another version: run meterdesk migrate on it first.`);
}

/** A read transaction, which sees nothing of what others write meanwhile. */
function atOneMoment<T>({ db, engine }: Database, work: (db: Db) => Promise<T>): Promise<T> {
  const transaction = db.transaction().setAccessMode('read only');
  if (engine === 'sqlite') return transaction.execute(work);
  return transaction.setIsolationLevel('repeatable read').execute(async (from) => {
    await unhurried(from);
    return work(from);
  });
}

interface Side {
  readonly to: Db;
  readonly source: Database;
  readonly target: Database;
  readonly options: CopyOptions;
}

async function copyAll(from: Db, { to, source, target, options }: Side): Promise<Omit<Copied, 'seconds'>> {
  const { onProgress = () => {}, prove } = options;
  const tables = copiedTables();
  await assertUnused(to, target.name);
  for (const { name } of tables.toReversed()) await sql`delete from ${sql.table(name)}`.execute(to);
  const totals: TableTotals[] = [];
  const load = (): Promise<void> =>
    withoutEntryGuards(to, async () => void totals.push(...(await copyTables(from, to, tables, options))));
  if (target.engine === 'sqlite') await load();
  else await withoutDerived(to, load, (_, name) => onProgress(`index ${name}`, 0, null));
  await rebuildIndexIn(to, target.file, ({ step, done }) => onProgress(`look-up: ${step}`, done, null));
  await compare(to, tables, totals, options);
  const books = await bookTotals(from);
  const arrived = await bookTotals(to);
  if (JSON.stringify(books) !== JSON.stringify(arrived)) throw new CopyError('The books differ; nothing was kept.');
  await copyDocuments(to, { source, target, options });
  onProgress('proof of the copy', 0, null);
  const [fault] = await prove(to);
  if (fault !== undefined) throw new CopyError(`The copy is not sound; nothing was kept: ${fault}`);
  return { ...books, tables: totals, rows: totals.reduce((sum, { rows }) => sum + rows, 0) };
}

/** Sealed files go along as they are: their key does too. @throws CopyError */
async function copyDocuments(to: Db, { source, target, options }: Omit<Side, 'to'>): Promise<void> {
  try {
    await copyFiles(source.files, target.files, await addressesOf(to), (done, of) => {
      options.signal?.throwIfAborted();
      options.onProgress?.('files of documents', done, of);
    });
  } catch (error) {
    if (error instanceof FileStoreError) throw new CopyError(`${error.message} Nothing was kept.`);
    throw error;
  }
}

async function assertUnused(to: Db, name: string): Promise<void> {
  for (const table of SIGNS_OF_USE) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(to);
    if (rows.length > 0) throw new CopyError(`${name} is not empty (${table} has rows); copy into a new database.`);
  }
}

async function copyTables(
  from: Db,
  to: Db,
  tables: readonly CopiedTable[],
  { onProgress = () => {}, signal }: CopyOptions,
): Promise<TableTotals[]> {
  const totals: TableTotals[] = [];
  const all = await rowsOf(from, tables);
  let done = 0;
  for (const table of tables) {
    const adder = new Adder(table.name);
    for await (const rows of pagesOf(from, table)) {
      signal?.throwIfAborted();
      adder.add(rows);
      await insertRows(to, table.name as keyof Schema, rows as never);
      done += rows.length;
      onProgress('rows', done, all);
      // SQLite answers at once: progress is painted and a cancel heard between two pages.
      await new Promise((resolve) => setImmediate(resolve));
    }
    totals.push(adder.totals);
  }
  return totals;
}

async function rowsOf(db: Db, tables: readonly CopiedTable[]): Promise<number> {
  let sum = 0;
  for (const { name } of tables) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(db);
    sum += rows[0]!.n;
  }
  return sum;
}

/** Reads the target again: what was sent need not be what is there. */
async function compare(
  to: Db,
  tables: readonly CopiedTable[],
  sent: readonly TableTotals[],
  { onProgress = () => {} }: CopyOptions,
): Promise<void> {
  for (const [index, table] of tables.entries()) {
    onProgress('control totals', index, tables.length);
    const there = await tableTotals(to, table);
    const { rows, cents, digest } = sent[index]!;
    if (there.rows === rows && there.cents === cents && there.digest === digest) continue;
    throw new CopyError(
      `${table.name} differs (${rows} rows sent, ${there.rows} arrived; sums ${cents} and ${there.cents}); nothing was kept.`,
    );
  }
}
