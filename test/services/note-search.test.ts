import { describe, expect, test } from 'vitest';
import { rebuildIndex } from '#db/search/build.ts';
import type { NoteFacts } from '#domain/note.ts';
import { listDocuments } from '#services/documents/read.ts';
import { addDocument, deleteDocument, restoreDocument } from '#services/documents/write.ts';
import { searchNotes } from '#services/notes/search.ts';
import { addNote, deleteNote, editNote, restoreNote } from '#services/notes/write.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { officeFiles } from '#test/support/office-files.ts';
import { Utility } from '#test/support/utility.ts';

const note = (body: string, more: Partial<NoteFacts> = {}): NoteFacts => ({
  level: 'account',
  type: 'general',
  subject: '',
  body,
  messageCenter: 0,
  paymentCenter: 0,
  graceOn: null,
  usedFor: null,
  expiresOn: null,
  accessLevel: 1,
  ...more,
});

async function start() {
  const database = await freshDatabase();
  const town = new Utility(database);
  const call = runnerFor(database, { ...actor('notes.read', 'notes.edit'), level: 1 });
  const found = (text: string) =>
    call(searchNotes, { text, limit: 50 }).then(({ notes }) => notes.map((one) => one.subject));
  return { database, town, call, found, account: await town.household('Rivera, Ana M', '118 Alder St') };
}

describe('searching the notes of a whole utility', () => {
  test('all words must be there, each may be a beginning, in any order, without accents', async () => {
    const { call, found, account, town } = await start();
    const other = await town.household('Next', '9 Oak Ave');
    await call(addNote, { ...note('Señora Núñez reports a leaking tap', { subject: 'Leak' }), accountId: account.id });
    await call(addNote, { ...note('The tap is fixed', { subject: 'Fixed' }), accountId: other.id });
    expect(await found('tap')).toHaveLength(2);
    expect(await found('nunez leak')).toEqual(['Leak']);
    expect(await found('TAP señ')).toEqual(['Leak']);
    expect(await found('fixed leak')).toEqual([]);
    await expect(found(' - ')).rejects.toMatchObject({ code: 'invalid' });
  });

  test('an answer says whose note it is and shows what was found', async () => {
    const { call, account } = await start();
    const body = `${'Nothing much to say about it. '.repeat(20)}The gate code is 4471. ${'And so on. '.repeat(20)}`;
    await call(addNote, { ...note(body, { level: 'location' }), accountId: account.id });
    await call(addNote, { ...note('Gate is locked'), accountId: account.id });
    const { notes } = await call(searchNotes, { text: 'gate', limit: 50 });
    const place = notes.find((one) => one.level === 'location')!;
    expect(place).toMatchObject({ locationId: account.locationId, accountId: null, name: '118 Alder St' });
    expect(place.excerpt).toMatch(/^….*The gate code is 4471\..*…$/);
    expect(notes.find((one) => one.level === 'account')).toMatchObject({
      accountId: account.id,
      name: 'Rivera, Ana M',
    });
  });

  test('looks through every field, and the names of attached files that are for everybody', async () => {
    const { database, call, found, account } = await start();
    const writer = runnerFor(database);
    const files = officeFiles({ 'meter-photo.png': 'png', 'passport.png': 'png' });
    const facts = note('Asked for time', {
      subject: 'Time',
      type: 'billing',
      graceOn: '2026-12-24',
      usedFor: 'penalty',
      expiresOn: '2027-03-31',
      messageCenter: 1,
    });
    const { noteId } = await writer(addNote, { ...facts, accountId: account.id, attach: [files('meter-photo.png')] });
    await call(addNote, { ...note('Other'), accountId: account.id });
    for (const text of [
      '2026-12-24',
      'penalty',
      '2027-03-31',
      'tess time',
      'billing',
      'message center',
      'meter photo',
    ]) {
      expect(await found(text), text).toEqual(['Time']);
    }
    const [attached] = await writer(listDocuments, { noteId });
    const { id: documentId, version } = attached!;
    await writer(deleteDocument, { documentId, version });
    expect(await found('photo')).toEqual([]);
    await writer(restoreDocument, { documentId, version: version + 1 });
    const secure = { type: 'ID', description: 'Passport', accessLevel: 1, path: files('passport.png'), scan: '' };
    await writer(addDocument, { noteId, ...secure });
    expect([await found('photo'), await found('passport')]).toEqual([['Time'], []]);
    const kept = await database.db.selectFrom('note_word').selectAll().orderBy('word').execute();
    await rebuildIndex(database);
    expect(await database.db.selectFrom('note_word').selectAll().orderBy('word').execute()).toEqual(kept);
  });

  test('follows edits, deletions and returns', async () => {
    const { call, found, account } = await start();
    const { noteId, version } = await call(addNote, { ...note('Blue door'), accountId: account.id });
    const { level: _, ...changed } = note('Green door');
    const edited = await call(editNote, { ...changed, noteId, version });
    expect(await found('blue')).toEqual([]);
    expect(await found('green')).toEqual(['Green door']);
    const removed = await call(deleteNote, { noteId, version: edited.version });
    expect(await found('green')).toEqual([]);
    await call(restoreNote, { noteId, version: removed.version });
    expect(await found('door')).toEqual(['Green door']);
  });

  test('tells nothing of private customers, where they live, or what is kept for managers', async () => {
    const { database, town, call, found, account } = await start();
    const hidden = await town.account(await town.customer('Mayor', { public: 0 }), await town.location('1 Hill'));
    const manager = runnerFor(database);
    await manager(addNote, { ...note('secret one'), accountId: hidden.id });
    await manager(addNote, { ...note('secret two', { level: 'location' }), accountId: hidden.id });
    await manager(addNote, { ...note('secret three', { accessLevel: 3 }), accountId: account.id });
    await call(addNote, { ...note('no secret'), accountId: account.id });
    expect(await found('secret')).toEqual(['no secret']);
    expect((await manager(searchNotes, { text: 'secret', limit: 50 })).notes).toHaveLength(4);
  });

  test('comes by pages, the newest first, and a rebuilt index finds the same', async () => {
    const { database, town, call, account } = await start();
    for (let at = 1; at <= 7; at += 1) {
      await town.note({ body: `visit ${at}`, customer_id: account.customerId, created_at: (at % 4) * 1000 });
    }
    await rebuildIndex(database);
    const all = (await call(searchNotes, { text: 'visit', limit: 50 })).notes.map((one) => one.id);
    expect(all).toHaveLength(7);
    const paged: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await call(searchNotes, { text: 'visit', limit: 2, ...(cursor ? { cursor } : {}) });
      paged.push(...page.notes.map((one) => one.id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(paged).toEqual(all);
  });
});
