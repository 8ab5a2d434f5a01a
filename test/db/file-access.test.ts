import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '#db/open.ts';
import { openReady } from '#db/ready.ts';
import { assertSettings, openSqliteFile } from '#db/sqlite-file.ts';
import { freshFolder } from '#test/support/folder.ts';

const root = new URL('../..', import.meta.url).pathname;
const modeOf = (path: string): number => statSync(path).mode & 0o777;
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

/** Runs a verb as a user who owns nothing. */
function asNobody(...argv: string[]): { readonly code: number | null; readonly said: string } {
  const who = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
  const program = [process.execPath, join(root, 'test/support/run-cli.ts')];
  const { status, stderr } = spawnSync('setpriv', [...who, ...program, ...argv], { encoding: 'utf8', cwd: '/' });
  return { code: status, said: stderr };
}

const canBecomeNobody = (): boolean => {
  try {
    execFileSync('setpriv', ['--version']);
    return isRoot && asNobody('--version').code === 0;
  } catch {
    return false;
  }
};

describe('who can read a database', () => {
  test('a new one, its folder and its log are its owner’s only', async () => {
    const file = join(freshFolder(), 'deep', 'er', 'utility.db');
    const database = await openReady({ file });
    expect([file, `${file}-wal`, `${file}-shm`].map(modeOf)).toEqual([0o600, 0o600, 0o600]);
    expect(modeOf(join(file, '..'))).toBe(0o700);
    await database.close();
  });

  test('one that others can read is closed to them, and that is told', async () => {
    const file = join(freshFolder(), 'utility.db');
    await (await openReady({ file })).close();
    chmodSync(file, 0o644);
    const told: string[] = [];
    await (await openDatabase({ file }, { onNotice: (text) => told.push(text) })).close();
    expect(modeOf(file)).toBe(0o600);
    expect(told).toEqual([expect.stringContaining('could be read by other users')]);
    await (await openDatabase({ file }, { onNotice: (text) => told.push(text) })).close();
    expect(told).toHaveLength(1);
  });

  test.skipIf(!canBecomeNobody())('one of another account is refused with what to do', async () => {
    const folder = freshFolder();
    chmodSync(folder, 0o777);
    const file = join(folder, 'utility.db');
    await (await openReady({ file })).close();
    chmodSync(file, 0o666);
    const open = asNobody('--db', file, 'migrate');
    expect(open).toEqual({ code: 4, said: expect.stringContaining('belongs to somebody else') });
    expect(modeOf(file)).toBe(0o666);
    chmodSync(file, 0o600);
    expect(asNobody('--db', file, 'migrate').said).toContain('cannot be written by this user');
    expect(existsSync(`${file}-wal`)).toBe(false);
  });

  test.skipIf(!canBecomeNobody())('one in a folder that cannot be written is refused in words', async () => {
    const folder = join(freshFolder(), 'fixed');
    mkdirSync(folder);
    const file = join(folder, 'utility.db');
    await (await openReady({ file })).close();
    chownSync(file, NOBODY, NOBODY);
    chmodSync(join(folder, '..'), 0o755);
    chmodSync(folder, 0o755);
    expect(asNobody('--db', file, 'check')).toEqual({
      code: 4,
      said: expect.stringContaining(`${folder} cannot be written by this user`),
    });
  });
});

describe('settings of a connection', () => {
  test('are all in force', () => {
    const handle = openSqliteFile(join(freshFolder(), 'utility.db'));
    const value = (name: string): unknown => handle.pragma(name, { simple: true });
    expect(['journal_mode', 'synchronous', 'foreign_keys', 'trusted_schema'].map(value)).toEqual(['wal', 2, 1, 0]);
    handle.close();
  });

  test.each([
    ['synchronous = normal', /synchronous is 1 and must be 2/],
    ['foreign_keys = off', /foreign_keys is 0/],
    ['journal_mode = delete', /journal_mode is delete and must be wal/],
  ])('%s is refused', (pragma, words) => {
    const handle = openSqliteFile(join(freshFolder(), 'utility.db'));
    handle.pragma(pragma);
    expect(() => assertSettings(handle)).toThrow(words);
    handle.close();
  });

  test('a file that is no database is not opened', () => {
    const file = join(freshFolder(), 'letter.txt');
    writeFileSync(file, 'Dear customer, '.repeat(400));
    expect(() => openSqliteFile(file)).toThrow(/not a database/);
  });
});
