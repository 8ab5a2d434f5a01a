import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { backup } from '#db/backup.ts';
import type { Database } from '#db/database.ts';
import { openDatabase } from '#db/open.ts';
import { generateDemo } from '#db/demo/generate.ts';
import { openReady } from '#db/ready.ts';
import { damage } from '#test/support/damage.ts';
import { TODAY } from '#test/support/database.ts';
import { freshFolder } from '#test/support/folder.ts';

const holder = new URL('../support/hold-open.ts', import.meta.url).pathname;

async function town(): Promise<string> {
  const file = join(freshFolder(), 'utility.db');
  const database = await openReady({ file });
  await generateDemo(database, { customers: 20, months: 6, today: TODAY });
  await database.close();
  return file;
}

/** A process that has written to the database and still has it open. */
async function atWork(file: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [holder, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout!, 'data');
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function opened(file: string): Promise<readonly string[]> {
  const told: string[] = [];
  const database: Database = await openDatabase({ file }, { onNotice: (text) => told.push(text) });
  await database.close();
  return told;
}

describe('a database that was not left properly', () => {
  test('is checked once at the next start, and is as it was', async () => {
    const file = await town();
    await killed(await atWork(file));
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    expect(await opened(file)).toEqual([expect.stringContaining('not left properly')]);
    expect(await opened(file)).toEqual([]);
    const database = await openDatabase({ file });
    const held = await database.db.selectFrom('counter').select('value').where('name', '=', 'held').execute();
    await database.close();
    expect(held).toEqual([{ value: 1 }]);
  });

  test('is not checked while others are at work: their log is no sign of anything', async () => {
    const file = await town();
    const other = await atWork(file);
    expect(await opened(file)).toEqual([]);
    await killed(await atWork(file));
    expect(await opened(file)).toEqual([]);
    await killed(other);
    expect(await opened(file)).toHaveLength(1);
  });

  test('and is damaged is refused until it is replaced, with the newest backup', async () => {
    const file = await town();
    const live = await openDatabase({ file });
    const copy = join(file, '..', 'copy.db');
    await backup(live, copy);
    await live.close();
    await killed(await atWork(file));
    damage(file);
    for (let start = 0; start < 2; start++) {
      await expect(opened(file)).rejects.toThrow(/is damaged \(.*page.*\)\. Stop work.*copy\.db/s);
    }
    copyFileSync(copy, file);
    expect(await opened(file)).toHaveLength(1);
  });

  test('is checked by the next one when whoever checked was killed', async () => {
    const file = await town();
    const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
    await once(child, 'exit');
    writeFileSync(`${file}-unchecked`, `${child.pid}\n`);
    expect(await opened(file)).toEqual([expect.stringContaining('Checking the file')]);
    expect(existsSync(`${file}-unchecked`)).toBe(false);
  });

  test('is waited for while another session checks it', async () => {
    const file = await town();
    const checker = await atWork(file);
    writeFileSync(`${file}-unchecked`, `${checker.pid}\n`);
    const { promise: waiting, resolve } = Promise.withResolvers<string>();
    const opening = openDatabase({ file }, { onNotice: resolve });
    expect(await waiting).toContain('Another session is checking');
    expect(readFileSync(`${file}-unchecked`, 'utf8')).toBe(`${checker.pid}\n`);
    await killed(checker);
    await (await opening).close();
    expect(existsSync(`${file}-unchecked`)).toBe(false);
  });
});
