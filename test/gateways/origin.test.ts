import { expect, test } from 'vitest';
import { originOf } from '#gateways/origin.ts';

test.each([
  [{ SSH_CONNECTION: '192.0.2.7 51234 198.51.100.1 22' }, '/dev/pts/3', '192.0.2.7'],
  [{ SSH_CONNECTION: 'fe80::1%eth0 51234 fe80::2 22' }, null, 'fe80::1%eth0'],
  [{}, '/dev/pts/3', 'pts/3'],
  [{ SSH_CONNECTION: '\u001B[2J 1 2 3' }, '/dev/tty1', 'tty1'],
  [{ SSH_CONNECTION: 'x'.repeat(500) }, '/dev/pts/\u001B]0;x', null],
  [{}, null, null],
])('from %j at %s it is %s', (env, terminal, origin) => {
  expect(originOf(env, terminal)).toBe(origin);
});
