import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import type { Database, DatabaseAddress } from '#db/database.ts';
import { openReady } from '#db/ready.ts';

/** The server on which the long suite runs, if any. */
export const server = process.env.METERDESK_TEST_POSTGRES;

/** An address that several connections and processes can open: a file, or a database of its own on the server. */
export async function sharedAddress(): Promise<DatabaseAddress> {
  if (server) {
    const name = `t_${randomUUID().replaceAll('-', '')}`;
    const admin = new pg.Client({ connectionString: server });
    await admin.connect();
    await admin.query(`create database ${name}`);
    await admin.end();
    return { url: Object.assign(new URL(server), { pathname: `/${name}` }).href };
  }
  const folder = mkdtempSync(join(tmpdir(), 'meterdesk-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return { file: join(folder, 'meterdesk.db') };
}

/** Opens it once more, closed when the test ends. */
export async function opened(address: DatabaseAddress): Promise<Database> {
  const database = await openReady(address);
  onTestFinished(() => database.close());
  return database;
}

/** Turns the event loop until it holds. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}
