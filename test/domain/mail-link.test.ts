import { expect, test } from 'vitest';
import { mailLink } from '#domain/mail-link.ts';

test('a new message goes to the address and nowhere else', () => {
  expect(mailLink('ana@example.com')).toBe('mailto:ana@example.com');
  expect(mailLink('ana+bills@example.com')).toBe('mailto:ana%2Bbills@example.com');
  expect(mailLink('ana?bcc=eve@example.com')).toBe('mailto:ana%3Fbcc%3Deve@example.com');
  expect(mailLink('ana')).toBeNull();
  expect(mailLink('@example.com')).toBeNull();
});
