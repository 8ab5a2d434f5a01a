import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { deleteNote, editNote } from '#services/notes/write.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { atAccount, SIZES } from '#test/support/panel.ts';
import type { Operator } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

interface Desk {
  readonly database: Database;
  readonly op: Operator;
  readonly noteId: number;
  readonly stored: () => Promise<{ body: string; type: string; version: number }>;
  /** A colleague saves on top of what is stored. */
  readonly bob: (changed: { body?: string; type?: string }) => Promise<void>;
}

/** An operator who has changed a note's text in its form and not saved. */
async function editing(typed = ' week', size: readonly [number, number] = [80, 24]): Promise<Desk> {
  const database = await freshDatabase();
  const town = new Utility(database);
  const account = await town.household();
  const owner = { customer_id: account.customerId, account_id: account.id };
  const noteId = await town.note({ ...owner, body: 'Promised to pay on Friday', created_by: 'bob', created_at: 3 });
  const op = await atAccount(database, account.id, 'notes', { size });
  await op.press('enter');
  await op.type(typed);
  const stored = () =>
    database.db
      .selectFrom('note')
      .select(['body', 'type', 'version'])
      .where('id', '=', noteId)
      .executeTakeFirstOrThrow();
  const bob = async (changed: { body?: string; type?: string }) => {
    const { body, type, version } = await stored();
    const facts = { subject: '', messageCenter: 0, paymentCenter: 0, graceOn: null, usedFor: null } as const;
    const call = runnerFor(database, { ...actor(), username: 'bob' });
    await call(editNote, { ...facts, expiresOn: null, accessLevel: 1, body, type, ...changed, noteId, version });
  };
  return { database, op, noteId, stored, bob };
}

/** A question takes no keys in its first moment. */
const readFirst = (op: Operator) => op.wait(400);

describe('somebody else saved the record while its form was open', () => {
  test.each(SIZES)('at %d×%d both changes are shown side by side, and keeping mine saves it', async (...size) => {
    const { op, bob, stored } = await editing(' week', size);
    await bob({ body: 'Promised to pay on Monday' });
    await op.press('f9');
    expect(op.text()).toMatch(/bob saved this record at \d\d:\d\d while you had it open/);
    expect(op.text()).toMatch(/Note +both of you changed it: choose/);
    expect(op.text()).toMatch(/It was +Yours +bob/);
    expect(op.text()).toContain('Friday week');
    expect(op.text()).toContain('Monday');
    await readFirst(op);
    await op.press('f9');
    expect(op.message()).toContain('m keeps yours, t takes theirs');
    await op.press('m', 'f9');
    expect(await stored()).toMatchObject({ body: 'Promised to pay on Friday week' });
    expect(op.text()).not.toContain('Edit note');
    expect(op.unexpected).toEqual([]);
  });

  test('what only one of us changed is merged by itself and shown as such', async () => {
    const { op, bob, stored } = await editing();
    await bob({ type: 'billing' });
    await op.press('f9');
    expect(op.text()).toMatch(/Type +bob's; you had not changed it/);
    expect(op.text()).toMatch(/Note +yours; only you changed it/);
    expect(op.footer()).not.toContain('More');
    await readFirst(op);
    await op.press('f9');
    expect(await stored()).toMatchObject({ body: 'Promised to pay on Friday week', type: 'billing' });
  });

  test('taking theirs drops mine, and taking both opens the two texts to be edited', async () => {
    const { op, bob, stored } = await editing();
    await bob({ body: 'Promised to pay on Monday' });
    await op.press('f9');
    await readFirst(op);
    await op.press('t');
    expect(op.text()).toMatch(/Note +bob's is taken/);
    await op.press('b');
    expect(op.text()).toContain('Both texts: Note');
    expect(op.footer()).toContain('F9 Take');
    await op.press('end');
    await op.type(', he says');
    await op.press('f9');
    expect(op.text()).toMatch(/Note +both, as you edited them/);
    await op.press('f9');
    expect((await stored()).body).toBe('Promised to pay on Friday week\nPromised to pay on Monday, he says');
  });

  test('Esc goes back to the form as it was typed, and saving asks again', async () => {
    const { op, bob, stored } = await editing();
    await bob({ body: 'Promised to pay on Monday' });
    await op.press('f9');
    await readFirst(op);
    await op.press('t', 'escape');
    expect(op.text()).toContain('Edit note');
    expect(op.text()).toContain('Friday week');
    expect(op.text()).toContain('Not saved: bob changed it meanwhile.');
    await op.press('f9');
    expect(op.text()).toContain('both of you changed it: choose');
    expect((await stored()).body).toBe('Promised to pay on Monday');
  });

  test('a second change while the first is being decided is asked about too', async () => {
    const { op, bob, stored } = await editing();
    await bob({ body: 'Promised to pay on Monday' });
    await op.press('f9');
    await readFirst(op);
    await op.press('m');
    await bob({ body: 'Promised to pay on Tuesday', type: 'billing' });
    await op.press('f9');
    expect(op.text()).toContain('Tuesday');
    expect(op.text()).toMatch(/Type +bob's/);
    await readFirst(op);
    await op.press('m', 'f9');
    expect(await stored()).toMatchObject({ body: 'Promised to pay on Friday week', type: 'billing', version: 4 });
  });

  test('a record taken away meanwhile can be saved as a new one', async () => {
    const { op, database, noteId } = await editing();
    await runnerFor(database, { ...actor(), username: 'bob' })(deleteNote, { noteId, version: 1 });
    await op.press('f9');
    expect(op.text()).toContain('This record was taken away meanwhile');
    await op.press('escape');
    expect(op.text()).toContain('Friday week');
    await op.press('f9', 'down', 'enter');
    const left = database.db.selectFrom('note').select('body').where('removed_at', 'is', null);
    expect(await left.execute()).toEqual([{ body: 'Promised to pay on Friday week' }]);
  });

  test('a draft of an older version meets what was saved since, instead of undoing it', async () => {
    const { op, bob, stored } = await editing();
    await op.press('escape', 'down', 'enter');
    expect(op.text()).not.toContain('Edit note');
    await bob({ type: 'billing' });
    await op.press('f5', 'enter');
    expect(op.text()).toContain('Taken up from the draft.');
    await op.press('f9');
    expect(op.text()).toMatch(/Type +bob's; you had not changed it/);
    await readFirst(op);
    await op.press('f9');
    expect(await stored()).toMatchObject({ body: 'Promised to pay on Friday week', type: 'billing' });
  });

  test('long texts scroll', async () => {
    const { op, bob } = await editing();
    await bob({ body: Array.from({ length: 40 }, (_, row) => `bob’s line ${row + 1}`).join('\n') });
    await op.press('f9');
    await readFirst(op);
    expect(op.text()).toContain('bob’s line 1');
    expect(op.text()).not.toContain('bob’s line 40');
    await op.press('pagedown', 'pagedown', 'pagedown', 'pagedown', 'pagedown');
    expect(op.text()).toContain('bob’s line 40');
    await op.press('m');
    expect(op.text()).toContain('[Yours]');
  });
});
