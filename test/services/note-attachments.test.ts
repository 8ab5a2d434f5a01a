import { expect, test } from 'vitest';
import { listDocuments } from '#services/documents/read.ts';
import { addDocument } from '#services/documents/write.ts';
import { getNote, listNotes } from '#services/notes/read.ts';
import { addNote, deleteNote, editNote } from '#services/notes/write.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { officeFiles } from '#test/support/office-files.ts';
import { Utility } from '#test/support/utility.ts';

const FACTS = {
  type: 'general',
  subject: '',
  body: 'Photos of the meter',
  messageCenter: 0,
  paymentCenter: 0,
  graceOn: null,
  usedFor: null,
  expiresOn: null,
  accessLevel: 1,
} as const;

async function desk() {
  const database = await freshDatabase();
  const account = await new Utility(database).household();
  const files = officeFiles({ 'front.png': 'png', 'back.pdf': 'pdf', 'tool.png': 'elf' });
  const write = { ...FACTS, level: 'account', accountId: account.id } as const;
  return { database, account, files, write, call: runnerFor(database) };
}

test('files are attached as a note is written or edited, all of them or nothing', async () => {
  const { database, account, files, write, call } = await desk();
  const { noteId, version } = await call(addNote, { ...write, attach: [files('front.png')] });
  expect(await call(editNote, { ...FACTS, noteId, version, attach: [files('back.pdf')] })).toEqual({ noteId, version });
  const [note] = await call(listNotes, { accountId: account.id, text: '' });
  expect(note!.attachments.map(({ name }) => name)).toEqual(['front.png', 'back.pdf']);
  expect(await call(listNotes, { accountId: account.id, text: 'back.pdf' })).toHaveLength(1);
  const refused = call(addNote, { ...write, body: 'Second', attach: [files('front.png'), files('tool.png')] });
  await expect(refused).rejects.toMatchObject({ fields: { attach: expect.stringContaining('program') } });
  expect(await database.db.selectFrom('note').select('id').execute()).toHaveLength(1);
  expect(await database.db.selectFrom('document').select('id').execute()).toHaveLength(2);
});

test('a repeat with the same key attaches nothing twice', async () => {
  const { files, write, call } = await desk();
  const input = { ...write, attach: [files('front.png')] };
  const first = await call(addNote, input, { idempotencyKey: 'note-1' });
  expect(await call(addNote, input, { idempotencyKey: 'note-1' })).toEqual(first);
  expect(await call(listDocuments, { noteId: first.noteId })).toHaveLength(1);
});

test('show only to who may read documents, and go with their note', async () => {
  const { database, files, write, call } = await desk();
  const { noteId, version } = await call(addNote, { ...write, attach: [files('front.png')] });
  await call(addDocument, {
    noteId,
    type: 'ID',
    description: 'Licence',
    accessLevel: 1,
    path: files('back.pdf'),
    scan: '',
  });
  const notesOnly = runnerFor(database, actor('notes.read', 'notes.edit'));
  expect((await notesOnly(getNote, { noteId })).attachments).toEqual([]);
  await expect(notesOnly(addNote, { ...write, attach: [files('front.png')] })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const reader = runnerFor(database, actor('notes.read', 'documents.read'));
  expect((await reader(getNote, { noteId })).attachments).toMatchObject([
    { name: 'front.png', secure: 0 },
    { name: '', secure: 1 },
  ]);
  await call(deleteNote, { noteId, version });
  await expect(call(listDocuments, { noteId })).rejects.toMatchObject({ code: 'not_found' });
});
