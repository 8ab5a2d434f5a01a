import { describe, expect, test } from 'vitest';
import type { NoteFacts } from '#domain/note.ts';
import { noteHistory } from '#services/notes/history.ts';
import { listNotes } from '#services/notes/read.ts';
import { addNote, deleteNote, editNote, restoreNote } from '#services/notes/write.ts';
import type { Actor } from '#services/actor.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

/** What a call-center agent types, everything unsaid at its default. */
const text = (body: string): NoteFacts => ({
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
});

const edited = (body: string, more: Partial<NoteFacts> = {}) => {
  const { level: _, ...facts } = { ...text(body), ...more };
  return facts;
};

const agent = (username: string, level = 1): Actor => ({ ...actor('notes.read', 'notes.edit'), username, level });

async function start() {
  const database = await freshDatabase();
  const town = new Utility(database);
  return { database, town, call: runnerFor(database, agent('ana')), account: await town.household() };
}

describe('notes of an account', () => {
  test('come with those of its customer and location, the newest first, and of nobody else', async () => {
    const { town, call, account } = await start();
    const elsewhere = await town.account(account.customerId, await town.location('9 Oak Ave'));
    const neighbour = await town.account(await town.customer('Next'), account.locationId);
    await town.note({ body: 'customer', customer_id: account.customerId, created_at: 4 });
    await town.note({ body: 'location', location_id: account.locationId, created_at: 3 });
    await call(addNote, { ...text('account'), accountId: account.id });
    await town.note({
      body: 'other account',
      account_id: elsewhere.id,
      customer_id: account.customerId,
      created_at: 1,
    });
    await town.note({ body: 'other customer', customer_id: neighbour.customerId, created_at: 1 });
    const bodies = (who: { accountId: number }) =>
      call(listNotes, { ...who, text: '' }).then((notes) => notes.map((note) => note.body));
    expect(await bodies({ accountId: account.id })).toEqual(['account', 'customer', 'location']);
    expect(await bodies({ accountId: elsewhere.id })).toEqual(['customer', 'other account']);
    expect(await bodies({ accountId: neighbour.id })).toEqual(['location', 'other customer']);
    const ofCustomer = await call(listNotes, { customerId: account.customerId, text: '' });
    expect(ofCustomer).toHaveLength(3);
  });

  test('the level decides where a note belongs; date, author and a missing subject are filled in', async () => {
    const { database, call, account } = await start();
    await call(addNote, { ...text('Dog in the yard.\nBig one.'), level: 'location', accountId: account.id });
    await call(addNote, { ...text('Prefers e-mail'), level: 'customer', accountId: account.id, type: 'billing' });
    const rows = await database.db.selectFrom('note').selectAll().orderBy('id').execute();
    expect(rows).toMatchObject([
      { level: 'location', location_id: account.locationId, customer_id: null, subject: 'Dog in the yard.' },
      { level: 'customer', location_id: null, customer_id: account.customerId, created_on: '2026-11-21' },
    ]);
    expect(rows[0]).toMatchObject({ created_by: 'ana', account_id: null, message_center: 0 });
  });

  test('every word counts, in any order, in any field, without case or accents', async () => {
    const { call, account } = await start();
    await call(addNote, { ...text('Señora Núñez called about the LEAK'), accountId: account.id, type: 'complaint' });
    await call(addNote, { ...text('Sent a copy of the bill'), accountId: account.id });
    const found = (words: string) =>
      call(listNotes, { accountId: account.id, text: words }).then((notes) => notes.length);
    expect(await found('leak nunez')).toBe(1);
    expect(await found('COMPLAINT senora')).toBe(1);
    expect(await found('2026-11-21 ana')).toBe(2);
    expect(await found('leak bill')).toBe(0);
  });

  test('wrong input is refused at its field, in words, and nothing is written', async () => {
    const { database, call, account } = await start();
    const refused = (facts: Partial<NoteFacts>, level?: 'location') =>
      call(addNote, { ...text('x'), ...facts, ...(level ? { level } : {}), accountId: account.id }).then(
        () => ({}),
        (failure: { fields: object }) => failure.fields,
      );
    expect(await refused({ body: '' })).toEqual({ body: 'Write the note.' });
    expect(Object.keys(await refused({ body: 'paid by 4111 1111 1111 1111' }))).toEqual(['body']);
    expect(Object.keys(await refused({ type: 'poem' }))).toEqual(['type']);
    expect(Object.keys(await refused({ usedFor: 'poem' }))).toEqual(['usedFor']);
    expect(Object.keys(await refused({ accessLevel: 3 }))).toEqual(['accessLevel']);
    expect(Object.keys(await refused({ messageCenter: 1 }, 'location'))).toEqual(['messageCenter']);
    expect(await database.db.selectFrom('note').select('id').execute()).toEqual([]);
    expect(await database.db.selectFrom('audit_entry').select('id').execute()).toEqual([]);
  });

  test('a note kept for managers is not there for anybody else', async () => {
    const { database, call, account } = await start();
    const manager = runnerFor(database, agent('max', 3));
    const { noteId, version } = await manager(addNote, { ...text('Lawsuit'), accountId: account.id, accessLevel: 3 });
    expect(await call(listNotes, { accountId: account.id, text: '' })).toEqual([]);
    expect(await manager(listNotes, { accountId: account.id, text: '' })).toHaveLength(1);
    const gone = { code: 'not_found' };
    await expect(call(noteHistory, { noteId })).rejects.toMatchObject(gone);
    await expect(call(editNote, { ...edited('y'), noteId, version })).rejects.toMatchObject(gone);
    await expect(call(deleteNote, { noteId, version })).rejects.toMatchObject(gone);
  });
});

describe('a changed note', () => {
  test('keeps what it said, and the audit tells both', async () => {
    const { database, call, account } = await start();
    const { noteId, version } = await call(addNote, { ...text('Pays on Friday'), accountId: account.id });
    const after = await call(editNote, { ...edited('Paid', { messageCenter: 1 }), noteId, version });
    expect(after.version).toBe(version + 1);
    expect((await call(noteHistory, { noteId })).changes).toEqual([
      {
        version: 2,
        at: Date.parse('2026-11-21T15:00:00Z'),
        by: 'ana',
        changes: { subject: ['Pays on Friday', 'Paid'], body: ['Pays on Friday', 'Paid'], messageCenter: [0, 1] },
      },
    ]);
    const audit = await database.db.selectFrom('audit_entry').selectAll().orderBy('seq', 'desc').executeTakeFirst();
    expect(audit).toMatchObject({ operation: 'note.edit', entity_id: noteId, customer_id: account.customerId });
    expect(JSON.parse(audit!.changes!)).toMatchObject({ body: ['Pays on Friday', 'Paid'] });
  });

  test('saved unchanged is no change', async () => {
    const { database, call, account } = await start();
    const { noteId, version } = await call(addNote, { ...text('Same'), accountId: account.id });
    expect(await call(editNote, { ...edited('Same'), noteId, version })).toEqual({ noteId, version });
    expect(await database.db.selectFrom('note_version').select('id').execute()).toEqual([]);
  });

  test('when somebody else was faster, each field that they changed says so and nothing is saved', async () => {
    const { database, call, account } = await start();
    const bob = runnerFor(database, agent('bob'));
    const { noteId, version } = await call(addNote, { ...text('Pays on Friday'), accountId: account.id });
    await bob(editNote, { ...edited('Pays on Friday', { subject: 'Promise', messageCenter: 1 }), noteId, version });
    await expect(call(editNote, { ...edited('Pays on Monday'), noteId, version })).rejects.toMatchObject({
      code: 'conflict',
      message: 'bob has changed this note meanwhile (subject, message center). Nothing was saved.',
      fields: { subject: 'bob changed this to “Promise”.', messageCenter: 'bob changed this to on.' },
    });
    const [note] = await call(listNotes, { accountId: account.id, text: '' });
    expect(note).toMatchObject({ body: 'Pays on Friday', subject: 'Promise', version: version + 1 });
  });

  test('taken away it is gone from lists, kept in the database, and can be brought back', async () => {
    const { database, call, account } = await start();
    const { noteId, version } = await call(addNote, { ...text('Oops'), accountId: account.id });
    const removed = await call(deleteNote, { noteId, version });
    const list = () => call(listNotes, { accountId: account.id, text: '' }).then((notes) => notes.length);
    expect(await list()).toBe(0);
    expect(await database.db.selectFrom('note').select('body').execute()).toEqual([{ body: 'Oops' }]);
    await expect(call(deleteNote, { noteId, version })).rejects.toMatchObject({ code: 'not_found' });
    await call(restoreNote, { noteId, version: removed.version });
    expect(await list()).toBe(1);
    expect((await call(noteHistory, { noteId })).changes.map((change) => Object.keys(change.changes))).toEqual([
      ['removedAt'],
      ['removedAt'],
    ]);
    const names = await database.db.selectFrom('audit_entry').select('operation').orderBy('seq').execute();
    expect(names.map((row) => row.operation)).toEqual(['note.add', 'note.delete', 'note.restore']);
  });

  test('who may only read can do none of it', async () => {
    const { database, call, account } = await start();
    const { noteId, version } = await call(addNote, { ...text('Mine'), accountId: account.id });
    const reader = runnerFor(database, actor('notes.read'));
    const forbidden = { code: 'forbidden' };
    await expect(reader(addNote, { ...text('No'), accountId: account.id })).rejects.toMatchObject(forbidden);
    await expect(reader(editNote, { ...edited('No'), noteId, version })).rejects.toMatchObject(forbidden);
    await expect(reader(deleteNote, { noteId, version })).rejects.toMatchObject(forbidden);
    expect(await reader(listNotes, { accountId: account.id, text: '' })).toHaveLength(1);
  });

  test('a private customer’s notes are not there for who may not see the customer', async () => {
    const { town, call } = await start();
    const account = await town.account(await town.customer('Mayor', { public: 0 }), await town.location('1 Hill'));
    const noteId = await town.note({ body: 'secret', customer_id: account.customerId });
    const gone = { code: 'not_found' };
    await expect(call(listNotes, { accountId: account.id, text: '' })).rejects.toMatchObject(gone);
    await expect(call(noteHistory, { noteId })).rejects.toMatchObject(gone);
    await expect(call(addNote, { ...text('x'), accountId: account.id })).rejects.toMatchObject(gone);
  });

  test.each([
    'Ω≈ç√∫˜µ≤≥÷',
    '\u202Etest\u202C',
    '田中さんにあげて下さい',
    "'; DROP TABLE note; --",
    '\u001B[31mred',
    '👩‍👩‍👧‍👦\u0000end',
  ])('keeps %j as typed, but for NUL, and finds it again', async (body) => {
    const { call, account } = await start();
    await call(addNote, { ...text(body), accountId: account.id });
    const [note] = await call(listNotes, { accountId: account.id, text: '' });
    expect(note!.body).toBe(body.replace('\u0000', ''));
    expect(await call(listNotes, { accountId: account.id, text: body })).toHaveLength(1);
  });
});
