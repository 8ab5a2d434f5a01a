import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#db/open.ts';
import { appliedMigrations, migrate, NewerSchemaError } from '#db/migrate.ts';
import { guardsOf } from '#db/migrations/guard-names.ts';
import { migrationNames } from '#db/migrations/names.ts';
import { openReady } from '#db/ready.ts';
import { freshDatabase } from '#test/support/database.ts';

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'meterdesk-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'utility', 'meterdesk.db');
}

describe('opening a utility', () => {
  test('the migrations lead to the schema that the entities describe', async () => {
    const database = await freshDatabase();
    const { mikro } = await database.orm();
    const drift = await mikro.schema.getUpdateSchemaSQL({ safe: false });
    // The comparison cannot read a column's collation back from PostgreSQL.
    const real = drift
      .split('\n')
      .filter((line) => line.trim() !== '' && !/type text collate "C"|^set names/.test(line));
    expect(real).toEqual([]);
  });

  test('the file is for its owner alone and survives a power cut', async () => {
    const file = temporaryFile();
    const database = await openReady({ file });
    onTestFinished(() => database.close());
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
    expect(database.file!.pragma('synchronous', { simple: true })).toBe(2);
    expect(database.file!.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.file!.pragma('foreign_keys', { simple: true })).toBe(1);
  });

  test('every guard of the ledger is in place', async () => {
    const database = await openReady({ file: ':memory:' });
    onTestFinished(() => database.close());
    const rows = database.file!.prepare(`select name from sqlite_master where type = 'trigger'`).all() as {
      name: string;
    }[];
    expect(rows.map((row) => row.name).sort()).toEqual([...guardsOf('sqlite')].sort());
  });

  test('processes that start together on a new file leave one clean schema', { timeout: 60_000 }, async () => {
    const file = temporaryFile();
    const script = `import { openReady } from '#db/ready.ts'; const d = await openReady({ file: process.argv[1] }); await d.close();`;
    const node = promisify(execFile);
    const start = (): Promise<unknown> => node(process.execPath, ['--input-type=module', '-e', script, '--', file]);
    await Promise.all(Array.from({ length: 4 }, start));
    const database = await openDatabase({ file });
    onTestFinished(() => database.close());
    expect(await appliedMigrations(database)).toEqual(migrationNames);
    expect(await database.db.selectFrom('user_group').select('id').execute()).toHaveLength(8);
  });

  test('a database of a newer program is left alone', async () => {
    const database = await freshDatabase();
    await database.transaction((db) =>
      // The tracking table is the migrator's own, not part of the typed schema.
      (db as never as import('kysely').Kysely<{ schema_migration: { name: string; executed_at: string } }>)
        .insertInto('schema_migration')
        .values({ name: '2099-01-01-future', executed_at: '2099-01-01' })
        .execute(),
    );
    await expect(migrate(database)).rejects.toBeInstanceOf(NewerSchemaError);
  });
});

describe('two processes on one file', () => {
  test('a writer waits for the lock without stopping the program', async () => {
    const file = temporaryFile();
    const [one, two] = [await openReady({ file }), await openReady({ file })];
    onTestFinished(() => Promise.all([one.close(), two.close()]).then(() => {}));
    const held = Promise.withResolvers<void>();
    const holding = one.transaction(async (db) => {
      await db.insertInto('counter').values({ name: 'a', value: 1 }).execute();
      await held.promise;
    });
    let turns = 0;
    const ticking = setInterval(() => turns++, 1);
    const waiting = two.transaction((db) => db.insertInto('counter').values({ name: 'b', value: 1 }).execute());
    // The reader sees the state before the open transaction meanwhile.
    expect(await two.db.selectFrom('counter').select('name').execute()).toEqual([]);
    const until = turns + 20;
    while (turns < until) await new Promise((resolve) => setImmediate(resolve));
    held.resolve();
    await Promise.all([holding, waiting]);
    clearInterval(ticking);
    expect(await one.db.selectFrom('counter').select('name').orderBy('name').execute()).toHaveLength(2);
  });

  test('a commit of another shows in the change counter', async () => {
    const file = temporaryFile();
    const [one, two] = [await openReady({ file }), await openReady({ file })];
    onTestFinished(() => Promise.all([one.close(), two.close()]).then(() => {}));
    const before = await two.changeCounter();
    await one.transaction((db) => db.insertInto('counter').values({ name: 'a', value: 1 }).execute());
    expect(await two.changeCounter()).not.toBe(before);
  });
});
