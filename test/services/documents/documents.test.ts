import { existsSync, statSync, utimesSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { openExchange } from '#gateways/exchange.ts';
import { editDocument } from '#services/documents/edit.ts';
import { openDocument, openSecureDocument } from '#services/documents/open.ts';
import { documentVersions, getDocument, listDocuments } from '#services/documents/read.ts';
import { addDocument, addDocumentFile, deleteDocument, restoreDocument } from '#services/documents/write.ts';
import { setOption } from '#services/options/operations.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { contentOf, officeFiles } from '#test/support/office-files.ts';
import { Utility } from '#test/support/utility.ts';

const CLERK = ['documents.read', 'documents.edit'] as const;

async function house() {
  const database = await freshDatabase();
  const account = await new Utility(database).household('Rivera, Ana M', '118 Alder St');
  const files = officeFiles({ 'lease.pdf': 'pdf', 'id.png': 'png', 'notes.txt': 'txt' });
  const lease = { type: 'LEASE', description: 'Lease of 2026', accessLevel: 1, path: files('lease.pdf'), scan: '' };
  const proof = { type: 'ID', description: 'Licence', accessLevel: 1, path: files('id.png'), scan: '' };
  return { database, account, customerId: account.customerId, files, lease, proof };
}

const trail = ({ db }: Database) =>
  db.selectFrom('audit_entry').select(['operation', 'entity_id as entityId', 'outcome']).orderBy('seq').execute();

describe('documents', () => {
  test('are added, listed with their newest file, opened as they were, and kept in their versions', async () => {
    const { database, customerId, files, lease } = await house();
    const call = runnerFor(database, actor(...CLERK));
    const { documentId, version } = await call(addDocument, { customerId, ...lease });
    const [row] = await call(listDocuments, { customerId });
    expect(row).toMatchObject({
      id: documentId,
      typeName: 'Lease',
      description: 'Lease of 2026',
      fileName: 'lease.pdf',
      mediaType: 'application/pdf',
      size: contentOf('pdf').byteLength,
      secure: 0,
      files: 1,
      addedBy: 'tess',
    });
    const opened = await call(openDocument, { documentId });
    expect(Buffer.from(opened.content, 'base64')).toEqual(contentOf('pdf'));
    await call(addDocumentFile, { documentId, version, path: files('notes.txt'), scan: '' });
    expect((await call(documentVersions, { documentId })).map(({ fileName }) => fileName)).toEqual([
      'notes.txt',
      'lease.pdf',
    ]);
    const first = await call(openDocument, { documentId, number: 1 });
    expect(Buffer.from(first.content, 'base64')).toEqual(contentOf('pdf'));
    await expect(
      call(addDocumentFile, { documentId, version, path: files('lease.pdf'), scan: '' }),
    ).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('of an account show with its customer; the same content is stored once', async () => {
    const { database, account, customerId, lease } = await house();
    const call = runnerFor(database);
    await call(addDocument, { customerId, ...lease });
    await call(addDocument, { accountId: account.id, ...lease });
    await call(addDocument, { locationId: account.locationId, ...lease });
    expect((await call(listDocuments, { customerId })).map(({ level }) => level).sort()).toEqual([
      'account',
      'customer',
    ]);
    expect(await call(listDocuments, { locationId: account.locationId })).toHaveLength(1);
    expect(await database.files.list()).toHaveLength(1);
  });

  test('are taken away and brought back, with what was there', async () => {
    const { database, customerId, lease } = await house();
    const call = runnerFor(database);
    const added = await call(addDocument, { customerId, ...lease });
    const gone = await call(deleteDocument, added);
    expect(await call(listDocuments, { customerId })).toEqual([]);
    await expect(call(openDocument, { documentId: added.documentId })).rejects.toMatchObject({ code: 'not_found' });
    await call(restoreDocument, gone);
    expect(await call(listDocuments, { customerId })).toHaveLength(1);
    expect((await trail(database)).map(({ operation }) => operation)).toEqual([
      'document.add',
      'document.delete',
      'document.restore',
    ]);
  });

  test('above the level of the groups are neither seen nor made', async () => {
    const { database, customerId, lease } = await house();
    await runnerFor(database)(addDocument, { customerId, ...lease, accessLevel: 3 });
    const call = runnerFor(database, { ...actor(...CLERK), level: 3, documentLevel: 1 });
    expect(await call(listDocuments, { customerId })).toEqual([]);
    await expect(call(addDocument, { customerId, ...lease, accessLevel: 2 })).rejects.toMatchObject({
      code: 'invalid',
      fields: { accessLevel: expect.stringContaining('your own groups') },
    });
  });
});

describe('secure documents', () => {
  test('are sealed on the disk, opened only by who may, and each opening is in the trail', async () => {
    const { database, customerId, proof } = await house();
    const call = runnerFor(database, actor(...CLERK, 'documents.secure'));
    const { documentId } = await call(addDocument, { customerId, ...proof });
    const [file] = await database.files.list();
    expect((await database.files.read(file!.address)).includes(contentOf('png').subarray(0, 16))).toBe(false);
    await expect(call(openDocument, { documentId })).rejects.toMatchObject({ code: 'refused' });
    const opened = await call(openSecureDocument, { documentId });
    expect(Buffer.from(opened.content, 'base64')).toEqual(contentOf('png'));
    expect(Object.keys(opened).sort()).toEqual(['content', 'fileName', 'mediaType', 'size']);
    expect((await trail(database)).at(-1)).toMatchObject({ operation: 'document.openSecure', entityId: documentId });
  });

  test('tell others that they are there, and nothing else', async () => {
    const { database, customerId, proof } = await house();
    const { documentId, version } = await runnerFor(database)(addDocument, { customerId, ...proof });
    const call = runnerFor(database, actor(...CLERK));
    expect(await call(listDocuments, { customerId })).toMatchObject([
      { typeName: 'Proof of identity', secure: 1, opens: false, description: '', fileName: '', size: 0 },
    ]);
    for (const refused of [
      () => call(openDocument, { documentId }),
      () => call(openSecureDocument, { documentId }),
      () => call(documentVersions, { documentId }),
      () => call(deleteDocument, { documentId, version }),
      () => call(addDocument, { customerId, ...proof }),
      () => call(editDocument, { documentId, version, type: 'LEASE', description: '', accessLevel: 1 }),
    ]) {
      await expect(refused()).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  test('an open document whose type becomes a secure one is sealed, all of its files, and no open file stays', async () => {
    const { database, customerId, files, lease } = await house();
    const call = runnerFor(database);
    const added = await call(addDocument, { customerId, ...lease });
    const { version } = await call(addDocumentFile, { ...added, path: files('notes.txt'), scan: '' });
    const { documentId } = added;
    await call(editDocument, { documentId, version, type: 'ID', description: 'Was a lease', accessLevel: 1 });
    expect(await call(getDocument, { documentId })).toMatchObject({ secure: 1, typeName: 'Proof of identity' });
    const rows = await database.db.selectFrom('document_version').select(['sealed', 'address']).execute();
    expect(rows.map(({ sealed }) => sealed)).toEqual([1, 1]);
    expect((await database.files.list()).map(({ address }) => address).sort()).toEqual(
      rows.map(({ address }) => address).sort(),
    );
    const first = await call(openSecureDocument, { documentId, number: 1 });
    expect(Buffer.from(first.content, 'base64')).toEqual(contentOf('pdf'));
  });

  test('stay sealed and secure when their type becomes an open one', async () => {
    const { database, customerId, proof } = await house();
    const call = runnerFor(database);
    const { documentId, version } = await call(addDocument, { customerId, ...proof });
    await call(editDocument, { documentId, version, type: 'LEASE', description: '', accessLevel: 1 });
    expect(await call(getDocument, { documentId })).toMatchObject({ secure: 1, type: 'LEASE' });
  });
});

describe('what is taken', () => {
  const ODD = { 'a.pdf': 'elf', 'b.txt': 'exe', 'c.txt': 'sh', 'd.pdf': 'raw', 'e.txt': Buffer.alloc(0) };
  test.each([
    ['a.pdf', 'program'],
    ['b.txt', 'program'],
    ['c.txt', 'program'],
    ['d.pdf', 'cannot be told'],
    ['e.txt', 'empty'],
    ['none.pdf', 'no such file'],
    ['', 'no file'],
  ])('%s is judged by its content', async (name, why) => {
    const { database, customerId, lease } = await house();
    const asked = runnerFor(database)(addDocument, { customerId, ...lease, path: officeFiles(ODD)(name) });
    await expect(asked).rejects.toMatchObject({ code: 'invalid', fields: { path: expect.stringContaining(why) } });
    expect(await database.files.list()).toEqual([]);
  });

  test('is as large as the company allows, and of its kinds', async () => {
    const { database, customerId, lease } = await house();
    const call = runnerFor(database);
    const large = officeFiles({ 'large.txt': Buffer.alloc(1024 ** 2 + 1, 'a') });
    await call(setOption, { name: 'documentMegabytes', value: 1 });
    await expect(call(addDocument, { customerId, ...lease, path: large('large.txt') })).rejects.toMatchObject({
      fields: { path: 'The file is larger than 1 MB.' },
    });
    await call(setOption, { name: 'documentTypes', value: ['image/png'] });
    await expect(call(addDocument, { customerId, ...lease })).rejects.toMatchObject({
      fields: { path: expect.stringContaining('application/pdf') },
    });
  });

  test('in a confined session lies in its folder, and is no link to elsewhere', async () => {
    const { database, customerId, files, lease } = await house();
    const folder = dirname(files('lease.pdf'));
    const confined = runnerFor(database, actor(), openExchange({ folder, limit: 'folder' }));
    await expect(confined(addDocument, { customerId, ...lease })).rejects.toMatchObject({
      fields: { path: expect.stringContaining('Only a name') },
    });
    await confined(addDocument, { customerId, ...lease, path: 'lease.pdf' });
    const none = runnerFor(database, actor(), openExchange({ folder: '/', limit: 'none' }));
    await expect(none(addDocument, { customerId, ...lease })).rejects.toMatchObject({
      fields: { path: 'No files are read in this session.' },
    });
  });
});

describe('capture', () => {
  test('takes the scan over and away, once; a repeat with the same key answers again', async () => {
    const { database, customerId, lease } = await house();
    const scanned = officeFiles({ 'scan-1.pdf': 'pdf', 'scan-2.png': 'png' });
    utimesSync(scanned('scan-1.pdf'), 1000, 1000);
    const folder = dirname(scanned('scan-1.pdf'));
    const call = runnerFor(database);
    await call(setOption, { name: 'scannerFolder', value: folder });
    const names = (await openExchange({ folder: '/' }).scans(folder)).map(({ name }) => name);
    expect(names).toEqual(['scan-2.png', 'scan-1.pdf']);
    const input = { customerId, ...lease, path: '', scan: 'scan-1.pdf' };
    const receipt = await call(addDocument, input, { idempotencyKey: 'scan-1' });
    expect(existsSync(scanned('scan-1.pdf'))).toBe(false);
    expect(statSync(scanned('scan-2.png')).isFile()).toBe(true);
    expect(await call(addDocument, input, { idempotencyKey: 'scan-1' })).toEqual(receipt);
    await expect(call(addDocument, { ...input, scan: '../x' })).rejects.toMatchObject({ code: 'invalid' });
  });
});
