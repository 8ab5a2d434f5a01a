import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { backup, BackupError, restore } from '#db/backup.ts';
import type { Database } from '#db/database.ts';
import { openDatabase } from '#db/open.ts';
import { generateDemo } from '#db/demo/generate.ts';
import { openReady } from '#db/ready.ts';
import { lastBackupOf } from '#db/last-backup.ts';
import { migrationNames } from '#db/migrations/names.ts';
import { prove } from '#db/prove.ts';
import { damage } from '#test/support/damage.ts';
import { TODAY } from '#test/support/database.ts';
import { freshFolder } from '#test/support/folder.ts';

const STAMP = '20261121-150000';

async function open(file: string): Promise<Database> {
  const database = await openReady({ file });
  let closed = false;
  const close = async (): Promise<void> => {
    if (!closed) await database.close();
    closed = true;
  };
  onTestFinished(close);
  return { ...database, close };
}

async function town(file: string, customers = 30): Promise<Database> {
  const database = await open(file);
  await generateDemo(database, { customers, months: 6, today: TODAY });
  return database;
}

const count = async ({ db }: Database): Promise<number> =>
  (await db.selectFrom('customer').select('id').execute()).length;

describe('a backup', () => {
  test('is the database of the moment, sound, for its owner only, though others write', async () => {
    const at = freshFolder();
    const database = await town(join(at, 'live.db'), 60);
    const other = await open(join(at, 'live.db'));
    let writes = 0;
    const copying = backup(database, join(at, 'copy.db'), () => {
      other
        .file!.prepare('insert into counter (name, value) values (?, 1) on conflict do update set value = value + 1')
        .run('busy');
      writes += 1;
    });
    await copying;
    expect(writes).toBeGreaterThan(0);
    expect(statSync(join(at, 'copy.db')).mode & 0o777).toBe(0o600);
    expect(await count(await open(join(at, 'copy.db')))).toBe(60);
    expect(readdirSync(at).filter((name) => name.includes('.part'))).toEqual([]);
  });

  test('never overwrites', async () => {
    const at = freshFolder();
    const database = await town(join(at, 'live.db'));
    writeFileSync(join(at, 'copy.db'), 'precious');
    await expect(backup(database, join(at, 'copy.db'))).rejects.toThrow('never overwrites');
    expect(statSync(join(at, 'copy.db')).size).toBe('precious'.length);
  });

  test('of books that do not balance is refused with the account', async () => {
    const at = freshFolder();
    const database = await town(join(at, 'live.db'));
    const { number } = await database.db
      .selectFrom('account')
      .select('number')
      .where('id', '=', 1)
      .executeTakeFirstOrThrow();
    database.file!.exec('update account_balance set balance_cents = balance_cents + 5 where account_id = 1');
    await expect(backup(database, join(at, 'copy.db'))).rejects.toThrow(`account ${number}`);
    expect(existsSync(join(at, 'copy.db'))).toBe(false);
  });
});

describe('a restore', () => {
  test('puts the backup in place and keeps what was there', async () => {
    const at = freshFolder();
    const live = join(at, 'live.db');
    const database = await town(live);
    await backup(database, join(at, 'copy.db'));
    await database.transaction((db) => db.updateTable('customer').set({ display_name: 'Later' }).execute());
    await database.close();
    const { kept } = await restore(join(at, 'copy.db'), live, STAMP);
    const names = async (file: string): Promise<Set<string>> =>
      new Set(
        (await (await open(file)).db.selectFrom('customer').select('display_name').execute()).map(
          (row) => row.display_name,
        ),
      );
    expect(await names(live)).not.toContain('Later');
    expect(await names(kept!)).toEqual(new Set(['Later']));
    expect(statSync(live).mode & 0o777).toBe(0o600);
  });

  test('refuses while somebody has the database open, and changes nothing', async () => {
    const at = freshFolder();
    const database = await town(join(at, 'live.db'));
    await backup(database, join(at, 'copy.db'));
    await expect(restore(join(at, 'copy.db'), join(at, 'live.db'), STAMP)).rejects.toThrow('in use');
    await database.transaction((db) => db.insertInto('counter').values({ name: 'after', value: 1 }).execute());
    expect(await count(database)).toBe(30);
    expect(readdirSync(at).filter((name) => /before|restoring/.test(name))).toEqual([]);
  });

  test('of a damaged file is refused before anything is touched', async () => {
    const at = freshFolder();
    const database = await town(join(at, 'live.db'));
    await database.close();
    writeFileSync(join(at, 'broken.db'), 'SQLite format 3\0 but not really');
    await expect(restore(join(at, 'broken.db'), join(at, 'live.db'), STAMP)).rejects.toThrow(BackupError);
    expect(await count(await open(join(at, 'live.db')))).toBe(30);
  });

  test('makes a database where there was none, whatever log was left', async () => {
    const at = freshFolder();
    writeFileSync(join(at, 'new.db-wal'), 'of a database that is gone');
    await backup(await town(join(at, 'live.db')), join(at, 'copy.db'));
    expect(await restore(join(at, 'copy.db'), join(at, 'new.db'), STAMP)).toMatchObject({ kept: null });
    const database = await openDatabase({ file: join(at, 'new.db') });
    expect(await count(database)).toBe(30);
    await database.close();
  });

  test('of a backup with damaged pages is refused with the reason, and the database is untouched', async () => {
    const at = freshFolder();
    const database = await town(join(at, 'live.db'));
    await backup(database, join(at, 'copy.db'));
    await database.close();
    damage(join(at, 'copy.db'));
    const before = readFileSync(join(at, 'live.db'));
    await expect(prove(join(at, 'copy.db'))).rejects.toThrow(/not sound|cannot be read/);
    await expect(restore(join(at, 'copy.db'), join(at, 'live.db'), STAMP)).rejects.toThrow(/page|malformed|not sound/);
    expect(readFileSync(join(at, 'live.db')).equals(before)).toBe(true);
    expect(readdirSync(at).sort()).toEqual(['copy.db', 'live.db', 'live.db-backup']);
  });

  test('takes the place of a damaged database, which is kept', async () => {
    const at = freshFolder();
    const live = join(at, 'live.db');
    const database = await town(live);
    await backup(database, join(at, 'copy.db'));
    await database.close();
    expect(lastBackupOf(live)).toMatchObject({ file: join(at, 'copy.db') });
    damage(live);
    writeFileSync(`${live}-unchecked`, '0\n');
    const { kept } = await restore(join(at, 'copy.db'), live, STAMP);
    expect(await count(await open(live))).toBe(30);
    expect(existsSync(kept!)).toBe(true);
    expect(existsSync(`${live}-unchecked`)).toBe(false);
  });

  test('of an earlier version’s backup brings it up to date', async () => {
    const at = freshFolder();
    const old = await openDatabase({ file: join(at, 'old.db') });
    await (await old.orm()).mikro.migrator.up({ to: migrationNames.at(-2)! });
    await old.close();
    expect(await prove(join(at, 'old.db'))).toMatchObject({ earlier: true });
    await restore(join(at, 'old.db'), join(at, 'new.db'), STAMP);
    expect(await prove(join(at, 'new.db'))).toMatchObject({ earlier: false });
  });
});
