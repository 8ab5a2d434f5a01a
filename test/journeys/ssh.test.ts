import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, newDesk, PROGRAM, signIn, sitDown, someAccount } from './desk.ts';

const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find((path) => existsSync(path));
const folder = mkdtempSync(join(tmpdir(), 'meterdesk-ssh-'));
const key = join(folder, 'key');
let server: ChildProcess | null = null;
let port = 0;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const listener = createServer().listen(0, '127.0.0.1', () => {
      const address = listener.address();
      listener.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Resolves when somebody answers at the port. */
async function answering(): Promise<void> {
  const once = (): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('data', () => resolve(socket.destroy() !== null));
      socket.once('error', () => resolve(false));
    });
  for (let tries = 0; tries < 200 && !(await once()); tries++) await new Promise((resolve) => setImmediate(resolve));
}

/** An SSH server of our own with throwaway keys, on a port nobody else uses. */
async function startServer(): Promise<void> {
  for (const name of ['host', 'key']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
  }
  port = await freePort();
  const settings = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host')}`,
    `AuthorizedKeysFile ${key}.pub`,
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    'StrictModes no',
    'UsePAM no',
    'PidFile none',
  ];
  writeFileSync(join(folder, 'config'), `${settings.join('\n')}\n`);
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
  server = spawn(SSHD!, ['-D', '-f', join(folder, 'config')], { stdio: 'ignore' });
  await answering();
}

/** Sits down at a terminal from which the program is reached over the network. */
function sitDownFarAway(desk: Desk, size: { columns: number; rows: number }) {
  const options = ['StrictHostKeyChecking=no', `UserKnownHostsFile=${join(folder, 'known')}`, 'LogLevel=ERROR'];
  const remote = Object.entries(desk.env).flatMap(([name, value]) => (name === 'TERM' ? [] : [`${name}=${value}`]));
  const argv = ['-tt', '-i', key, '-p', String(port), ...options.flatMap((option) => ['-o', option])];
  return sitDown(desk, {
    ...size,
    command: 'ssh',
    argv: [...argv, `${userInfo().username}@127.0.0.1`, 'env', ...remote, process.execPath, PROGRAM],
  });
}

describe.skipIf(!SSHD)('over a real ssh to this machine (skipped where there is no sshd)', () => {
  beforeAll(startServer);
  afterAll(() => {
    server?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  test('at 80×24: sign in, find an account, read its history, leave the terminal as it was', async () => {
    const desk = newDesk();
    const known = someAccount(desk);
    const op = sitDownFarAway(desk, { columns: 80, rows: 24 });
    await signIn(op, 'cleo').press('f2').type(known.account).seesLine(known.lastName).press('enter');
    await op.sees(`Customer ${known.customer}`, known.name);
    await op.resize(100, 30).sees(`Customer ${known.customer}`).press('ctrl+c').answers('Leave meterdesk?', 'y');
    await op.ends(0);
    expect(op.leftBehind()).toEqual([]);
  });

  test('a dropped line ends the program at the other end', async () => {
    const desk = newDesk();
    const op = sitDownFarAway(desk, { columns: 80, rows: 24 });
    await signIn(op);
    const running = (): boolean => execFileSync('ps', ['-eo', 'args']).toString().includes(desk.database);
    await op.signal('SIGKILL').gone();
    for (let tries = 0; tries < 500 && running(); tries++) await new Promise((resolve) => setImmediate(resolve));
    expect(running()).toBe(false);
  });
});
