import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'meterdesk-headless-'));
const entry = new URL('../support/run-cli.ts', import.meta.url).pathname;
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a verb as a process of its own, with only these variables besides PATH. */
function meterdesk(argv: string[], env: Record<string, string> = {}, input = '') {
  const result = spawnSync(process.execPath, [entry, ...argv], {
    input,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      METERDESK_DB: join(folder, 'utility.db'),
      NODE_ENV: 'production',
      ...env,
    },
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

const root = { METERDESK_USER: 'root', METERDESK_PASSWORD: 'four words in a row' };

test('an installer makes a database, its administrator, a token, and calls with it', () => {
  expect(meterdesk(['user', 'list']).code).toBe(4);
  expect(meterdesk(['migrate'])).toMatchObject({ code: 0 });
  expect(meterdesk(['user', 'list'])).toMatchObject({ code: 3 });
  const added = meterdesk(['user', 'add', 'root', '--name', 'Rita Root'], {}, `${root.METERDESK_PASSWORD}\n`);
  expect(JSON.parse(added.out)).toMatchObject({ username: 'root', groups: ['administrator'] });
  expect(meterdesk(['user', 'add', 'eve'], {}, 'another long password\n').code).toBe(3);

  const clerk = meterdesk(['user', 'add', 'ben', '--group', 'billing'], root, 'a password for ben?no\n');
  expect(clerk).toMatchObject({ code: 1, err: expect.stringContaining('must not contain the user name') });
  expect(meterdesk(['user', 'add', 'ben', '--group', 'billing'], root, 'water under bridges\n').code).toBe(0);

  const token = JSON.parse(meterdesk(['token', 'create', 'root', '--name', 'nightly job'], root).out).token as string;
  const users = meterdesk(['call', 'user.list'], { METERDESK_TOKEN: token });
  expect(JSON.parse(users.out).map((one: { username: string }) => one.username)).toEqual(['ben', 'root']);

  const refused = meterdesk(['call', 'user.list'], {
    METERDESK_USER: 'ben',
    METERDESK_PASSWORD: 'water under bridges',
  });
  expect(refused.code).toBe(3);
  expect(JSON.parse(refused.err)).toMatchObject({ error: { code: 'forbidden' } });
});
