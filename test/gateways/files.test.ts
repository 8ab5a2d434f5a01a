import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readXlsxFile from 'read-excel-file/node';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { FileRefused, type ListFile, resolvePath, safeCell, writeListFile } from '#gateways/files.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meterdesk-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

const list = (more: Partial<ListFile> = {}): ListFile => ({
  path: 'list',
  folder,
  format: 'csv',
  replace: false,
  columns: ['No', 'Name'],
  rows: [
    [1, '=HYPERLINK("x")'],
    [2, 'Ruiz, "Pepe"\nJunior'],
    [3, null],
  ],
  ...more,
});

describe('a list as a file', () => {
  test('CSV holds every cell as it is, but no formulas, readable by its owner only', async () => {
    const path = await writeListFile(list());
    expect(path).toBe(join(folder, 'list.csv'));
    expect(await readFile(path, 'utf8')).toBe(
      '\uFEFFNo,Name\r\n1,"\'=HYPERLINK(""x"")"\r\n2,"Ruiz, ""Pepe""\nJunior"\r\n3,\r\n',
    );
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['list.csv']);
  });

  test('XLSX keeps numbers as numbers', async () => {
    const path = await writeListFile(list({ format: 'xlsx' }));
    const sheets = await readXlsxFile(path);
    expect(JSON.stringify(sheets)).toContain('[1,"=HYPERLINK(\\"x\\")"]');
  });

  test('does not replace a file unless told, and then as a whole', async () => {
    await writeFile(join(folder, 'list.csv'), 'old');
    await expect(writeListFile(list())).rejects.toThrow(FileRefused);
    expect(await readFile(join(folder, 'list.csv'), 'utf8')).toBe('old');
    await writeListFile(list({ replace: true }));
    expect(await readFile(join(folder, 'list.csv'), 'utf8')).toContain('Name');
  });

  test('says why a place cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(writeListFile(list({ path: 'file/below' }))).rejects.toThrow('Part of the path is a file');
  });
});

describe('where files go to one folder only', () => {
  test.each(['../up', '/etc/passwd', 'a/b', 'a\\b', '.hidden', '..', 'nul\0l'])('%j is no mere name', async (path) => {
    await expect(writeListFile(list({ path, onlyHere: true }))).rejects.toThrow('Only a name');
    expect(await readdir(folder)).toEqual([]);
  });

  test('a name is, and the group of the folder may read the file', async () => {
    const path = await writeListFile(list({ path: ' |sh; $(id) ', onlyHere: true }));
    expect(path).toBe(join(folder, '|sh; $(id).csv'));
    expect((await stat(path)).mode & 0o777).toBe(0o640);
  });
});

test('paths are what people mean by them', () => {
  expect(resolvePath('a', '/x', 'csv')).toBe('/x/a.csv');
  expect(resolvePath('/y/a.txt', '/x', 'csv')).toBe('/y/a.txt');
  expect(resolvePath('~/a', '/x', 'xlsx')).toMatch(/^\/.*\/a\.xlsx$/);
});

test.each([
  ['-12.50', '-12.50'],
  ['+1 (217) 555', '+1 (217) 555'],
  ['=1+1', "'=1+1"],
  ['@cmd', "'@cmd"],
  ['-cmd|x', "'-cmd|x"],
  ['＝1+1', "'＝1+1"],
  ['plain', 'plain'],
])('the cell %s is written %s', (cell, written) => expect(safeCell(cell)).toBe(written));
