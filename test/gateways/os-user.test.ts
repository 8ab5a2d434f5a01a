import { describe, expect, test } from 'vitest';
import { nameOfUser, type ProcessOwner, readProcess, sudoCaller } from '#gateways/os-user.ts';

const ALICE = 1001;
const BILLING = 990;

/** Processes from this one upwards: name, real user, effective user. */
const above = (...processes: readonly (readonly [string, number, number?])[]) => {
  const owners = processes.map(([name, uid, effectiveUid = uid], index): ProcessOwner => ({
    name,
    uid,
    effectiveUid,
    parent: 101 + index,
  }));
  return (id: number) => owners[id - 100] ?? null;
};

const OWN = ['node', BILLING] as const;
const SSHD = [
  ['sshd', 0],
  ['systemd', 0],
] as const;

describe('who called by sudo', () => {
  test.each([
    ['a forced command of ssh', above(OWN, ['sudo', 0], ['sh', ALICE], ['sshd', ALICE], ...SSHD), ALICE],
    ['sudo with a terminal of its own', above(OWN, ['sudo', 0], ['sudo', 0], ['sh', ALICE], ...SSHD), ALICE],
    ['sudo that keeps its real user', above(OWN, ['sudo', ALICE, 0], ['sh', ALICE], ...SSHD), ALICE],
    ['no sudo', above(OWN, ['sh', BILLING], ['sshd', BILLING], ...SSHD), null],
    ['a program that is called sudo only', above(OWN, ['sudo', BILLING], ['sh', ALICE], ...SSHD), null],
    ['a shell of root between', above(OWN, ['sh', BILLING], ['sudo', 0], ['sh', ALICE], ...SSHD), null],
    ['the service account itself', above(OWN, ['sudo', 0], ['sh', BILLING], ...SSHD), null],
    ['root', above(OWN, ['sudo', 0], ['bash', 0], ...SSHD), null],
    ['run as root', above(['node', 0], ['sudo', 0], ['sh', ALICE], ...SSHD), null],
    ['another real user', above(['node', ALICE, BILLING], ['sudo', 0], ['sh', ALICE], ...SSHD), null],
    ['hidden processes', above(OWN), null],
  ])('%s', (_, read, caller) => {
    expect(sudoCaller(100, read)).toBe(caller);
  });

  test('the system tells of this process', () => {
    expect(readProcess(process.pid)).toMatchObject({ uid: process.getuid!(), parent: process.ppid });
    expect(readProcess(2 ** 30)).toBeNull();
    expect(sudoCaller(process.pid, readProcess)).toBeNull();
  });
});

test('users have the name of the list of users, else their number', () => {
  const passwd = 'root:x:0:0::/root:/bin/sh\nalice:x:1001:1001::/home/alice:/bin/sh\n';
  expect(nameOfUser(ALICE, passwd)).toBe('alice');
  expect(nameOfUser(4711, passwd)).toBe('4711');
});
