import { expect, test } from 'vitest';
import { isCommonInDisguise, passwordFault } from '#domain/password.ts';

const alice = { username: 'alice', displayName: 'Alice Romero', companyName: 'Alder Falls Utilities', withCode: false };

test.each([
  ['seven rivers', 'at least 15'],
  ['x1y2z'.repeat(30), 'at most 128'],
  ['aaaaaaaabbbbbbbbcc', 'different characters'],
  ['rosebudrosebudrosebud', 'pattern'],
  ['abcdefghijklmnopqrst', 'pattern'],
  ['qwertyuiop1234567890', 'pattern'],
  ['my name is Alice so', 'the user name'],
  ['the romeros of old', 'the name of the user'],
  ['alder trees by night', 'name of the company'],
  ['my meterdesk password', 'name of the company'],
])('%s is refused', (password, words) => {
  expect(passwordFault(password, alice)).toContain(words);
});

test('several words are taken, in any script; with a second factor fewer', () => {
  expect(passwordFault('seven rivers run', alice)).toBeNull();
  expect(passwordFault('sieben flüsse 🚣 fließen', alice)).toBeNull();
  expect(passwordFault('seven rivers', { ...alice, withCode: true })).toBeNull();
  expect(passwordFault('seven river', { ...alice, withCode: true })).toContain('at least 12');
});

test('length counts composed characters', () => {
  const composed = 'é'.repeat(2) + 'seven rivers ';
  expect(passwordFault(composed.normalize('NFD'), alice)).toBe(passwordFault(composed, alice));
  expect(passwordFault('e\u0301'.repeat(14), alice)).toContain('at least 15');
});

test('common ones are known in disguise', () => {
  const common = new Set(['password', 'dragon', 'trustno']);
  const isCommon = (text: string) => common.has(text);
  for (const text of [
    'PASSWORD',
    'P@ssw0rd1234!!',
    '20262026password',
    'pass-word',
    'dragonpassword',
    'Dr4gon_trustn0',
  ]) {
    expect(isCommonInDisguise(text, isCommon), text).toBe(true);
  }
  for (const text of ['dragonpasswordtrustno', 'password of seven rivers', '12345']) {
    expect(isCommonInDisguise(text, isCommon), text).toBe(false);
  }
});
