import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Database, type DatabaseAddress, openDatabase } from '#db/database.ts';
import { openReady } from '#db/ready.ts';
import { systemCheck } from '#services/check/index.ts';
import { runnerFor } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

const server = process.env.METERDESK_TEST_POSTGRES;

async function address(): Promise<DatabaseAddress> {
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

/** A utility of one account, and the way to send clerks there. */
async function office() {
  const where = await address();
  const database = await openReady(where);
  onTestFinished(() => database.close());
  // One connection for everything, because those for reading take no rows of tests.
  const furnishing = await openDatabase(where, { alone: true });
  const account = await new Utility(furnishing).household();
  await furnishing.close();
  const script = new URL('clerk.ts', import.meta.url).pathname;
  const clerk = (count: number, keys = ''): ChildProcess =>
    spawn(process.execPath, [script, JSON.stringify(where), String(account.id), String(count), keys]);
  return { database, clerk };
}

/** What a clerk was told was done, and what went wrong. */
async function report(clerk: ChildProcess): Promise<{ ids: number[]; trouble: string }> {
  const [out, trouble] = await Promise.all([text(clerk.stdout!), text(clerk.stderr!)]);
  return { ids: out.split('\n').filter(Boolean).map(Number), trouble };
}

async function stored(database: Database): Promise<number[]> {
  return (await database.db.selectFrom('note').select('id').execute()).map(({ id }) => id);
}

async function expectClean(database: Database): Promise<void> {
  const { rules } = await runnerFor(database)(systemCheck, { limit: 20 });
  expect(rules.filter((rule) => !rule.holds)).toEqual([]);
  const notes = await database.db
    .selectFrom('note')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  const entries = await database.db
    .selectFrom('audit_entry')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('operation', '=', 'note.add')
    .executeTakeFirstOrThrow();
  expect(Number(entries.n)).toBe(Number(notes.n));
}

describe('several processes on one database', () => {
  test('all that four of them do is done, once each, in one unbroken trail', async () => {
    const { database, clerk } = await office();
    const reports = await Promise.all(Array.from({ length: 4 }, () => report(clerk(50))));
    expect(reports.map(({ trouble }) => trouble)).toEqual(['', '', '', '']);
    const told = reports.flatMap(({ ids }) => ids);
    expect(new Set(told).size).toBe(200);
    expect((await stored(database)).sort()).toEqual(told.sort());
    await expectClean(database);
  });

  test('the same keys in two processes at once: each command happens once, both are told the same', async () => {
    const { database, clerk } = await office();
    const [one, two] = await Promise.all([report(clerk(40, 'key')), report(clerk(40, 'key'))]);
    expect([one.trouble, two.trouble]).toEqual(['', '']);
    expect(one.ids).toEqual(two.ids);
    expect(await stored(database)).toHaveLength(40);
    await expectClean(database);
  });

  test('killed at any moment, what was acknowledged is there and nothing is there by half', async () => {
    const { database, clerk } = await office();
    const told: number[] = [];
    for (let round = 1; round <= 20; round++) {
      const process = clerk(100_000);
      let lines = 0;
      process.stdout!.on('data', (chunk: Buffer) => {
        lines += chunk.toString().split('\n').length - 1;
        if (lines >= round) process.kill('SIGKILL');
      });
      const { ids, trouble } = await report(process);
      expect(trouble).toBe('');
      told.push(...ids);
    }
    const kept = new Set(await stored(database));
    expect(told.length).toBeGreaterThan(200);
    expect(told.filter((id) => !kept.has(id))).toEqual([]);
    await expectClean(database);
  });
});
