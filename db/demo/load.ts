import type BetterSqlite from 'better-sqlite3';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { withoutDerived } from '../derived-postgres.ts';
import { withoutEntryGuards } from '../entry-guards.ts';
import type { Db } from '../schema.ts';
import { dropSamples } from '../sqlite-file.ts';
import { PostgresSink } from './postgres-sink.ts';
import { SqliteSink } from './sqlite-sink.ts';
import type { Sink } from './sink.ts';

type Work = (sink: Sink, db: Db) => Promise<void>;

/** Told while indexes are built: how far, 0 to 1, and which. */
type OnIndex = (fraction: number, what: string) => void;

/** Lets `work` write rows in any order, as fast as the engine takes them, in one transaction. */
export async function loadFast(database: Database, onIndex: OnIndex, work: Work): Promise<void> {
  const { file } = database;
  if (file) await loadSqlite(database, file, onIndex, work);
  else {
    await database.transaction(async (db) => {
      const load = async (): Promise<void> => {
        const sink = new PostgresSink(db);
        await work(sink, db);
        await sink.flush();
      };
      await withoutDerived(
        db,
        () => withoutEntryGuards(db, load),
        (fraction, name) => onIndex(fraction, `index ${name}`),
      );
      await sql`analyze`.execute(db);
    });
  }
}

/** Indexes and guards are dropped and made again at the end: building one sorted is far cheaper than keeping it. */
async function loadSqlite(
  database: Database,
  file: BetterSqlite.Database,
  onIndex: OnIndex,
  work: Work,
): Promise<void> {
  file.pragma('foreign_keys = off');
  try {
    await database.transaction(async (db) => {
      const made = dropDerived(file);
      const sink = new SqliteSink(file);
      await work(sink, db);
      sink.flush();
      for (const [index, { name, sql }] of made.entries()) {
        onIndex(index / made.length, `index ${name}`);
        file.exec(sql);
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
  } finally {
    file.pragma('foreign_keys = on');
  }
  // Samples: reading every index whole tells the planner nothing more.
  file.pragma('analysis_limit = 2000');
  file.pragma('optimize = 0x10002');
  dropSamples(file);
}

interface Derived {
  readonly type: 'index' | 'trigger';
  readonly name: string;
  readonly sql: string;
}

/** Indexes of tables that conflicts are looked up in while loading: they stay. */
const KEPT = /^(company_option|app_user|group_|user_group|code_value|search_)/;

function dropDerived(file: BetterSqlite.Database): Derived[] {
  const all = file
    .prepare(
      `select type, name, tbl_name as "table", sql from sqlite_master where type in ('index', 'trigger') and sql is not null order by rowid`,
    )
    .all() as (Derived & { table: string })[];
  const dropped = all.filter(({ table }) => !KEPT.test(table));
  for (const { type, name } of dropped) file.exec(`drop ${type} "${name}"`);
  return dropped;
}
