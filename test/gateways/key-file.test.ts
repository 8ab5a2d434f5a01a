import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { makeKeyFile, readKeyFile } from '#gateways/key-file.ts';

let folder = '';
const file = (name: string) => ({ path: join(folder, 'keys', name), databaseFile: join(folder, 'data', 'town.db') });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
  mkdirSync(join(folder, 'data'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

/** A key file with that text. */
function written(text: string, mode = 0o600) {
  mkdirSync(join(folder, 'keys'), { recursive: true });
  writeFileSync(file('k').path, text);
  chmodSync(file('k').path, mode);
  return file('k');
}

const KEY = Buffer.alloc(32, 3).toString('base64');
const WHOLE = `meterdesk-key 1\n${KEY}\n`;

describe('a key file', () => {
  test('is made for its owner only, of random bytes, and never replaced', async () => {
    await makeKeyFile(file('one'));
    await makeKeyFile(file('two'));
    expect(statSync(file('one').path).mode & 0o777).toBe(0o600);
    expect(await readKeyFile(file('one'))).not.toEqual(await readKeyFile(file('two')));
    const before = readFileSync(file('one').path);
    await expect(makeKeyFile(file('one'))).rejects.toThrow('never replaced');
    expect(readFileSync(file('one').path)).toEqual(before);
  });

  test('gives 32 bytes', async () => {
    expect(await readKeyFile(written(WHOLE, 0o400))).toEqual(Buffer.alloc(32, 3));
  });

  test.each([0o640, 0o604, 0o620, 0o644])('is refused when others have rights: %o', async (mode) => {
    await expect(readKeyFile(written(WHOLE, mode))).rejects.toThrow('read by others');
  });

  test('as a credential may show the right of a group to read, not more', async () => {
    expect(await readKeyFile({ ...written(WHOLE, 0o440), credential: true })).toHaveLength(32);
    await expect(readKeyFile({ ...written(WHOLE, 0o444), credential: true })).rejects.toThrow('read by others');
  });

  test.each([
    ['of another version', `meterdesk-key 2\n${KEY}\n`],
    ['too short', `meterdesk-key 1\n${Buffer.alloc(31).toString('base64')}\n`],
    ['with more behind it', `${WHOLE}more\n`],
    ['with other characters', `meterdesk-key 1\n!${KEY}\n`],
    ['empty', ''],
  ])('%s is refused', async (_, text) => {
    await expect(readKeyFile(written(text))).rejects.toMatchObject({ name: 'KeyFileRefused' });
  });

  test('that is not there says how to make one', async () => {
    await expect(readKeyFile(file('none'))).rejects.toThrow('meterdesk keys init');
  });

  test('beside the database is neither made nor read, also by a link', async () => {
    const beside = { ...file('k'), path: join(folder, 'data', 'k') };
    await expect(makeKeyFile(beside)).rejects.toThrow('beside the database');
    writeFileSync(beside.path, WHOLE, { mode: 0o600 });
    await expect(readKeyFile(beside)).rejects.toThrow('beside the database');
    symlinkSync(join(folder, 'data'), join(folder, 'keys'));
    await expect(readKeyFile(file('k'))).rejects.toThrow('beside the database');
  });
});
