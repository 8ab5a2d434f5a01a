import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { argumentsOf, CAN_CONFINE, childrenOf, ConfinedDesk, socketsOf, variablesOf } from './confined-desk.ts';
import { signIn } from './desk.ts';
import { eventually } from './ssh-server.ts';

const desk = CAN_CONFINE ? new ConfinedDesk() : null!;
const nothing: string[] = [];

/** How often the line is dropped. */
const DROPS = Number(process.env.METERDESK_TEST_DROPS ?? 30);

const ALLOWED = ['HOME', 'LANG', 'METERDESK_CONFINED', 'SSH_CONNECTION', 'SSH_TTY', 'SUDO_UID', 'SUDO_USER', 'TERM'];

describe.skipIf(!CAN_CONFINE)(
  'operators who get the program and nothing else (needs root, sshd, sudo and CI=true)',
  () => {
    beforeAll(() => desk.start());
    afterAll(() => desk.stop());

    test('sign in, work and leave: the terminal is as it was, nothing is left running', async () => {
      const op = desk.sitDown();
      await signIn(op);
      const id = desk.program();
      expect(variablesOf(id)).toEqual(ALLOWED);
      expect(desk.processes().filter(({ command }) => /demo|password/i.test(command))).toEqual([]);
      await op.press('ctrl+c').answers('Leave meterdesk?', 'y').ends(0);
      expect(op.leftBehind()).toEqual(nothing);
      expect(op.screen()).not.toMatch(/alice|Go to|Sign in/);
      expect(await eventually(() => desk.processes().length === 0)).toBe(true);
    });

    test.each([
      ['sh', '-c', 'id'],
      ['NODE_OPTIONS=--inspect', 'meterdesk'],
      ['meterdesk', 'call', 'options.list'],
      ['--', '--version'],
      ['$(id);', 'id', '|', 'sh'],
    ])('asked for %s %s, there is the sign-in screen and nothing else', async (...asked) => {
      const op = desk.sitDown({ asked });
      await op.sees('Sign in', 'User');
      expect(childrenOf(desk.program())).toEqual(nothing);
      await op.press('ctrl+c').ends(0);
      expect(op.written).not.toMatch(/uid=|Debugger/);
    });

    test('without a terminal nothing runs; no file is fetched or brought', () => {
      const person = `${desk.operator}@127.0.0.1`;
      const file = join(desk.home, 'data', 'utility.db');
      const outcomes = [
        desk.run('ssh', [person, 'cat /etc/passwd']),
        desk.run('ssh', ['-s', person, 'sftp']),
        desk.run('scp', [`${person}:${file}`, join(desk.server.folder, 'stolen')]),
        desk.run('scp', ['-O', `${person}:/etc/passwd`, join(desk.server.folder, 'stolen')]),
        desk.run('scp', [join(desk.server.folder, 'config'), `${person}:/tmp/brought-${process.pid}`]),
        desk.run('sftp', ['-b', '-', person]),
      ];
      expect(outcomes.map(({ status }) => status === 0)).toEqual(outcomes.map(() => false));
      expect(outcomes.map(({ said }) => said).join('')).not.toMatch(/root:|uid=/);
      expect(existsSync(join(desk.server.folder, 'stolen'))).toBe(false);
      expect(existsSync(`/tmp/brought-${process.pid}`)).toBe(false);
    });

    test('no port, agent or display is forwarded', async () => {
      const person = `${desk.operator}@127.0.0.1`;
      expect(desk.run('ssh', ['-W', `127.0.0.1:${desk.server.port}`, person]).said).toContain('forwarding failed');
      const strict = ['-o', 'ExitOnForwardFailure=yes', '-N', '-R', '0:127.0.0.1:9'];
      expect(desk.run('ssh', [...strict, person]).status).toBe(255);
      const op = desk.sitDown({ options: ['-A', '-X'], env: { DISPLAY: ':0' } });
      await op.sees('Sign in');
      expect(variablesOf(desk.program())).toEqual(ALLOWED);
      await op.press('ctrl+c').ends(0);
    });

    test('variables sent along do not arrive, and bad values of good ones are left out', async () => {
      const bad = [
        'NODE_OPTIONS=--inspect',
        'BASH_ENV=/etc/passwd',
        'METERDESK_DB=/etc/passwd',
        'EDITOR=sh',
        'LD_PRELOAD=x.so',
      ];
      const op = desk.sitDown({
        options: ['-o', `SetEnv=${bad.join(' ')} LC_ALL=../../etc LC_TIME=C.UTF-8`, '-o', 'SendEnv=PAGER SHELL HOME'],
        env: { PAGER: 'sh', SHELL: '/bin/bash', HOME: desk.server.folder },
      });
      await op.sees('Sign in');
      expect(variablesOf(desk.program())).toEqual([...ALLOWED, 'LC_TIME'].sort());
      await op.press('ctrl+c').ends(0);
    });

    test('no key leads to a shell', async () => {
      const op = desk.sitDown();
      await signIn(op);
      const id = desk.program();
      await op.type('!').type(':!sh\r').press('escape').type('/|sh\r').press('escape', 'escape');
      await op.press('ctrl+z').sees('No command line waits');
      for (const key of ['ctrl+\\', 'ctrl+s', 'ctrl+q', 'ctrl+]'])
        await op.type(String.fromCharCode(key.charCodeAt(5) & 31));
      for (const key of ['f1', 'f4', 'f6', 'f7', 'f8', 'f9', 'f10', 'f11', 'f12']) {
        await op.press(key);
        expect(childrenOf(id)).toEqual(nothing);
      }
      process.kill(id, 'SIGTSTP');
      await op.type('~.!sh\r').press('escape', 'escape', 'escape', 'ctrl+l').sees('meterdesk');
      expect([desk.program(), childrenOf(id), socketsOf(id)]).toEqual([id, nothing, nothing]);
      await op.press('ctrl+c').answers('Leave meterdesk?', 'y').ends(0);
      expect(op.leftBehind()).toEqual(nothing);
    });

    test('an export is a mere name in the folder for exports', async () => {
      const op = desk.sitDown();
      await signIn(op).type('=LUK\r').sees('Look up').type('a').press('tab', 'x').sees('Export', 'File');
      for (const path of ['../../etc/cron.d/x', '/etc/passwd', '~/.pgpass', '.profile']) {
        await op.press('ctrl+u').type(path).press('f9').sees('Only a name, please');
      }
      await op
        .press('ctrl+u')
        .type('|sh')
        .press('f9')
        .sees(/rows? written to/);
      expect(readdirSync(desk.exports)).toEqual(['|sh.csv']);
      expect(statSync(join(desk.exports, '|sh.csv')).mode & 0o777).toBe(0o640);
    });

    test('the runtime of the running program refuses everything that leads elsewhere', async () => {
      const op = desk.sitDown();
      await op.sees('Sign in');
      const id = desk.program();
      const given = argumentsOf(id);
      const options = given.slice(
        1,
        given.findIndex((one) => one.endsWith('.cjs')),
      );
      const attempts = `
      const fs = require('node:fs'), child = require('node:child_process');
      const ways = {
        spawn: () => child.spawnSync('id'), exec: () => child.execSync('id'), fork: () => child.fork('x'),
        execve: () => process.execve('/usr/bin/id', ['id'], {}),
        worker: () => new (require('node:worker_threads').Worker)('1', { eval: true }),
        inspector: () => require('node:inspector').open(0),
        passwd: () => fs.readFileSync('/etc/passwd'), out: () => fs.readFileSync('${desk.exports}/../../config'),
        write: () => fs.writeFileSync('/tmp/x', ''), environ: () => fs.readFileSync('/proc/self/environ'),
        program: () => fs.writeFileSync('${desk.server.folder}/opt/dist/meterdesk.cjs', ''),
      };
      for (const [name, way] of Object.entries(ways)) {
        try { way(); console.log(name, 'done'); } catch (error) { console.log(name, error.code); }
      }`;
      const { stdout } = spawnSync(given[0]!, [...options, '-e', attempts], { encoding: 'utf8' });
      const outcomes = stdout.trim().split('\n');
      expect(outcomes).toHaveLength(11);
      expect(outcomes.filter((line) => !line.endsWith(' ERR_ACCESS_DENIED'))).toEqual(nothing);

      process.kill(id, 'SIGUSR1');
      await op.type('ann').sees(/User\s+ann/);
      expect(socketsOf(id)).toEqual(nothing);
      expect(statSync(join(desk.home, '.local', 'state', 'meterdesk')).mode & 0o777).toBe(0o700);
    });

    test('killed outright, it leaves a terminal that works', async () => {
      const op = desk.sitDown();
      await signIn(op);
      process.kill(desk.program(), 'SIGKILL');
      await op.gone();
      expect(op.leftBehind()).toEqual(nothing);
      expect(op.screen()).toContain('ended from outside');
    });

    test(
      `${DROPS} dropped lines leave no process and no transaction behind`,
      { timeout: 60_000 + DROPS * 8000 },
      async () => {
        for (let drop = 0; drop < DROPS; drop++) {
          const op = desk.sitDown();
          if (drop % 3 === 0) await signIn(op).press('f2').type('sm').signal('SIGKILL').gone();
          else await op.sees('Sign in').signal('SIGKILL').gone();
        }
        expect(await eventually(() => desk.processes().length === 0, 20_000)).toBe(true);
        expect(desk.check()).toMatchObject({ status: 0, said: expect.stringContaining('Everything holds.') });
        await signIn(desk.sitDown()).press('ctrl+c').answers('Leave meterdesk?', 'y').ends(0);
      },
    );
  },
);
