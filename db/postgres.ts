import { MikroORM, type Options, IsolationLevel } from '@mikro-orm/postgresql';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Database } from './database.ts';
import { unhurried } from './derived-postgres.ts';
import { commonOptions, wrapOrm } from './orm-options.ts';
import type { Orm } from './orm.ts';
import type { Db } from './schema.ts';
import { UnsafeDatabaseError } from './unsafe.ts';

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

/**
 * Settings of every connection; what the address itself says of them wins. A client that was stopped
 * inside a transaction must not hold the others for ever: the server ends it after a minute.
 */
const connectionOptions = (url: string) => ({
  connectionString: url,
  fallback_application_name: 'meterdesk',
  connectionTimeoutMillis: 10_000,
  keepAlive: true,
  lock_timeout: 15_000,
  statement_timeout: 600_000,
  idle_in_transaction_session_timeout: 60_000,
});

/** @throws UnsafeDatabaseError: an error of `URL` would show the password */
function readAddress(url: string): URL {
  const address = URL.parse(url);
  if (address && address.pathname.length > 1) return address;
  throw new UnsafeDatabaseError(
    'The address of the database cannot be read; it looks like postgres://user@host:5432/name.',
  );
}

/** Opens a PostgreSQL utility: `postgres://user:password@host:port/name`. */
export async function openPostgres(url: string): Promise<Database> {
  const address = readAddress(url);
  const pool = new pg.Pool({ ...connectionOptions(url), max: 4 });
  // Without listeners a dropped connection, idle or in use, would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  let orm: Orm | null = null;
  return {
    engine: 'postgresql',
    name: `${address.host}${address.pathname}`,
    db,
    transaction: (work) => db.transaction().setIsolationLevel('serializable').execute(work),
    orm: async () => (orm ??= startPostgresOrm(url)),
    changeCounter: () => committedTransactions(db),
    close: async () => {
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
  const mikro = new MikroORM({
    ...commonOptions,
    clientUrl: url,
    // The address once more: of the one above only host, user and name are taken, not its TLS settings.
    driverOptions: connectionOptions(url),
    pool: { min: 0, max: 2 },
  } as Options);
  return wrapOrm(mikro as never, {
    transaction: { isolationLevel: IsolationLevel.SERIALIZABLE },
    migrateUp: () =>
      mikro.em.fork().transactional(async (em) => {
        await unhurried(em.getKysely() as unknown as Db);
        await em
          .getKysely()
          .executeQuery(sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.compile(em.getKysely()));
        await mikro.migrator.up({ transaction: em.getTransactionContext()! });
      }),
    close: () => mikro.close(),
  });
}
