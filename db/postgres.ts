import { MikroORM, type Options, IsolationLevel } from '@mikro-orm/postgresql';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { countChanges } from './changes.ts';
import { unhurried } from './derived-postgres.ts';
import { closing } from './closing.ts';
import type { Engine } from './database.ts';
import { commonOptions, wrapOrm } from './orm-options.ts';
import type { Orm } from './orm.ts';
import { CHANGE_CHANNEL, PostgresListener } from './postgres-listener.ts';
import type { PresenceStore } from './presence.ts';
import type { Db } from './schema.ts';
import { UnsafeDatabaseError } from './unsafe.ts';

const INT8 = 20;
const NUMERIC = 1700;
const DATE = 1082;
/** Any number: the guard of the migrations of this program. */
const MIGRATION_LOCK = 727_001;
/** How long a writer waits in the queue before it gives up, ms; as long as for SQLite's lock. */
const LOCK_WAIT_MS = 15_000;

function integer(text: string): number {
  const n = Number(text);
  if (!Number.isSafeInteger(n)) throw new RangeError('number beyond 53 bits');
  return n;
}

pg.types.setTypeParser(INT8, integer);
pg.types.setTypeParser(NUMERIC, Number);
pg.types.setTypeParser(DATE, (text) => text);

/**
 * First in every transaction that writes: takes its place in the queue of writers, and has the
 * commit told. All of them append to the audit trail, so that two at once can never both commit:
 * without the queue 32 writers ran each transaction 5.5 times, the slowest of a hundred for 3.8 s;
 * with it once, and 0.5 s. Neither statement takes the snapshot, which a
 * `select pg_advisory_xact_lock` would take before it waits, and so fail afterwards. The table is
 * one that nobody writes and no vacuum holds for long; readers pass.
 */
const beginWriting = sql`${sql.raw(`lock table schema_migration in exclusive mode; notify ${CHANGE_CHANNEL}`)}`;

/**
 * Settings of every connection; what the address itself says of them wins. A client that was stopped
 * inside a transaction must not hold the others for ever: the server ends it after a minute.
 */
const connectionOptions = (url: string) => ({
  connectionString: url,
  fallback_application_name: 'meterdesk',
  connectionTimeoutMillis: 10_000,
  keepAlive: true,
  lock_timeout: LOCK_WAIT_MS,
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
export async function openPostgres(url: string): Promise<Engine> {
  const address = readAddress(url);
  const pool = new pg.Pool({ ...connectionOptions(url), max: 4 });
  // Without listeners a dropped connection, idle or in use, would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  let orm: Orm | null = null;
  const listener = new PostgresListener(url);
  let presence: Promise<PresenceStore> | null = null;
  const { add, run } = closing();
  return {
    engine: 'postgresql',
    name: `${address.host}${address.pathname}`,
    db,
    transaction: (work) =>
      db
        .transaction()
        .setIsolationLevel('serializable')
        .execute(async (trx) => {
          await beginWriting.execute(trx);
          return work(trx);
        }),
    orm: async () => (orm ??= startPostgresOrm(url)),
    changeCounter: countChanges(db, () => listener.heard(CHANGE_CHANNEL) ?? committedTransactions(db)),
    presence: () =>
      (presence ??= startPresence(db, listener).catch((error: unknown) => {
        presence = null;
        throw error;
      })),
    beforeClose: add,
    close: async () => {
      await run();
      await (await presence?.catch(() => null))?.close();
      await listener.close();
      await orm?.close();
      await db.destroy();
    },
  };
}

async function startPresence(db: Db, listener: PostgresListener): Promise<PresenceStore> {
  return (await import('./presence-postgres.ts')).openPostgresPresence(db as never, listener);
}

/** Rises with every committed write of anybody. */
async function committedTransactions(db: Db): Promise<string> {
  const { rows } = await sql<{ n: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as n`.execute(db);
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
    begin: (trx) => beginWriting.execute(trx),
    migrateUp: () =>
      mikro.em.fork().transactional(async (em) => {
        await unhurried(em.getKysely() as unknown as Db);
        await em
          .getKysely()
          .executeQuery(
            sql`select set_config('lock_timeout', '0', true), pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.compile(
              em.getKysely(),
            ),
          );
        await mikro.migrator.up({ transaction: em.getTransactionContext()! });
      }),
    close: () => mikro.close(),
  });
}
