import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { newDesk, PROGRAM, signIn, sitDown } from './desk.ts';

test('a database is proven, copied while somebody works in it, damaged, and restored', async () => {
  const desk = newDesk();
  const meterdesk = (...argv: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...argv], {
      env: desk.env,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  const copy = join(desk.folder, 'copy.db');
  const colleague = sitDown(desk);
  await signIn(colleague);
  expect(meterdesk('check')).toMatchObject({ status: 0, stdout: expect.stringContaining('Everything holds.') });
  expect(meterdesk('backup', copy).status).toBe(0);
  expect(meterdesk('backup', copy)).toMatchObject({ status: 1, stderr: expect.stringContaining('never overwrites') });
  expect(meterdesk('restore', copy)).toMatchObject({ status: 1, stderr: expect.stringContaining('in use') });
  await colleague.press('ctrl+c').answers('Leave meterdesk?', 'y').ends(0);

  const handle = new BetterSqlite(desk.database);
  handle.exec(`update account_balance set balance_cents = balance_cents + 1
    where account_id = (select min(account_id) from account_balance)`);
  handle.close();
  const damaged = meterdesk('check', '--json');
  expect(damaged.status).toBe(1);
  expect(JSON.parse(damaged.stdout)).toMatchObject({ clean: false });

  expect(meterdesk('restore', copy)).toMatchObject({ status: 0, stdout: expect.stringContaining('is kept as') });
  expect(meterdesk('check').status).toBe(0);
});
