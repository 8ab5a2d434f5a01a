import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { expect, onTestFinished } from 'vitest';
import type { Database, DatabaseAddress } from '#db/database.ts';
import { openDatabase } from '#db/open.ts';
import { openReady } from '#db/ready.ts';
import { systemCheck } from '#services/check/index.ts';
import { runnerFor } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';
import type { Said, Shift } from './clerk.ts';

export const server = process.env.METERDESK_TEST_POSTGRES;
const script = new URL('clerk.ts', import.meta.url).pathname;

/** A folder that goes when the test ends. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'meterdesk-faults-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Where a new database shall be: a file, or on the server of the long suite. */
export async function newAddress(): Promise<DatabaseAddress> {
  if (!server) return { file: join(newFolder(), 'meterdesk.db') };
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await asAdministrator(`create database ${name}`);
  return { url: Object.assign(new URL(server), { pathname: `/${name}` }).href };
}

async function asAdministrator(statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(statement);
  await admin.end();
}

/** A utility of some accounts, each with charges to be paid. */
export interface Office {
  readonly where: DatabaseAddress;
  readonly database: Database;
  readonly accounts: readonly number[];
}

/** Makes an office; its database is closed when the test ends. */
export async function newOffice(households = 8, place?: DatabaseAddress): Promise<Office> {
  const where = place ?? (await newAddress());
  const database = await openReady(where);
  onTestFinished(() => database.close());
  // One connection for everything, because those for reading take no rows of tests.
  const furnishing = await openDatabase(where, { alone: true });
  const town = new Utility(furnishing);
  const accounts: number[] = [];
  for (let n = 0; n < households; n++) {
    const account = await town.household(`Rivera, Ana ${n}`, `${100 + n} Alder St`);
    await town.charge(account, 1_234, { on: '2026-09-01' });
    await town.charge(account, 5_678, { on: '2026-10-01' });
    await town.charge(account, 1_000_000_000);
    accounts.push(account.id);
  }
  await furnishing.db
    .insertInto('company_option')
    .values({ name: 'paymentsPost', value: '"at_once"' })
    .onConflict((at) => at.doNothing())
    .execute();
  await furnishing.close();
  return { where, database, accounts };
}

/** A clerk at work. */
export interface Clerk {
  readonly process: ChildProcess;
  /** Resolves when the process has ended. */
  readonly done: Promise<{ readonly said: readonly Said[]; readonly trouble: string }>;
  /** Resolves when a clerk who waits for a word is ready. */
  readonly ready: Promise<void>;
}

/** Sends a clerk to work. */
export function clerk(
  { where, accounts }: Office,
  shift: Omit<Shift, 'where' | 'accounts'>,
  heard: (said: Said, clerk: ChildProcess) => void = () => {},
  launch: readonly string[] = [process.execPath],
): Clerk {
  const [program, ...argv] = launch;
  const child = spawn(program!, [...argv, script, JSON.stringify({ where, accounts, ...shift })]);
  const said: Said[] = [];
  const ready = Promise.withResolvers<void>();
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    // The last line of one who was killed may be half.
    if (!line.endsWith('}')) return;
    const word = JSON.parse(line) as Said | { ready: true };
    if ('ready' in word) return ready.resolve();
    said.push(word);
    heard(word, child);
  });
  const closed = new Promise<void>((resolve) => lines.on('close', resolve));
  const done = Promise.all([text(child.stderr), closed]).then(([trouble]) => ({ said, trouble }));
  onTestFinished(() => void (child.exitCode ?? child.kill('SIGKILL')));
  return { process: child, done, ready: ready.promise };
}

/** A payment as it is stored. */
export interface Stored {
  readonly id: number;
  readonly number: string | null;
}

export const payments = ({ database }: Office): Promise<Stored[]> =>
  database.db.selectFrom('payment').select(['id', 'number']).execute();

/** How many payments are there twice by their receipt, or without the one line, the ties and the audit that each has. */
export async function halfDone({ database: { db } }: Office): Promise<number> {
  const rows = await db
    .selectFrom('ledger_transaction as t')
    .leftJoin('ledger_line as l', 'l.transaction_id', 't.id')
    .leftJoin('audit_entry as a', (on) =>
      on.onRef('a.entity_id', '=', 't.payment_id').on('a.operation', '=', 'payment.enter'),
    )
    .select(['t.number', 't.amount_cents', 'l.amount_cents as line', 'l.open_cents as open', 'a.seq'])
    .where('t.kind', '=', 'payment')
    .execute();
  const numbers = new Set(rows.map((row) => row.number));
  const half = rows.filter((row) => row.line !== -row.amount_cents || row.seq === null);
  const entries = await db
    .selectFrom('audit_entry')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('operation', '=', 'payment.enter')
    .executeTakeFirstOrThrow();
  return rows.length - numbers.size + half.length + Math.abs(rows.length - Number(entries.n));
}

/** Rules that do not hold, with what they found. */
export async function brokenRules(database: Database): Promise<string[]> {
  const { rules } = await runnerFor(database)(systemCheck, { limit: 20 });
  return rules
    .filter((rule) => !rule.holds)
    .map(({ rule, findings }) => `${rule}: ${findings.map(({ message }) => message).join('; ')}`);
}

/** The whole check, and nothing by half. */
export async function expectClean(office: Office): Promise<void> {
  expect(await brokenRules(office.database)).toEqual([]);
  expect(await halfDone(office)).toBe(0);
}

interface Holder {
  /** Resolves when the lock was let go. */
  readonly released: Promise<void>;
  /** Ends it, without letting go first. */
  readonly end: () => void;
}

/** Somebody else who holds the write lock of a file for so long; resolves when it is held. */
export async function lockHolder(file: string, ms: number): Promise<Holder> {
  const holder = new URL('holder.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [holder, file, String(ms)], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void (child.exitCode ?? child.kill('SIGKILL')));
  const lines = createInterface({ input: child.stdout });
  const said = (word: string): Promise<void> =>
    new Promise((resolve, reject) => {
      lines.on('line', (line) => line === word && resolve());
      child.on('exit', () => reject(new Error(`the lock was not ${word}`)));
    });
  const released = said('released');
  released.catch(() => {});
  await said('held');
  return { released, end: () => void child.kill('SIGKILL') };
}
