import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { mailPasswordFile } from '#cli/paths.ts';
import { readPassword } from '#gateways/password-file.ts';

let path = '';
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'meterdesk-password-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  path = join(folder, 'mail-password');
});

describe('the password of the mail server', () => {
  test('is the first line of a file that its owner alone can read', async () => {
    writeFileSync(path, 'pass word\nmore\n', { mode: 0o600 });
    expect(await readPassword({ path, credential: false })).toBe('pass word');
  });

  test('is none where there is no file, or nothing in it', async () => {
    expect(await readPassword({ path, credential: false })).toBeNull();
    writeFileSync(path, '\n', { mode: 0o600 });
    expect(await readPassword({ path, credential: false })).toBeNull();
  });

  test.each([
    [0o644, false],
    [0o640, false],
    [0o644, true],
  ])('is refused where others can read it: %o', async (mode, credential) => {
    writeFileSync(path, 'secret', { mode });
    chmodSync(path, mode);
    const refused = readPassword({ path, credential });
    await expect(refused).rejects.toThrow(/read by others/);
    await expect(refused).rejects.not.toThrow(/secret/);
  });

  test('as systemd hands it over the group may read it', async () => {
    writeFileSync(path, 'secret', { mode: 0o440 });
    expect(await readPassword({ path, credential: true })).toBe('secret');
  });

  test.each([
    [{ METERDESK_MAIL_PASSWORD_FILE: '/a/b' }, { path: '/a/b', credential: false }],
    [{ CREDENTIALS_DIRECTORY: '/run/c' }, { path: '/run/c/meterdesk-mail', credential: true }],
    [{ HOME: '/home/x' }, { path: '/home/x/.config/meterdesk/mail-password', credential: false }],
  ])('is looked for by %o', (env, file) => {
    expect(mailPasswordFile(env)).toEqual(file);
  });
});
