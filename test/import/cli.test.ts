import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { run } from '#cli/index.ts';
import { openReady } from '#db/ready.ts';
import { addFirstUser } from '#services/users/add.ts';
import { actor, clock } from '#test/support/database.ts';
import { createRunner } from '#services/runner.ts';
import { fileWith, SAMPLES, sample, sampleText } from './support.ts';

const PASSWORD = 'correct horse battery staple 7';
const bills = [...SAMPLES.water.files];

beforeAll(() => {
  vi.stubEnv('METERDESK_TOKEN', undefined);
  vi.stubEnv('METERDESK_USER', 'ana');
  vi.stubEnv('METERDESK_PASSWORD', PASSWORD);
  return () => vi.unstubAllEnvs();
});

/** A database file with an administrator, and a way to type verbs at it. */
async function desk() {
  const file = join(fileWith('x', ''), '..', 'utility.db');
  const database = await openReady({ file });
  const person = { username: 'ana', displayName: 'Ana', password: PASSWORD };
  await createRunner({ database, actor: actor(), clock })(addFirstUser, person);
  await database.close();
  return async (...argv: string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const spies = [
      vi.spyOn(process.stdout, 'write').mockImplementation((text) => (out.push(String(text)), true)),
      vi.spyOn(process.stderr, 'write').mockImplementation((text) => (err.push(String(text)), true)),
    ];
    onTestFinished(() => spies.forEach((spy) => spy.mockRestore()));
    const code = await run(['--db', file, ...argv]);
    for (const spy of spies) spy.mockRestore();
    return { code, out: out.join(''), err: err.join('') };
  };
}

test('import tells what it did and its control totals, then that there is nothing to do', async () => {
  const type = await desk();
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
  const type = await desk();
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
  const type = await desk();
  expect(await type('import', ...bills)).toMatchObject({
    code: 2,
    err: expect.stringContaining('--profiles lists them'),
  });
  expect((await type('import', '--profile', 'ibm-ar')).code).toBe(2);
  expect((await type('import', '--profile', 'ibm-ar', ...bills, '--expect', 'x')).code).toBe(2);
  expect((await type('import', '--profiles')).out).toMatch(/nycha-water .*\nibm-ar /);
});

test('a trial run of a profile of one’s own keeps nothing; the operation is there for calls too', async () => {
  const type = await desk();
  const files = SAMPLES.harbor.files;
  const trial = await type('import', '--profile', sample('harbor.json'), ...files, '--dry-run');
  expect(trial.out).toMatch(/^Trial run, nothing kept\. 8 rows read\./);
  const input = JSON.stringify({ profile: sample('harbor.json'), files });
  const called = await type('call', 'import.run', '--json', input);
  expect(called.code).toBe(0);
  expect(JSON.parse(called.out)).toMatchObject({ dryRun: false, rows: { read: 8, rejected: 0 } });
  expect(existsSync('rejects.csv')).toBe(false);
});
