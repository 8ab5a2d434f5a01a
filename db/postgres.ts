import { MikroORM, type Options, IsolationLevel } from '@mikro-orm/postgresql';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { closing, type Database } from './database.ts';
import { commonOptions, wrapOrm } from './orm-options.ts';
import type { Orm } from './orm.ts';
import type { Db } from './schema.ts';

const INT8 = 20;
const NUMERIC = 1700;
const DATE = 1082;
/** Any number: the guard of the migrations of this program. */
const MIGRATION_LOCK = 727_001;

function integer(text: string): number {
  const n = Number(text);
  if (!Number.isSafeInteger(n)) throw new RangeError('number beyond 53 bits');
  return n;
}

pg.types.setTypeParser(INT8, integer);
pg.types.setTypeParser(NUMERIC, Number);
pg.types.setTypeParser(DATE, (text) => text);

/** Opens a PostgreSQL utility: `postgres://user:password@host:port/name`. */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  // Without a listener a dropped idle connection would end the process.
  pool.on('error', () => {});
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  let orm: Orm | null = null;
  const address = new URL(url);
  const { add, run } = closing();
  return {
    engine: 'postgresql',
    name: `${address.host}${address.pathname}`,
    db,
    transaction: (work) => db.transaction().setIsolationLevel('serializable').execute(work),
    orm: async () => (orm ??= startPostgresOrm(url)),
    changeCounter: () => committedTransactions(db),
    beforeClose: add,
    close: async () => {
      await run();
      await orm?.close();
      await db.destroy();
    },
  };
}

/** Rises with every committed write of anybody. */
async function committedTransactions(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as n`.execute(
    db,
  );
  return rows[0]!.n;
}

function startPostgresOrm(url: string): Orm {
  const mikro = new MikroORM({ ...commonOptions, clientUrl: url, pool: { min: 0, max: 4 } } as Options);
  return wrapOrm(mikro as never, {
    transaction: { isolationLevel: IsolationLevel.SERIALIZABLE },
    migrateUp: () =>
      mikro.em.fork().transactional(async (em) => {
        await em
          .getKysely()
          .executeQuery(sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.compile(em.getKysely()));
        await mikro.migrator.up({ transaction: em.getTransactionContext()! });
      }),
    close: () => mikro.close(),
  });
}
