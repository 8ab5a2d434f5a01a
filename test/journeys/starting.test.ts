import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { newDesk, PROGRAM, root, signIn, sitDown } from './desk.ts';

/** A Node on this machine that is too old for the program; null when there is none. */
function olderNode(): string | null {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin']) {
    const candidate = join(folder, 'node');
    try {
      accessSync(candidate, constants.X_OK);
    } catch {
      continue;
    }
    const { stdout } = spawnSync(candidate, ['--version'], { encoding: 'utf8' });
    if (Number(/^v(\d+)/.exec(stdout ?? '')?.[1] ?? 99) < 26) return candidate;
  }
  return null;
}

const old = olderNode();

test.skipIf(old === null)('an older node first on the PATH starts the one that came along', async () => {
  const op = sitDown(newDesk(), { command: old!, env: { PATH: '/usr/bin:/bin' } });
  await signIn(op).press('ctrl+c').answers('Leave meterdesk?', 'y').ends(0);
  expect(op.leftBehind()).toEqual([]);
});

test.skipIf(old === null)('an older node passes verbs, their input and exit codes on', () => {
  const desk = newDesk();
  const env = { ...desk.env, PATH: '/usr/bin:/bin', METERDESK_USER: 'ada', METERDESK_PASSWORD: 'demo' };
  const users = spawnSync(old!, [PROGRAM, 'user', 'list', '--json'], { env, encoding: 'utf8' });
  expect(JSON.parse(users.stdout)).toContainEqual(expect.objectContaining({ username: 'alice' }));
  const refused = spawnSync(old!, [PROGRAM, 'call', 'user.nothing'], { env, encoding: 'utf8' });
  expect(refused.status).toBe(2);
});

test('a symlink on the PATH starts the program', async () => {
  const desk = newDesk();
  const bin = join(desk.folder, 'bin');
  mkdirSync(bin);
  symlinkSync(PROGRAM, join(bin, 'meterdesk'));
  const op = sitDown(desk, { command: '/bin/sh', argv: ['-c', 'meterdesk'], env: { PATH: `${bin}:${desk.env.PATH}` } });
  await signIn(op);
});

test('npx starts the package’s program', () => {
  const { env } = newDesk();
  const ran = spawnSync('npx', ['--no', 'meterdesk', '--version'], { cwd: root, env, encoding: 'utf8' });
  expect(ran).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

test('the first start makes a demo utility, says who can sign in, and lets them', async () => {
  const desk = newDesk();
  const op = sitDown(desk, { env: { METERDESK_DB: '', XDG_DATA_HOME: join(desk.folder, 'data') } });
  await op.sees('Sign in', 'making a demo utility', 'alice');
  await signIn(op).sees('Go to');
  accessSync(join(desk.folder, 'data', 'meterdesk', 'meterdesk.db'));
});

test('without a terminal it says what to do instead', () => {
  const { env } = newDesk();
  const ran = spawnSync(process.execPath, [PROGRAM], { env, encoding: 'utf8' });
  expect(ran.status).toBe(2);
  expect(ran.stderr).toContain('meterdesk --help');
});

test('a database of somebody else’s making is left alone and said so', () => {
  const desk = newDesk();
  const ran = spawnSync(process.execPath, [PROGRAM, '--db', PROGRAM, 'user', 'list'], {
    env: desk.env,
    encoding: 'utf8',
  });
  expect(ran.status).toBe(4);
  expect(ran.stderr).not.toContain('at ');
});

test('the built program knows common passwords: one is refused, another one is taken, by verb and on the screen', async () => {
  const desk = newDesk();
  const env = { ...desk.env, METERDESK_DB: join(desk.folder, 'new.db') };
  const add = (input: string) =>
    spawnSync(process.execPath, [PROGRAM, 'user', 'add', 'root', '--name', 'Rita Root'], { env, input });
  spawnSync(process.execPath, [PROGRAM, 'migrate'], { env });
  expect(add('passwordpassword\n').status).toBe(1);
  expect(add('velvet copper marble lantern\n').status).toBe(0);

  const op = signIn(sitDown(desk), 'cleo').press('f2').type('>change my password').press('enter');
  const chosen = 'copper lantern marble velvet';
  await op
    .sees('Change my password', 'Save')
    .type(`demo\t${chosen}\t${chosen}`)
    .press('f9')
    .seesNo('Change my password');
  await op.press('f2').type('>sign out').press('enter').answers('Sign out?', 'y').sees('User').type('cleo\t');
  await op.type(`${chosen}\r`).sees('Go to');
});
