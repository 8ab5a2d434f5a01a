import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { leftOpen, newDesk, signIn, sitDown } from './desk.ts';

const nothing: string[] = [];

describe('the terminal is as it was', () => {
  test('after leaving with Ctrl+C and saying so', async () => {
    const desk = newDesk();
    const op = sitDown(desk);
    await signIn(op).press('ctrl+c').answers('Leave meterdesk?', 'y');
    await op.ends(0);
    expect(op.leftBehind()).toEqual(nothing);
    expect(op.screen().trim()).toBe('');
    expect(leftOpen(desk)).toEqual(nothing);
  });

  test('after leaving before anybody signed in', async () => {
    const desk = newDesk();
    const op = sitDown(desk);
    await op.sees('Sign in').press('ctrl+c');
    await op.look(() => {});
    await op.ends(op.exit?.code ?? 0);
    expect(op.leftBehind()).toEqual(nothing);
    expect(leftOpen(desk)).toEqual(nothing);
  });

  test.each([
    ['SIGTERM', 15],
    ['SIGHUP', 1],
    ['SIGINT', 2],
  ])('after %s, and nobody mistakes it for a good end', async (signal, number) => {
    const desk = newDesk();
    const op = sitDown(desk);
    await signIn(op).signal(signal).gone();
    expect(op.leftBehind()).toEqual(nothing);
    expect(leftOpen(desk)).toEqual(nothing);
    expect([op.exit!.signal === number || op.exit!.code === 128 + number, op.exit]).toEqual([true, op.exit]);
  });
});

test('killed outright, it leaves a database that opens again', async () => {
  const desk = newDesk();
  await signIn(sitDown(desk)).signal('SIGKILL').gone();
  await signIn(sitDown(desk)).press('ctrl+c').sees('Leave meterdesk?');
  expect(readdirSync(desk.folder)).toContain('utility.db');
});

test('suspended and resumed, the screen is drawn again', async () => {
  const desk = newDesk();
  const shell = { command: '/bin/bash', argv: ['--norc', '--noprofile', '-i'], env: { PS1: 'ready> ' } };
  const op = sitDown(desk, shell);
  await op.sees('ready>').type(`${process.execPath} ${process.cwd()}/dist/meterdesk.cjs\r`);
  await signIn(op).press('ctrl+z').sees('Stopped', 'ready>').type('fg\r').sees('Go to', 'F1 Help');
  await op.press('ctrl+c').answers('Leave meterdesk?', 'y').sees('ready>');
  await op
    .type('stty -a\r')
    .seesLine(/\bicanon\b/)
    .seesLine(/ echo /);
});
