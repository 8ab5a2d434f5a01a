import { sql } from 'kysely';
import type { Db } from './schema.ts';

/** Something that follows from the rows and is cheaper to make once than to keep at every row. */
interface Derived {
  readonly name: string;
  readonly drop: string;
  readonly make: string;
}

/** Tables that are small, or looked up while others are loaded. */
const KEPT = '^(company_option|app_user|group_|user_group|code_value|search_|note_word|schema_)';

/** Lifts the time limits of this transaction: loading in bulk takes as long as it takes. */
export async function unhurried(db: Db): Promise<void> {
  await sql`set local statement_timeout = 0`.execute(db);
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(db);
}

/** Foreign keys and plain indexes of the big tables, as the server itself writes them down. */
async function derivedOf(db: Db): Promise<Derived[]> {
  const keys = await sql<Derived>`
    select conname as name,
      format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
    from pg_constraint
    where contype = 'f' and connamespace = current_schema()::regnamespace and conrelid::regclass::text !~ ${KEPT}
    order by 1`.execute(db);
  const indexes = await sql<Derived>`
    select indexname as name, format('drop index %I', indexname) as drop, indexdef as make
    from pg_indexes
    where schemaname = current_schema() and tablename !~ ${KEPT} and indexdef not like 'CREATE UNIQUE%'
    order by 1`.execute(db);
  return [...indexes.rows, ...keys.rows];
}

/**
 * Lets `load` write rows in any order, without foreign keys and indexes; both are made again, and
 * every reference proven, before it resolves. Inside the caller's transaction.
 * @param onMade told before each is made: how far, 0 to 1, and its name
 */
export async function withoutDerived(
  db: Db,
  load: () => Promise<void>,
  onMade: (fraction: number, name: string) => void,
): Promise<void> {
  await unhurried(db);
  const all = await derivedOf(db);
  // Keys first: they lean on unique indexes, which stay.
  for (const { drop } of all.toReversed()) await sql.raw(drop).execute(db);
  await load();
  for (const [index, { name, make }] of all.entries()) {
    onMade(index / all.length, name);
    await sql.raw(make).execute(db);
  }
}
