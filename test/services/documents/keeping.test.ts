import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { backup, restore } from '#db/backup.ts';
import { copyDatabase } from '#db/copy/copy.ts';
import type { Database } from '#db/database.ts';
import { filesBeside } from '#db/files/place.ts';
import { sweepFiles } from '#db/files/sweep.ts';
import { openReady } from '#db/ready.ts';
import { checkDatabase } from '#services/check/check.ts';
import { openDocument, openSecureDocument } from '#services/documents/open.ts';
import { resealFiles, sealPending } from '#services/documents/seal.ts';
import { addDocument } from '#services/documents/write.ts';
import { dropKeys, keyStates, newKey } from '#services/secrets/key-operations.ts';
import { vaultOf } from '#services/secrets/vault.ts';
import { CHEAP, runnerFor, testKeys } from '#test/support/database.ts';
import { freshFolder } from '#test/support/folder.ts';
import { contentOf, officeFiles } from '#test/support/office-files.ts';
import { Utility } from '#test/support/utility.ts';

const DAY_MS = 86_400_000;
const STAMP = '20261121-150000';

async function open(file: string): Promise<Database> {
  const database = await openReady({ file }, { keys: testKeys(), hashCost: CHEAP });
  let closed = false;
  const close = async (): Promise<void> => {
    if (!closed) await database.close();
    closed = true;
  };
  onTestFinished(close);
  return { ...database, close };
}

/** A utility with an open document and a secure one. */
async function office() {
  const at = freshFolder();
  const file = join(at, 'live.db');
  const database = await open(file);
  const { customerId } = await database.transaction((db) => new Utility({ ...database, db }).household());
  const files = officeFiles({ 'lease.pdf': 'pdf', 'id.png': 'png' });
  const call = runnerFor(database);
  const add = (type: string, name: string) =>
    call(addDocument, { customerId, type, description: name, accessLevel: 1, path: files(name), scan: '' });
  const lease = await add('LEASE', 'lease.pdf');
  const proof = await add('ID', 'id.png');
  return { at, file, database, call, customerId, lease, proof };
}

async function faults(database: Database): Promise<string[]> {
  const { rules } = await checkDatabase(database.db, { vault: vaultOf(database), files: database.files });
  return rules.flatMap(({ findings }) => findings.map(({ message }) => message));
}

async function contents(database: Database, { lease, proof }: Awaited<ReturnType<typeof office>>): Promise<Buffer[]> {
  const call = runnerFor(database);
  const opened = [
    await call(openDocument, { documentId: lease.documentId }),
    await call(openSecureDocument, { documentId: proof.documentId }),
  ];
  return opened.map(({ content }) => Buffer.from(content, 'base64'));
}

const WHOLE = [contentOf('pdf'), contentOf('png')];
const addressOf = ({ db }: Database, documentId: number) =>
  db.selectFrom('document_version').select('address').where('document_id', '=', documentId).executeTakeFirstOrThrow();

describe('check', () => {
  test('names documents whose files are missing or were changed, and those do not open', async () => {
    const made = await office();
    expect(await faults(made.database)).toEqual([]);
    const lease = await addressOf(made.database, made.lease.documentId);
    const proof = await addressOf(made.database, made.proof.documentId);
    const place = (address: string): string => join(filesBeside(made.file), address.slice(0, 2), address.slice(2));
    rmSync(place(lease.address));
    writeFileSync(place(proof.address), 'something else');
    expect(await faults(made.database)).toEqual([
      `document ${made.lease.documentId}, version 1: its file is missing`,
      `document ${made.proof.documentId}, version 1: its file was changed`,
    ]);
    await expect(contents(made.database, made)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('missing'),
    });
    await expect(made.call(openSecureDocument, { documentId: made.proof.documentId })).rejects.toMatchObject({
      message: expect.stringContaining('changed outside'),
    });
  });
});

describe('cleaning', () => {
  test('takes away files without a document after a day, and no others', async () => {
    const { database, file } = await office();
    const orphan = await database.files.put(Buffer.from('nobody’s'));
    const now = Date.now();
    expect(await sweepFiles(database, now)).toMatchObject({ files: 0 });
    expect(await sweepFiles(database, now + 2 * DAY_MS)).toMatchObject({ files: 1 });
    expect(database.files.has(orphan)).toBe(false);
    expect(await database.files.list()).toHaveLength(2);
    expect(statSync(filesBeside(file)).isDirectory()).toBe(true);
  });

  test('spares a file that is put again while its row is on the way', async () => {
    const { database, file } = await office();
    const address = await database.files.put(Buffer.from('again'));
    utimesSync(join(filesBeside(file), address.slice(0, 2), address.slice(2)), 1000, 1000);
    await database.files.put(Buffer.from('again'));
    expect(await sweepFiles(database, Date.now())).toMatchObject({ files: 0 });
  });
});

describe('a backup', () => {
  test('takes the files along, and restoring puts them back; what was there is kept with its files', async () => {
    const made = await office();
    const copy = join(made.at, 'copy.db');
    await backup(made.database, copy);
    expect(statSync(filesBeside(copy)).mode & 0o777).toBe(0o700);
    await made.database.close();
    rmSync(filesBeside(made.file), { recursive: true });
    await restore(copy, made.file, STAMP);
    expect(await contents(await open(made.file), made)).toEqual(WHOLE);
    expect(readdirSync(made.at).sort()).toEqual(
      expect.arrayContaining(['copy.db', 'copy.db.files', 'live.db', 'live.db.files', `live.db.before-${STAMP}`]),
    );
  });

  test('is refused when a file is not whole, and leaves nothing', async () => {
    const made = await office();
    made.database.files.remove((await addressOf(made.database, made.lease.documentId)).address);
    const copy = join(made.at, 'copy.db');
    await expect(backup(made.database, copy)).rejects.toThrow('Documents cannot be copied');
    expect(existsSync(copy)).toBe(false);
    expect(existsSync(filesBeside(copy))).toBe(false);
  });

  test('that lost a file is not restored, and what is there stays', async () => {
    const made = await office();
    const copy = join(made.at, 'copy.db');
    await backup(made.database, copy);
    rmSync(filesBeside(copy), { recursive: true });
    await made.database.close();
    await expect(restore(copy, made.file, STAMP)).rejects.toThrow('Documents cannot be copied');
    expect(await contents(await open(made.file), made)).toEqual(WHOLE);
  });
});

test('a copy to another database takes the files along, sealed ones as they are', async () => {
  const made = await office();
  const other = await open(join(made.at, 'other.db'));
  await copyDatabase(made.database, other, { prove: async () => [] });
  expect(await contents(other, made)).toEqual(WHOLE);
  expect(await faults(other)).toEqual([]);
});

describe('sealing', () => {
  test('a change of the key seals files anew; only then the old key goes', async () => {
    const made = await office();
    const { database, call } = made;
    const before = await addressOf(database, made.proof.documentId);
    await call(newKey, { purpose: 'field' as const });
    expect(await call(dropKeys, {})).toEqual({ erased: 0, kept: 1 });
    expect(await resealFiles(database)).toEqual({ renewed: 1, damaged: 0 });
    expect((await addressOf(database, made.proof.documentId)).address).not.toBe(before.address);
    expect(await call(dropKeys, {})).toEqual({ erased: 1, kept: 0 });
    expect((await call(keyStates, {})).filter(({ purpose }) => purpose === 'field')).toMatchObject([{ numbers: 1 }]);
    expect(await contents(database, made)).toEqual(WHOLE);
    expect(await faults(database)).toEqual([]);
    expect(await resealFiles(database)).toEqual({ renewed: 0, damaged: 0 });
  });

  test('what a type was made secure for is sealed by the timer, and its open file goes', async () => {
    const made = await office();
    const { database, lease } = made;
    const openFile = await addressOf(database, lease.documentId);
    await database.transaction((db) =>
      db
        .updateTable('code_value')
        .set({ attributes: JSON.stringify({ secure: 1 }) })
        .where('table_name', '=', 'document_type')
        .where('code', '=', 'LEASE')
        .execute(),
    );
    await expect(made.call(openDocument, { documentId: lease.documentId })).rejects.toMatchObject({ code: 'refused' });
    expect(await sealPending(database)).toEqual({ renewed: 1, damaged: 0 });
    expect(database.files.has(openFile.address)).toBe(false);
    const { content } = await made.call(openSecureDocument, { documentId: lease.documentId });
    expect(Buffer.from(content, 'base64')).toEqual(contentOf('pdf'));
  });

  test('the same secure file twice is stored once', async () => {
    const { database, call, customerId } = await office();
    const files = officeFiles({ 'again.png': 'png' });
    await call(addDocument, {
      customerId,
      type: 'ID',
      description: '',
      accessLevel: 1,
      path: files('again.png'),
      scan: '',
    });
    expect(await database.files.list()).toHaveLength(2);
  });
});
