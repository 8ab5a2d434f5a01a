import { expect, test } from 'vitest';
import { base32, codeOf, otpauthUri, stepAt, stepOf } from '#services/users/totp.ts';

const SEED = Buffer.from('12345678901234567890');

test.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('at %i s the code is that of RFC 6238 appendix B', (seconds, code) => {
  expect(codeOf(SEED, stepAt(seconds * 1000), 8)).toBe(code);
});

test('a code is good in its own time step and the two beside it', () => {
  const now = 1_800_000_000_000;
  const step = stepAt(now);
  for (const beside of [-1, 0, 1]) expect(stepOf(SEED, codeOf(SEED, step + beside), now)).toBe(step + beside);
  for (const off of [-2, 2]) expect(stepOf(SEED, codeOf(SEED, step + off), now)).toBeNull();
  const code = codeOf(SEED, step);
  expect(stepOf(SEED, `${code.slice(0, 3)} ${code.slice(3)}`, now)).toBe(step);
  expect(stepOf(SEED, '', now)).toBeNull();
});

test('secrets are written as RFC 4648 has it, and in the address that authenticators read', () => {
  const written = [
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foobar', 'MZXW6YTBOI'],
  ] as const;
  for (const [text, expected] of written) expect(base32(Buffer.from(text))).toBe(expected);
  expect(base32(SEED)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  expect(otpauthUri('ABC', 'alice', 'Alder Falls')).toBe(
    'otpauth://totp/Alder%20Falls:alice?secret=ABC&issuer=Alder%20Falls',
  );
});
