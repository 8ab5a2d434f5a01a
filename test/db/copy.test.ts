import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CopyError, copyDatabase } from '#db/copy/copy.ts';
import { copiedTables } from '#db/copy/tables.ts';
import { bookTotals, tableTotals } from '#db/copy/totals.ts';
import type { Database, DatabaseAddress } from '#db/database.ts';
import { openDatabase } from '#db/open.ts';
import { generateDemo } from '#db/demo/generate.ts';
import { openReady } from '#db/ready.ts';
import { rebuildIndex } from '#db/search/build.ts';
import { checkDatabase } from '#services/check/check.ts';
import { find } from '#services/lookup/find.ts';
import { setOption } from '#services/options/operations.ts';
import { putSecret } from '#services/secrets/store.ts';
import { vaultOf } from '#services/secrets/vault.ts';
import { runnerFor, testKeys, TODAY } from '#test/support/database.ts';
import { freshFolder } from '#test/support/folder.ts';
import { serverDatabase } from '#test/support/postgres.ts';

const server = process.env.METERDESK_TEST_POSTGRES;

/** A new, empty place on an engine. */
async function place(engine: 'sqlite' | 'postgresql'): Promise<DatabaseAddress> {
  if (engine === 'sqlite') return { file: join(freshFolder(), 'utility.db') };
  const { url, drop } = await serverDatabase(server!, { empty: true });
  onTestFinished(drop);
  return { url };
}

async function opened(address: DatabaseAddress, open = openDatabase): Promise<Database> {
  const database = await open(address);
  onTestFinished(() => database.close());
  return database;
}

/** A utility with books, a look-up index, an audit trail and sealed values. */
async function town(address: DatabaseAddress): Promise<Database> {
  const database = await opened(address, openReady);
  await generateDemo(database, { customers: 40, months: 12, today: TODAY });
  await rebuildIndex(database);
  const call = runnerFor(database);
  for (const value of ['Löwenstadt Utilities', '“Alder” \\ Falls\n', 'Town']) {
    await call(setOption, { name: 'companyName', value: value.trim() });
  }
  const vault = await vaultOf({ ...database, keys: testKeys() }).unlock();
  const ssn = { entity: 'Customer', entityId: 1, kind: 'ssn' };
  await database.transaction((db) =>
    putSecret(db, vault, ssn, '521348876', { customerId: 1, detail: 'AQ//+8=\u2028é' }, { id: 9, now: 1 }),
  );
  return database;
}

const prove = async (db: Database['db']): Promise<string[]> =>
  (await checkDatabase(db)).rules.flatMap(({ findings }) => findings.map(({ message }) => message));

async function everythingOf(database: Database) {
  const tables = [];
  for (const table of copiedTables()) tables.push(await tableTotals(database.db, table));
  return { tables, books: await bookTotals(database.db) };
}

const SEARCH = ['search_key', 'search_document', 'search_word', 'search_deletion', 'note_word'] as const;

async function searchRows(database: Database): Promise<number[]> {
  const counts: number[] = [];
  for (const table of SEARCH) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(database.db);
    counts.push(rows[0]!.n);
  }
  return counts;
}

const WAYS = [
  ['sqlite', 'sqlite'],
  ['sqlite', 'postgresql'],
  ['postgresql', 'sqlite'],
] as const;

describe.each(WAYS)('a copy from %s to %s', (from, to) => {
  test.skipIf(!server && (from === 'postgresql' || to === 'postgresql'))(
    'is equal in everything, sound, and can be worked on',
    async () => {
      const source = await town(await place(from));
      const target = await opened(await place(to));
      const copied = await copyDatabase(source, target, { prove });
      const there = await everythingOf(target);
      expect(there).toEqual(await everythingOf(source));
      expect(copied.tables).toEqual(there.tables);
      expect(copied.auditHead).toMatchObject({ seq: 3 });
      expect(await searchRows(target)).toEqual(await searchRows(source));
      expect((await checkDatabase(target.db)).clean).toBe(true);
      const call = runnerFor(target);
      await call(setOption, { name: 'companyName', value: 'Moved' });
      expect((await checkDatabase(target.db)).clean).toBe(true);
      const { number } = await target.db.selectFrom('account').select('number').executeTakeFirstOrThrow();
      expect(JSON.stringify(await call(find, { text: number, limit: 5 }))).toContain(number);
    },
    60_000,
  );
});

describe('a copy', () => {
  test('is as of one moment, though others write meanwhile', async () => {
    const address = await place('sqlite');
    const source = await town(address);
    const other = await opened(address);
    const before = await everythingOf(source);
    const target = await opened(await place('sqlite'));
    let writes = 0;
    await copyDatabase(source, target, {
      prove,
      onProgress: (phase) => {
        if (phase !== 'rows') return;
        other
          .file!.prepare('insert into counter (name, value) values (?, 1) on conflict do update set value = value + 1')
          .run('busy');
        writes += 1;
      },
    });
    expect(writes).toBeGreaterThan(0);
    expect(await everythingOf(target)).toEqual(before);
  });

  test('into a database with something in it is refused', async () => {
    const source = await town(await place('sqlite'));
    const target = await opened(await place('sqlite'), openReady);
    await runnerFor(target)(setOption, { name: 'companyName', value: 'Ours' });
    await expect(copyDatabase(source, target, { prove })).rejects.toThrow(/is not empty \(audit_entry has rows\)/);
    expect(await target.db.selectFrom('customer').select('id').execute()).toEqual([]);
  });

  test('that does not hold, or is cancelled, leaves the target empty', async () => {
    const source = await town(await place('sqlite'));
    const target = await opened(await place('sqlite'), openReady);
    const kept = async (): Promise<number> => (await tableTotals(target.db, { name: 'customer', key: 'id' })).rows;
    const untrue = copyDatabase(source, target, { prove: async () => ['account 7: wrong'] });
    await expect(untrue).rejects.toThrow('nothing was kept: account 7: wrong');
    const cancelled = AbortSignal.abort(new Error('enough'));
    await expect(copyDatabase(source, target, { prove, signal: cancelled })).rejects.toThrow('enough');
    expect(await kept()).toBe(0);
    expect(await target.db.selectFrom('user_group').select('id').execute()).not.toEqual([]);
    expect(await copyDatabase(source, target, { prove })).toMatchObject({ auditHead: { seq: 3 } });
    expect(await kept()).toBe(40);
  });

  test('of which rows were changed on the way is refused', async () => {
    const source = await town(await place('sqlite'));
    const target = await opened(await place('sqlite'), openReady);
    target.file!.exec(`create trigger thief after insert on customer when new.id = 3
      begin update customer set display_name = 'X' where id = 3; end`);
    const stolen = copyDatabase(source, target, { prove });
    await expect(stolen).rejects.toThrow(CopyError);
    await expect(stolen).rejects.toThrow(/^customer differs \(40 rows sent, 40 arrived/);
  });

  test('of another version is refused', async () => {
    const source = await town(await place('sqlite'));
    source.file!.exec(`update schema_migration set name = '2031-01-01-later' where name like '%security'`);
    const to = await place('sqlite');
    await expect(copyDatabase(source, await opened(to), { prove })).rejects.toThrow('of another version');
    expect(existsSync((to as { file: string }).file)).toBe(true);
  });
});
