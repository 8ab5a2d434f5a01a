import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FileThereError, makeDemoFile } from '#db/demo/file.ts';
import { openReady } from '#db/ready.ts';
import { checkDatabase } from '#services/check/check.ts';
import { TODAY } from '#test/support/database.ts';

const entry = new URL('../support/run-cli.ts', import.meta.url).pathname;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'meterdesk-demo-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test('a demo file is whole, sound, for its owner only, and can be looked up in', async () => {
  const at = folder();
  const file = join(at, 'town.db');
  const fractions: number[] = [];
  await makeDemoFile(file, {
    customers: 60,
    months: 8,
    today: TODAY,
    onProgress: (fraction) => fractions.push(fraction),
  });
  expect(readdirSync(at)).toEqual(['town.db']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(fractions.at(-1)).toBe(1);
  const database = await openReady({ file });
  expect((await checkDatabase(database.db)).clean).toBe(true);
  expect(database.file!.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(await database.db.selectFrom('search_key').select('key').limit(1).execute()).toHaveLength(1);
  await database.close();
});

test('what a killed run left is removed, and a second run is refused', async () => {
  const at = folder();
  const file = join(at, 'town.db');
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  writeFileSync(`${file}.making-${dead}`, 'half');
  await makeDemoFile(file, { customers: 20, months: 3, today: TODAY });
  expect(readdirSync(at)).toEqual(['town.db']);
  const { ino } = statSync(file);
  await expect(makeDemoFile(file, { customers: 20, months: 3, today: TODAY })).rejects.toThrow(FileThereError);
  expect(statSync(file).ino).toBe(ino);
});

test('a file that appears meanwhile is not replaced', async () => {
  const at = folder();
  const file = join(at, 'town.db');
  const onProgress = (fraction: number): void => void (fraction === 1 && writeFileSync(file, 'of somebody else'));
  await expect(makeDemoFile(file, { customers: 20, months: 3, today: TODAY, onProgress })).rejects.toThrow(
    FileThereError,
  );
  expect(readdirSync(at)).toEqual(['town.db']);
  expect(readFileSync(file, 'utf8')).toBe('of somebody else');
});

test('a cancelled run leaves nothing behind', async () => {
  const at = folder();
  const cancel = new AbortController();
  const onProgress = (fraction: number): void => void (fraction > 0.1 && cancel.abort(new Error('enough')));
  const run = makeDemoFile(join(at, 'town.db'), { customers: 400, today: TODAY, signal: cancel.signal, onProgress });
  await expect(run).rejects.toThrow('enough');
  expect(readdirSync(at)).toEqual([]);
});

test('the verb makes a utility whose users can sign in, and refuses to make it twice', () => {
  const file = join(folder(), 'town.db');
  const keyFile = join(folder(), 'keys', 'town');
  const meterdesk = (argv: string[], env: Record<string, string> = {}) =>
    spawnSync(process.execPath, [entry, ...argv], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, METERDESK_DB: file, METERDESK_KEY_FILE: keyFile, NODE_ENV: 'production', ...env },
    });
  const made = meterdesk(['demo', '--customers', '40', '--months', '6', '--json']);
  expect(made.status).toBe(0);
  expect(JSON.parse(made.stdout)).toMatchObject({ customers: 40 });
  const alice = { METERDESK_USER: 'alice', METERDESK_PASSWORD: 'demo' };
  const options = meterdesk(['call', 'options.get', '--json', '{}'], alice);
  expect(JSON.parse(options.stdout)).toMatchObject({ demo: true, companyName: 'Alder Falls Utilities' });
  expect(meterdesk(['demo', '--customers', '40'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('already has customers'),
  });
  expect(meterdesk(['demo', '--customers', 'many']).status).toBe(2);
}, 40_000);
