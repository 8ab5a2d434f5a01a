import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openReady } from '#db/ready.ts';
import { damage } from '#test/support/damage.ts';
import { freshFolder } from '#test/support/folder.ts';
import { verb } from '#test/support/verbs.ts';

const template = mkdtempSync(join(tmpdir(), 'meterdesk-engines-'));
afterAll(() => rmSync(template, { recursive: true }));

beforeAll(async () => {
  const size = ['--customers', '15', '--months', '6', '--today', '2026-11-21'];
  expect((await verb('--db', join(template, 'utility.db'), 'demo', ...size)).code).toBe(0);
  expect(readdirSync(template)).toEqual(['utility.db']);
});

/** A copy of one demo utility, in a folder of its own. */
function demo(): { at: string; file: string } {
  const at = freshFolder();
  const file = join(at, 'utility.db');
  copyFileSync(join(template, 'utility.db'), file);
  return { at, file };
}

describe('maintain', () => {
  test('empties the log', async () => {
    const { file } = demo();
    const database = await openReady({ file });
    database.file!.exec("insert into counter (name, value) values ('x', 1)");
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    expect(await verb('--db', file, 'maintain')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/35 days: 0 older.*\n.*empty now/),
    });
    expect(statSync(`${file}-wal`).size).toBe(0);
    await database.close();
  });

  test('says so when somebody reads all the time, and that is no fault yet', async () => {
    const { file } = demo();
    const reader = await openReady({ file });
    reader.file!.exec("insert into counter (name, value) values ('x', 1)");
    reader.file!.exec('begin; select count(*) from counter');
    reader.file!.prepare('select * from counter').all();
    const writer = await openReady({ file });
    writer.file!.exec("insert into counter (name, value) values ('y', 1)");
    const { code, out } = await verb('--db', file, 'maintain');
    reader.file!.exec('commit');
    await reader.close();
    await writer.close();
    expect(out).toContain('at work all the time');
    expect(code).toBe(0);
  });
});

describe('backup', () => {
  test('into a folder names the file, tells size and time, and keeps as many as asked for', async () => {
    const { at, file } = demo();
    const folder = join(at, 'backups');
    mkdirSync(folder);
    for (const name of ['utility-20250101-000000.db', 'utility-20250102-000000.db', 'precious-20250101-000000.db']) {
      writeFileSync(join(folder, name), 'an old one');
    }
    const { code, out } = await verb('--db', file, 'backup', folder, '--keep', '2');
    expect(code).toBe(0);
    expect(out).toMatch(/is a sound copy \(\d+\.\d MB, \d+\.\d s\)/);
    expect(out).toContain('Removed utility-20250101-000000.db');
    expect(readdirSync(folder).sort()).toEqual([
      'precious-20250101-000000.db',
      'utility-20250102-000000.db',
      expect.stringMatching(/^utility-\d{8}-\d{6}\.db$/),
    ]);
  });

  test('that fails removes nothing', async () => {
    const { at, file } = demo();
    const database = await openReady({ file });
    database.file!.exec('update account_balance set balance_cents = balance_cents + 5 where account_id = 1');
    await database.close();
    const folder = join(at, 'backups');
    mkdirSync(folder);
    writeFileSync(join(folder, 'utility-20250101-000000.db'), 'the last good one');
    writeFileSync(join(folder, 'utility-20250102-000000.db'), 'another');
    expect(await verb('--db', file, 'backup', folder, '--keep', '1')).toMatchObject({ code: 1 });
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test('rules for keeping are read before anything is done', async () => {
    const { at, file } = demo();
    expect(await verb('--db', file, 'backup', at, '--keep', 'all')).toMatchObject({
      code: 2,
      err: expect.stringContaining('such as 7d5w12m'),
    });
    expect(await verb('--db', file, 'backup', join(at, 'one.db'), '--keep', '3')).toMatchObject({ code: 2 });
    expect(existsSync(join(at, 'one.db'))).toBe(false);
  });

  test('is proven by --verify, table by table with --full, and a damaged one refused', async () => {
    const { at, file } = demo();
    const copy = join(at, 'copy.db');
    await verb('--db', file, 'backup', copy);
    expect((await verb('backup', '--verify', copy)).out).toMatch(/is sound: \d+ rules hold/);
    const full = await verb('backup', '--verify', '--full', copy);
    expect(full.out).toMatch(/ledger_line +\d+ rows {2}[0-9a-f]{64}/);
    expect(
      (await verb('backup', '--verify', '--full', file)).out.split('\n').filter((line) => / rows /.test(line)),
    ).toEqual(full.out.split('\n').filter((line) => / rows /.test(line)));
    damage(copy);
    expect(await verb('backup', '--verify', copy)).toMatchObject({ code: 1, out: '' });
    expect(await verb('backup', '--verify', join(at, 'none.db'))).toMatchObject({ code: 1 });
  });
});

describe('a restore drill', () => {
  test('a database that is lost comes back from its backup, and is sound', async () => {
    const { at, file } = demo();
    const folder = join(at, 'backups');
    mkdirSync(folder);
    await verb('--db', file, 'backup', folder);
    const [name] = readdirSync(folder);
    damage(file);
    expect(await verb('--db', file, 'check')).toMatchObject({ code: expect.any(Number) });
    expect((await verb('--db', file, 'check')).code).not.toBe(0);
    const restored = await verb('--db', file, 'restore', join(folder, name!));
    expect(restored).toMatchObject({ code: 0, out: expect.stringMatching(/is restored \(\d+\.\d MB.*kept as/) });
    expect(await verb('--db', file, 'check')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Everything holds'),
    });
  });
});

describe('copy', () => {
  test('prints what is equal on both sides', async () => {
    const { at, file } = demo();
    const { code, out } = await verb('copy', '--from', file, '--to', join(at, 'b.db'));
    expect(code).toBe(0);
    expect(out).toMatch(/ledger_line +│ \d+ +│ [\d.]+ +│ [0-9a-f]{16}/);
    expect(out).toMatch(/Ledger (-?\d+\.\d\d), balances \1\./);
    expect(statSync(join(at, 'b.db')).mode & 0o777).toBe(0o600);
    expect(await verb('--db', join(at, 'b.db'), 'check')).toMatchObject({ code: 0 });
    expect(await verb('copy', '--from', file, '--to', join(at, 'b.db'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('is not empty'),
    });
  });

  test('into a place that cannot be leaves nothing behind', async () => {
    const { at, file } = demo();
    expect(await verb('copy', '--from', file, '--to', file)).toMatchObject({ code: 2 });
    expect(await verb('copy', '--from', join(at, 'none.db'), '--to', join(at, 'b.db'))).toMatchObject({ code: 4 });
    writeFileSync(join(at, 'empty.db'), '');
    expect(await verb('copy', '--from', join(at, 'empty.db'), '--to', join(at, 'b.db'))).toMatchObject({ code: 1 });
    expect(existsSync(join(at, 'b.db'))).toBe(false);
  });

  test('never shows the password of an address', async () => {
    const { file } = demo();
    const to = 'postgres://ana:geheim@127.0.0.1:1/utility';
    const { code, out, err } = await verb('copy', '--from', file, '--to', to);
    expect(code).toBe(4);
    expect(out + err).not.toContain('geheim');
    const broken = await verb('copy', '--from', file, '--to', 'postgres://ana:geheim@[x/utility');
    expect(broken).toMatchObject({ code: 4, err: expect.stringContaining('cannot be read') });
    expect(broken.err).not.toContain('geheim');
  });
});
