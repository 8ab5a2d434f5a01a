import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openReady } from '#db/ready.ts';
import { freshFolder } from '#test/support/folder.ts';

const script = (name: string): string => new URL(`../support/${name}`, import.meta.url).pathname;

/** What SQLite leaves beside a file that somebody has open. */
const leftOpen = (file: string): string[] => readdirSync(dirname(file)).filter((name) => /-(wal|shm)$/.test(name));

async function newDatabase(): Promise<string> {
  const file = join(freshFolder(), 'utility.db');
  await (await openReady({ file })).close();
  return file;
}

test('a process that just ends leaves a closed file, with what was committed and nothing else', async () => {
  const file = await newDatabase();
  const ended = spawnSync(process.execPath, [script('exit-midway.ts'), file], { encoding: 'utf8' });
  expect(ended).toMatchObject({ status: 3, stderr: '' });
  expect(leftOpen(file)).toEqual([]);
  const told: string[] = [];
  const database = await openReady({ file }, { onNotice: (text) => told.push(text) });
  const names = await database.db.selectFrom('counter').select('name').where('name', 'like', '%committed').execute();
  await database.close();
  expect(told).toEqual([]);
  expect(names).toEqual([{ name: 'committed' }]);
});

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('a verb that is ended by %s closes its file', async (signal, code) => {
  const file = await newDatabase();
  const seen = watch(dirname(file));
  // Waits for the password with the database open.
  const argv = [script('run-cli.ts'), 'user', 'list', '--user', 'root', '--password-stdin', '--db', file];
  const verb = spawn(process.execPath, argv, { stdio: ['pipe', 'ignore', 'inherit'] });
  for await (const { filename } of seen) if (filename?.endsWith('-shm')) break;
  verb.kill(signal);
  expect(await once(verb, 'exit')).toEqual([code, null]);
  expect(leftOpen(file)).toEqual([]);
});

test('a failure of what is done before closing closes all the same', async () => {
  const file = await newDatabase();
  const database = await openReady({ file });
  database.beforeClose(() => Promise.reject(new Error('nobody hears')));
  await expect(database.close()).rejects.toThrow('nobody hears');
  expect(leftOpen(file)).toEqual([]);
});
