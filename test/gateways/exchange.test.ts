import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openExchange } from '#gateways/exchange.ts';
import { mediaTypeOf } from '#gateways/media-type.ts';
import { freshFolder } from '#test/support/folder.ts';
import { contentOf } from '#test/support/office-files.ts';

const MB = 1024 ** 2;

function folder(): string {
  const at = freshFolder();
  mkdirSync(join(at, 'letters'));
  writeFileSync(join(at, 'lease.pdf'), contentOf('pdf'));
  writeFileSync(join(at, 'letters', 'answer.txt'), contentOf('txt'));
  writeFileSync(join(at, '.hidden.txt'), 'x');
  symlinkSync('/etc/passwd', join(at, 'link.txt'));
  return at;
}

describe('files that come in', () => {
  test('are read whole, with their kind by what is in them', async () => {
    const at = folder();
    const { take } = openExchange({ folder: at });
    expect(await take('lease.pdf', MB)).toMatchObject({ name: 'lease.pdf', mediaType: 'application/pdf' });
    expect(await take(join(at, 'letters/answer.txt'), MB)).toMatchObject({ content: contentOf('txt') });
  });

  test.each([
    ['letters', 'no file'],
    ['', 'Name the file.'],
    ['none.pdf', 'no such file'],
    ['/dev/zero', 'no file'],
    ['pipe', 'no file'],
    ['lease.pdf/more', 'no such file'],
  ])('%s is refused in words, and nobody waits for it', async (name, words) => {
    const at = folder();
    execFileSync('mkfifo', [join(at, 'pipe')]);
    await expect(openExchange({ folder: at }).take(name, MB)).rejects.toThrow(words);
  });

  test('of a confined session lie in its folder, by their names, and are no links', async () => {
    const at = folder();
    const { take, browse } = openExchange({ folder: at, limit: 'folder' });
    for (const path of [join(at, 'lease.pdf'), 'letters/answer.txt', '../x', '.hidden.txt', '~/x']) {
      await expect(take(path, MB)).rejects.toThrow('Only a name');
    }
    await expect(take('link.txt', MB)).rejects.toThrow('only a link');
    expect((await take('lease.pdf', MB)).name).toBe('lease.pdf');
    expect(await browse('le')).toEqual(['lease.pdf', 'letters/']);
  });

  test('are found by how their paths begin, folder by folder', async () => {
    const at = folder();
    const { browse } = openExchange({ folder: at });
    expect(await browse('')).toEqual(['lease.pdf', 'letters/', 'link.txt']);
    expect(await browse('let')).toEqual(['letters/']);
    expect(await browse('letters/')).toEqual(['letters/answer.txt']);
    expect(await browse(`${at}/letters/an`)).toEqual([`${at}/letters/answer.txt`]);
    expect(await browse('.h')).toEqual(['.hidden.txt']);
    expect(await browse('/nowhere/')).toEqual([]);
    expect(await openExchange({ folder: at, limit: 'none' }).browse('')).toEqual([]);
  });

  test('of the scanner are listed the newest first, and one is dropped only while it is the same', async () => {
    const at = freshFolder();
    for (const [name, second] of [
      ['a.pdf', 1000],
      ['b.pdf', 2000],
    ] as const) {
      writeFileSync(join(at, name), contentOf('pdf'));
      utimesSync(join(at, name), second, second);
    }
    const { scans, takeScan, dropScan } = openExchange({ folder: '/' });
    expect((await scans(at)).map(({ name, writtenAt }) => [name, writtenAt])).toEqual([
      ['b.pdf', 2_000_000],
      ['a.pdf', 1_000_000],
    ]);
    const first = await takeScan(at, 'a.pdf', MB);
    utimesSync(join(at, 'a.pdf'), 3000, 3000);
    await dropScan(at, 'a.pdf', first.stamp);
    expect(existsSync(join(at, 'a.pdf'))).toBe(true);
    await dropScan(at, 'a.pdf', (await takeScan(at, 'a.pdf', MB)).stamp);
    expect(existsSync(join(at, 'a.pdf'))).toBe(false);
    await expect(takeScan(at, '../lease.pdf', MB)).rejects.toThrow('no name');
    await expect(scans('')).rejects.toThrow('scannerFolder');
  });
});

test.each([
  ['pdf', 'application/pdf'],
  ['png', 'image/png'],
  ['elf', 'application/x-elf'],
  ['sh', 'text/x-shellscript'],
  ['txt', 'text/plain'],
  ['raw', ''],
])('a file of %s is %s', async (kind, mediaType) => {
  expect(await mediaTypeOf(contentOf(kind))).toBe(mediaType);
});
