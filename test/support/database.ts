import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { Database, HashCost, KeySource } from '#db/database.ts';
import { openReady } from '#db/ready.ts';
import { EVERYTHING } from '#domain/permissions.ts';
import { type Exchange, openExchange } from '#gateways/exchange.ts';
import { pdfPress } from '#gateways/press/pdf-press.ts';
import type { Actor } from '#services/actor.ts';
import type { Call } from '#services/operation.ts';
import { type Clock, createRunner } from '#services/runner.ts';
import { freshFolder } from './folder.ts';

/** Set by the long suite to run the same tests on a real server. */
const postgres = process.env.METERDESK_TEST_POSTGRES;

/** The day on which tests happen. */
export const TODAY = '2026-11-21';
export const clock: Clock = { now: () => Date.parse(`${TODAY}T15:00:00Z`), today: () => TODAY };

/** A master key of one byte over and over. */
export const testKeys = (byte = 7): KeySource => ({
  place: 'the test',
  read: async () => new Uint8Array(32).fill(byte),
});

/** Hashes of tests cost next to nothing: nobody guesses their passwords. */
export const CHEAP: HashCost = { memory: 64, passes: 1 };

/** Migrating takes 40 ms, copying what has been migrated one. */
async function migratedImage(): Promise<Buffer> {
  const database = await openReady({ file: ':memory:' });
  try {
    return database.file!.serialize();
  } finally {
    await database.close();
  }
}

let image: Promise<Buffer> | undefined;

/** Copies of a template are utilities of their own. */
async function giveOwnId(database: Database): Promise<void> {
  await database.db
    .updateTable('company_option')
    .set({ value: JSON.stringify(randomUUID().replaceAll('-', '')) })
    .where('name', '=', 'databaseId')
    .execute();
}

/** A new, migrated database, gone when the test ends; in memory, or one of its own on PostgreSQL. */
export async function freshDatabase(): Promise<Database> {
  if (postgres) return onServer(postgres);
  image ??= migratedImage();
  const database = await openReady({ file: ':memory:' }, { image: await image, keys: testKeys(), hashCost: CHEAP });
  await giveOwnId(database);
  onTestFinished(() => database.close());
  return database;
}

async function onServer(server: string): Promise<Database> {
  const { serverDatabase } = await import('./postgres.ts');
  const { url, drop } = await serverDatabase(server);
  const database = await openReady({ url }, { keys: testKeys(), hashCost: CHEAP, filesFolder: freshFolder() });
  await giveOwnId(database);
  onTestFinished(async () => {
    await database.close();
    await drop();
  });
  return database;
}

/** Somebody with these rights; an administrator unless said otherwise. */
export const actor = (...permissions: string[]): Actor => ({
  userId: 1,
  username: 'tess',
  displayName: 'Tess Ter',
  groups: permissions.length === 0 ? ['administrator'] : ['callcenter'],
  permissions: new Set(permissions.length === 0 ? [EVERYTHING] : permissions),
  level: 3,
  source: 'call',
});

/** The runner of that actor on the test day; files come in from anywhere, unless said otherwise. */
export const runnerFor = (
  database: Database,
  who: Actor = actor(),
  exchange: Exchange = openExchange({ folder: '/' }),
): Call => createRunner({ database, actor: who, clock, press: pdfPress, exchange });
