import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Operator } from '#test/support/operator.ts';

const root = new URL('../..', import.meta.url).pathname;
const program = join(root, 'dist', 'meterdesk.cjs');
const folder = mkdtempSync(join(tmpdir(), 'meterdesk-launch-'));
const env = {
  PATH: process.env.PATH ?? '',
  HOME: folder,
  TERM: 'xterm-256color',
  LANG: 'C.UTF-8',
  XDG_STATE_HOME: join(folder, 'state'),
  METERDESK_DB: join(folder, 'utility.db'),
};
/** The first screen; of this new database the other card follows at once. */
const ENTRY = /Sign in|First administrator/;
const opened: Operator[] = [];

beforeAll(() => {
  execFileSync(process.execPath, ['src/build/bundle.ts'], { cwd: root, stdio: 'ignore' });
});
afterEach(async () => {
  for (const operator of opened.splice(0)) await operator.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

function at(command: string, argv: readonly string[], more: Record<string, string> = {}): Operator {
  const operator = new Operator({ command, argv, env: { ...env, ...more }, cwd: folder });
  opened.push(operator);
  return operator;
}

const launch = (...argv: string[]): Operator => at(process.execPath, [program, ...argv]);

const run = (argv: string[], more: Record<string, string> = {}, command = process.execPath) =>
  spawnSync(command, [program, ...argv], { encoding: 'utf8', env: { ...env, ...more }, timeout: 30_000 });

/** A Node older than the program needs, outside of this project's own folder; null when there is none. */
function olderNode(): string | null {
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    if (directory.includes('node_modules')) continue;
    const node = join(directory, 'node');
    const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? '';
    const major = Number(/^v(\d+)/.exec(version)?.[1] ?? 99);
    if (major >= 18 && major < 26) return node;
  }
  return null;
}

describe('starting', () => {
  test('what is typed before the program is loaded is there when it is', async () => {
    const operator = launch();
    await operator
      .sees(ENTRY)
      .type('ann')
      .sees(/User\s+ann/);
  });

  test('the version needs no terminal', () => {
    expect(run(['--version'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  test('without a terminal it says so and points to the verbs', () => {
    expect(run([])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('meterdesk --help') });
  });

  test('an unknown option is refused by name', () => {
    expect(run(['--colour'])).toMatchObject({ status: 2, stderr: expect.stringContaining('--colour') });
  });

  test('works through a link', async () => {
    const link = join(folder, 'meterdesk');
    symlinkSync(program, link);
    expect(run(['--version'], {}, link).stdout).toMatch(/^\d/);
  });

  const older = olderNode();
  test.skipIf(older === null)(
    'an older Node hands over to the one of the package (needs an older Node on the PATH)',
    async () => {
      expect(run(['--version'], {}, older ?? '').stdout).toMatch(/^\d/);
      expect(run(['--colour'], {}, older ?? '').status).toBe(2);
      await at(older ?? '', [program])
        .sees(ENTRY)
        .press('ctrl+c')
        .ends(0);
      expect(opened[0]?.leftBehind()).toEqual([]);
    },
  );
});

describe('the terminal is given back', () => {
  test('on leaving', async () => {
    const operator = launch();
    await operator.sees(ENTRY).press('ctrl+c').ends(0);
    expect(operator.leftBehind()).toEqual([]);
  });

  test.each(['SIGTERM', 'SIGHUP', 'SIGINT'])('on %s', async (signal) => {
    const operator = launch();
    await operator
      .sees(ENTRY)
      .type('a')
      .sees(/User\s+a/)
      .signal(signal);
    await operator.ends({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[signal] ?? 0);
    expect(operator.leftBehind()).toEqual([]);
  });

  test('nothing waits for a terminal that does not read: the program works on, and ends when told to', async () => {
    const terminal = spawn(process.execPath, [program], { cols: 200, rows: 60, env: { ...process.env, ...env } });
    const ended = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
    let written = '';
    await new Promise<void>((resolve) => terminal.onData((data) => (written += data).includes('Ctrl+C') && resolve()));
    terminal.pause();
    for (let round = 0; round < 60; round += 1) terminal.write('\x0c');
    terminal.kill('SIGTERM');
    expect(await ended).toBe(143);
  });

  test('while stopped, and the screen is painted anew when it goes on', async () => {
    const operator = at('bash', ['--norc', '--noprofile', '--noediting', '-i'], { PS1: 'shell> ' });
    await operator
      .sees('shell>')
      .type(`'${process.execPath}' '${program}'\r`)
      .sees(ENTRY)
      .type('bob')
      .sees(/User\s+bob/);
    await operator.press('ctrl+z').sees('Stopped').type('echo still $((40+2))\r').sees('still 42');
    expect(operator.leftBehind()).toEqual([]);
    await operator
      .type('fg\r')
      .sees(/User\s+bob/, 'First administrator')
      .type('by')
      .sees(/User\s+bobby/);
    await operator.press('ctrl+c').sees('shell>').type('exit\r').ends(0);
  });
});

test.each([
  { session: 'an ordinary', told: 'logPath', says: 'crash.log' },
  { session: 'a confined', told: 'null', says: 'Tell your administrator' },
])('a fault in $session session ends with an id, what to do, and no word of the data', ({ told, says }) => {
  const script = `
    import { createCrash } from '${root}src/launcher/crash.ts';
    import { createLog } from '${root}src/launcher/log.ts';
    import { TerminalModes } from '${root}src/terminal/modes.ts';
    const logPath = '${folder}/crash.log';
    createCrash({ log: createLog(logPath), logPath: ${told}, modes: new TerminalModes() })(new TypeError('boom 123-45-6789'));`;
  const ended = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const log = readFileSync(join(folder, 'crash.log'), 'utf8').trim().split('\n').at(-1) ?? '';
  expect([ended.status, ended.stderr]).toEqual([70, expect.stringContaining(says)]);
  const id = /error ([0-9A-F]{4})\./.exec(ended.stderr)?.[1];
  expect(JSON.parse(log)).toMatchObject({ event: 'crash', id, kind: 'TypeError' });
  expect(ended.stderr + log).not.toContain('123-45');
});

test('the built program holds nothing that starts another one', () => {
  const parts = globSync('{app,cli}/*.mjs', { cwd: join(root, 'dist') });
  expect(parts.length).toBeGreaterThan(50);
  const starter = /getBuiltinModule\(["'](?:node:)?(?:child_process|cluster|worker_threads|inspector)/;
  expect(parts.filter((part) => starter.test(readFileSync(join(root, 'dist', part), 'utf8')))).toEqual([]);
});

test('compiled code is kept for the next start', () => {
  run(['ops']);
  expect(readdirSync(join(root, 'dist', '.cache'))).not.toEqual([]);
});
