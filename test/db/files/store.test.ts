import { chmodSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderStore } from '#db/files/folder-store.ts';
import { storeFor } from '#db/files/place.ts';
import { freshFolder } from '#test/support/folder.ts';

const HELLO = Buffer.from('hello');
const ADDRESS = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';

const pathIn = (folder: string): string => join(folder, '2c', ADDRESS.slice(2));

describe('the store of files', () => {
  test('keeps a file under its SHA-256, for its owner only', async () => {
    const folder = join(freshFolder(), 'utility.db.files');
    const store = folderStore(folder);
    expect(await store.put(HELLO)).toBe(ADDRESS);
    expect(readFileSync(pathIn(folder))).toEqual(HELLO);
    expect(statSync(pathIn(folder)).mode & 0o777).toBe(0o600);
    for (const one of [folder, join(folder, '2c')]) expect(statSync(one).mode & 0o777, one).toBe(0o700);
    expect(await store.read(ADDRESS)).toEqual(HELLO);
    expect(readdirSync(folder)).toEqual(['2c']);
  });

  test('keeps the same content once, and never writes over what is there', async () => {
    const folder = freshFolder();
    const store = folderStore(folder);
    await store.put(HELLO);
    const { ino } = statSync(pathIn(folder));
    await Promise.all([store.put(HELLO), store.put(HELLO)]);
    expect(statSync(pathIn(folder)).ino).toBe(ino);
    expect(await store.list()).toHaveLength(1);
  });

  test('opens nothing that was changed, and takes it for no copy of what it was', async () => {
    const folder = freshFolder();
    const store = folderStore(folder);
    await store.put(HELLO);
    writeFileSync(pathIn(folder), 'hullo');
    await expect(store.read(ADDRESS)).rejects.toMatchObject({ trouble: 'changed' });
    await expect(store.put(HELLO)).rejects.toMatchObject({ trouble: 'changed' });
    expect(readFileSync(pathIn(folder), 'utf8')).toBe('hullo');
  });

  test('says what is missing, and takes no address that leads elsewhere', async () => {
    const store = folderStore(freshFolder());
    await expect(store.read(ADDRESS)).rejects.toMatchObject({ trouble: 'missing' });
    await expect(store.read('../../etc/passwd')).rejects.toMatchObject({ trouble: 'missing' });
    expect(() => store.has(`../${ADDRESS}`)).toThrow('no address');
  });

  test('takes away what was begun long ago and never finished, and nothing else', async () => {
    const folder = freshFolder();
    const store = folderStore(folder);
    await store.put(HELLO);
    writeFileSync(join(folder, 'part-0123456789abcdef'), 'half');
    writeFileSync(join(folder, 'README'), 'of somebody');
    utimesSync(join(folder, 'part-0123456789abcdef'), 1000, 1000);
    utimesSync(join(folder, 'README'), 1000, 1000);
    expect(await store.dropUnfinished(2_000_000)).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(['2c', 'README']);
  });

  test.skipIf(process.getuid?.() === 0)('says when its folder cannot be written', async () => {
    const folder = freshFolder();
    chmodSync(folder, 0o500);
    await expect(folderStore(folder).put(HELLO)).rejects.toMatchObject({ trouble: 'refused' });
  });

  test('of a server is below the folder that was named, one for each database; without one nothing is taken', async () => {
    const folder = freshFolder();
    await storeFor({ url: 'postgres://u@host/first' }, folder).put(HELLO);
    await storeFor({ url: 'postgres://u@host/second' }, folder).put(HELLO);
    expect(readdirSync(folder).sort()).toEqual(['first', 'second']);
    const none = storeFor({ url: 'postgres://u@host/first' });
    await expect(none.put(HELLO)).rejects.toThrow('METERDESK_FILES');
    expect(await none.list()).toEqual([]);
  });
});
