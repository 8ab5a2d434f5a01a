import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildEntry, missingBuilds } from '#build/complete-lock.ts';

test('the lock file lists the builds of every platform, or npm ci refuses it (npm run lock adds them)', () => {
  const file = new URL('../../package-lock.json', import.meta.url).pathname;
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  expect(missingBuilds(packages)).toEqual([]);
});

test('a build is told by its name, for its platform only', () => {
  expect(buildEntry({ name: '@oxlint/binding-linux-x64-musl', version: '1.0.0', dev: true })).toEqual({
    version: '1.0.0',
    cpu: ['x64'],
    dev: true,
    libc: ['musl'],
    optional: true,
    os: ['linux'],
  });
  expect(() => buildEntry({ name: 'some-package', version: '1.0.0', dev: false })).toThrow('platform');
});
