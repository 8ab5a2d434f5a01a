import { sql } from 'kysely';
import { isSqlite } from './check/finding.ts';
import { entryGuards } from './migrations/2026-11-26-posting.ts';
import type { Db } from './schema.ts';

/**
 * Lets `load` write books that are posted already (a copy, a made utility), inside the caller's
 * transaction: without the guards that ask for entry before posting. They are made again whatever
 * becomes of it; whoever loads proves the books.
 */
export async function withoutEntryGuards<T>(db: Db, load: () => Promise<T>): Promise<T> {
  const guards = entryGuards[isSqlite(db) ? 'sqlite' : 'postgresql'];
  for (const { drop } of guards) await sql.raw(drop).execute(db);
  const loaded = await load();
  for (const { make } of guards) await sql.raw(make).execute(db);
  return loaded;
}
