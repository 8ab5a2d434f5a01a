import { execFileSync } from 'node:child_process';
import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, newDesk, PROGRAM, signIn, sitDown, someAccount } from './desk.ts';
import { eventually, SSHD, SshServer } from './ssh-server.ts';

const server = new SshServer();

/** Sits down at a terminal from which the program is reached over the network. */
function sitDownFarAway(desk: Desk, size: { columns: number; rows: number }) {
  const remote = Object.entries(desk.env).flatMap(([name, value]) => (name === 'TERM' ? [] : [`${name}=${value}`]));
  const person = `${userInfo().username}@127.0.0.1`;
  return sitDown(desk, {
    ...size,
    command: 'ssh',
    argv: ['-tt', ...server.options, person, 'env', ...remote, process.execPath, PROGRAM],
  });
}

describe.skipIf(!SSHD)('over a real ssh to this machine (skipped where there is no sshd)', () => {
  beforeAll(() => server.start([`AuthorizedKeysFile ${server.key}.pub`, 'PermitRootLogin prohibit-password']));
  afterAll(() => server.stop());

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
    expect(await eventually(() => !running())).toBe(true);
  });
});
