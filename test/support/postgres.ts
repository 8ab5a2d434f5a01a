import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { openDatabase } from '#db/open.ts';
import { migrate } from '#db/migrate.ts';
import { migrations } from '#db/migrations/index.ts';

/** Any number: one process at a time makes the template. */
const TEMPLATE_LOCK = 727_002;

/** Made anew whenever a migration changes. */
const template = `t_migrated_${createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 16)}`;

/** A database of a server, for one test. */
export interface ServerDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

const urlOf = (server: string, name: string): string => {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
};

async function asAdmin<T>(server: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** Migrating takes a second, copying a migrated database a tenth of one. */
async function ensureTemplate(server: string, admin: pg.Client): Promise<void> {
  await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  const known = await admin.query('select 1 from pg_database where datname = $1', [template]);
  if (known.rowCount === 0) {
    const making = `${template}_making`;
    await admin.query(`drop database if exists ${making} with (force)`);
    await admin.query(`create database ${making}`);
    const database = await openDatabase({ url: urlOf(server, making) });
    await migrate(database);
    await database.close();
    await admin.query(`alter database ${making} rename to ${template}`);
  }
  await admin.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
}

/** A new database on the server, migrated unless asked for empty. */
export async function serverDatabase(server: string, { empty = false } = {}): Promise<ServerDatabase> {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(server, async (admin) => {
    if (!empty) await ensureTemplate(server, admin);
    await admin.query(`create database ${name} template ${empty ? 'template0' : template}`);
  });
  return {
    url: urlOf(server, name),
    drop: () => asAdmin(server, async (admin) => void (await admin.query(`drop database ${name} with (force)`))),
  };
}
