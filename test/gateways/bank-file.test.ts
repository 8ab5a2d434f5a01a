import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { readLines } from '#gateways/bank-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meterdesk-bank-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

test('reads lines however they end, without the mark in front', async () => {
  await writeFile(join(folder, 'a.csv'), '\uFEFFone\r\ntwo\nthree');
  const read = { name: 'a.csv', lines: ['one', 'two', 'three'] };
  expect(await readLines({ path: ' a.csv ', folder })).toEqual(read);
  expect(await readLines({ path: join(folder, 'a.csv'), folder: '/' })).toEqual(read);
});

test('in a confined session takes nothing but a name', async () => {
  await writeFile(join(folder, 'a.csv'), 'one');
  expect(await readLines({ path: 'a.csv', folder, onlyHere: true })).toMatchObject({ lines: ['one'] });
  for (const path of ['../a.csv', '/etc/passwd', '~/a.csv', '.hidden']) {
    await expect(readLines({ path, folder, onlyHere: true })).rejects.toThrow('Only a name, please');
  }
});

test('says why a file cannot be read', async () => {
  await writeFile(join(folder, 'large'), '');
  await truncate(join(folder, 'large'), 21 * 1024 * 1024);
  await expect(readLines({ path: 'large', folder })).rejects.toThrow('larger than 20 MB');
  await expect(readLines({ path: 'none', folder })).rejects.toThrow('There is no such file.');
  await expect(readLines({ path: '.', folder })).rejects.toThrow('That is no file.');
  await expect(readLines({ path: ' ', folder })).rejects.toThrow('Name the file.');
});
