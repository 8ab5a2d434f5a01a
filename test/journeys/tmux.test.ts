import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { newDesk, PROGRAM, signIn, sitDown, someAccount } from './desk.ts';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;

test.skipIf(!hasTmux)(
  'in tmux, without colour: find an account, copy a value, leave (skipped where there is no tmux)',
  async () => {
    const desk = newDesk();
    const known = someAccount(desk);
    const socket = join(desk.folder, 'tmux');
    onTestFinished(() => void spawnSync('tmux', ['-S', socket, 'kill-server']));
    const command = `'${process.execPath}' '${PROGRAM}'`;
    const argv = ['-S', socket, '-f', '/dev/null', 'new-session', command, ';', 'set', '-g', 'set-clipboard', 'on'];
    const op = sitDown(desk, { command: 'tmux', argv, env: { NO_COLOR: '1' }, rows: 25 });
    await signIn(op, 'cleo').press('f2').type(known.account).seesLine(known.lastName).press('enter');
    await op.sees(`Customer ${known.customer}`, known.name).press('Y').sees('┌ Copy').press('enter').seesNo('┌ Copy');
    expect(execFileSync('tmux', ['-S', socket, 'show-buffer']).toString()).not.toBe('');
    await op.press('ctrl+c').answers('Leave meterdesk?', 'y').gone();
    expect(op.leftBehind()).toEqual([]);
  },
);
