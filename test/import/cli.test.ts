import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openReady } from '#db/ready.ts';
import { addFirstUser } from '#services/users/add.ts';
import { createToken } from '#services/users/tokens.ts';
import { runnerFor } from '#test/support/database.ts';
import { verb } from '#test/support/verbs.ts';
import { fileWith, SAMPLES, sample, sampleText } from './support.ts';

const bills = [...SAMPLES.water.files];
const template = mkdtempSync(join(tmpdir(), 'meterdesk-import-'));
afterAll(() => rmSync(template, { recursive: true }));

/** A database file with an administrator, who signs in with a token. */
beforeAll(async () => {
  const database = await openReady({ file: join(template, 'utility.db') });
  const call = runnerFor(database);
  await call(addFirstUser, { username: 'ana', displayName: 'Ana', password: 'correct horse battery staple 7' });
  const { token } = await call(createToken, { username: 'ana', name: 'imports', days: 9 });
  await database.close();
  vi.stubEnv('METERDESK_USER', undefined);
  vi.stubEnv('METERDESK_TOKEN', token);
  return () => vi.unstubAllEnvs();
});

/** A way to type verbs at a copy of it. */
function desk() {
  const file = join(fileWith('x', ''), '..', 'utility.db');
  copyFileSync(join(template, 'utility.db'), file);
  return (...argv: string[]) => verb('--db', file, ...argv);
}

test('import tells what it did and its control totals, then that there is nothing to do', async () => {
  const type = desk();
  const first = await type('import', '--profile', 'nycha-water', ...bills, '--expect', 'charges=775.54');
  expect(first.code).toBe(0);
  expect(first.out).toMatch(/12 rows read\./);
  expect(first.out).toMatch(/charge +│ 9 +│ 0 +│ 0/);
  expect(first.out).toMatch(/charges +│ 9 +│ 775\.54 │ 775\.54 │ 4 account, 5 meter, 4 month, 3 tds/);
  const again = await type('import', '--profile', 'nycha-water', ...bills, '--json');
  const summary = JSON.parse(again.out) as { records: { created: number; changed: number }[] };
  expect(summary.records.every(({ created, changed }) => created + changed === 0)).toBe(true);
  expect((await type('check')).code).toBe(0);
});

test('a refusal names row and reason, in words or as JSON, with exit code 1; rejects go to their file', async () => {
  const type = desk();
  const bad = fileWith('bad.csv', sampleText('water-bills.csv').replace('01/26/2025', '01/46/2025'));
  const rejects = join(bad, '..', 'rejects.csv');
  const refused = await type('import', '--profile', 'nycha-water', bad, '--rejects', rejects);
  expect([refused.code, refused.out]).toEqual([1, '']);
  expect(refused.err).toMatch(/1 of 9 rows cannot be taken: .*bad\.csv, row 2: .*“01\/46\/2025” is not a date/);
  expect(readFileSync(rejects, 'utf8').split('\n')).toHaveLength(3);
  const over = await type('import', '--profile', 'nycha-water', bad, '--rejects', rejects);
  expect(over.err).toMatch(/The rejects file .* exists already/);
  const json = await type('import', '--profile', 'nycha-water', bad, '--json');
  expect(JSON.parse(json.err)).toMatchObject({ error: { code: 'refused' } });
  const some = await type('import', '--profile', 'nycha-water', bad, '--accept-valid');
  expect([some.code, some.err]).toEqual([0, 'One row was rejected.\n']);
});

test('wrong usage says what to type; profiles are listed', async () => {
  const type = desk();
  expect(await type('import', ...bills)).toMatchObject({
    code: 2,
    err: expect.stringContaining('--profiles lists them'),
  });
  expect((await type('import', '--profile', 'ibm-ar')).code).toBe(2);
  expect((await type('import', '--profile', 'ibm-ar', ...bills, '--expect', 'x')).code).toBe(2);
  expect((await type('import', '--profiles')).out).toMatch(/nycha-water .*\nibm-ar /);
});

test('a trial run of a profile of one’s own keeps nothing; the operation is there for calls too', async () => {
  const type = desk();
  const files = SAMPLES.harbor.files;
  const trial = await type('import', '--profile', sample('harbor.json'), ...files, '--dry-run');
  expect(trial.out).toMatch(/^Trial run, nothing kept\. 8 rows read\./);
  const input = JSON.stringify({ profile: sample('harbor.json'), files });
  const called = await type('call', 'import.run', '--json', input);
  expect(called.code).toBe(0);
  expect(JSON.parse(called.out)).toMatchObject({ dryRun: false, rows: { read: 8, rejected: 0 } });
  expect(existsSync('rejects.csv')).toBe(false);
});
