import { describe, expect, test } from 'vitest';
import { editNote } from '#services/notes/write.ts';
import { phoneOperations } from '#services/customers/reach/index.ts';
import { actor, freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import { atAccount } from '#test/support/panel.ts';
import type { Operator } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

async function desk(tab = 'customer', options: Parameters<typeof atAccount>[3] = {}) {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const names = { first_name: 'Ana', last_name: 'Rivera' };
  const customerId = await utility.customer('Rivera, Ana', names);
  await utility.phone(customerId, '(217) 555-0142');
  const account = await utility.account(customerId, await utility.location('118 Alder St'));
  const { db } = database;
  const customer = () => db.selectFrom('customer').selectAll().where('id', '=', customerId).executeTakeFirstOrThrow();
  const phones = () => db.selectFrom('customer_phone').selectAll().orderBy('id').execute();
  const trail = () =>
    db.selectFrom('audit_entry').select(['operation', 'username', 'reason', 'changes']).orderBy('seq').execute();
  const bob = runnerFor(database, { ...actor(), userId: 99, username: 'bob' });
  const op = await atAccount(database, account.id, tab, options);
  return { database, utility, customerId, account, customer, phones, trail, bob, op };
}

/** Types into the field in focus in place of what it holds. */
async function retype(op: Operator, text: string): Promise<void> {
  await op.press('ctrl+u');
  await op.type(text);
}

/** Saves another first name. */
async function rename(op: Operator, name: string): Promise<void> {
  await op.press('e', 'tab', 'tab');
  await retype(op, name);
  await op.press('f9');
}

/** Saves a description of the first phone, with the cursor in the Customer tab. */
async function describePhone(op: Operator, text: string): Promise<void> {
  await op.press('enter', 'tab', 'tab', 'tab');
  await retype(op, text);
  await op.press('f9');
}

describe('the last change', () => {
  test('is taken back by one key, after saving said so, and the trail tells it as a change of its own', async () => {
    const { op, customer, trail } = await desk();
    expect(op.message()).not.toContain('U undoes it.');
    await rename(op, 'Anna');
    expect(op.message()).toContain('Saved. U undoes it.');
    expect((await customer()).first_name).toBe('Anna');
    await op.press('U');
    expect(await customer()).toMatchObject({ first_name: 'Ana', display_name: 'Rivera, Ana' });
    expect(op.message()).toMatch(/^Undone: Edit customer \S+\.$/);
    expect(op.text()).not.toContain('Rivera, Anna');
    const [saved, undone] = (await trail()).filter(({ operation }) => operation === 'customer.edit');
    expect([saved?.reason, undone?.reason]).toEqual([null, 'undone']);
    expect(undone?.changes).toContain('"firstName":["Anna","Ana"]');
    await op.press('U');
    expect((await customer()).first_name).toBe('Ana');
    expect(op.message()).toContain('There is nothing to undo');
    expect(op.unexpected).toEqual([]);
  });

  test('and those before it, through several forms of the same record', async () => {
    const { op, customer } = await desk('customer', { size: [120, 40] });
    await rename(op, 'Anna');
    await op.press('T', 'tab');
    await retype(op, 'EX-7');
    await op.press('f9');
    expect((await customer()).tax_exempt_number).toBe('EX-7');
    await rename(op, 'Annabel');
    await op.press('U', 'U');
    expect(await customer()).toMatchObject({ first_name: 'Anna', tax_exempt_number: null });
    await op.press('U');
    expect((await customer()).first_name).toBe('Ana');
  });

  test('of the account status gives back the day on which it had been assigned', async () => {
    const { op, customer } = await desk('customer', { size: [120, 40] });
    const { account_status: status, status_assigned_on: day } = await customer();
    expect(day).not.toBe(TODAY);
    for (const other of ['shutoff', 'current']) {
      await op.press('e', ...Array.from({ length: 8 }, () => 'tab'));
      await retype(op, other);
      await op.press('f9');
      expect(await customer()).toMatchObject({ account_status: other, status_assigned_on: TODAY });
    }
    await op.press('U', 'U');
    expect(await customer()).toMatchObject({ account_status: status, status_assigned_on: day });
  });

  test('of a form that was left or saved as it was is none', async () => {
    const { op } = await desk();
    await op.press('e', 'f9');
    expect(op.message()).not.toContain('U undoes it.');
    await op.press('U');
    expect(op.message()).toContain('There is nothing to undo');
  });

  test('stays when somebody else has changed the record since, and says so', async () => {
    const { op, phones, bob, customerId } = await desk('customer', { size: [120, 40] });
    await op.press(']', 'j');
    await describePhone(op, 'mornings');
    const [{ id, version, type }] = (await phones()) as [Awaited<ReturnType<typeof phones>>[number]];
    const values = { type, primary: true, number: '2175550199', extension: '', description: 'mornings' };
    await bob(phoneOperations.edit, { customerId, id, version, values });
    await op.press('U');
    expect(op.message()).toContain('Not undone: Edit phone. It has been changed again since then.');
    expect(await phones()).toMatchObject([{ description: 'mornings' }]);
    await op.press('U');
    expect(op.message()).toContain('There is nothing to undo');
  });

  test('may be something added, and something deleted', async () => {
    const { op, phones } = await desk('customer', { size: [120, 40] });
    await op.press(']', 'j', 'a', 'tab');
    await op.type('7345551212');
    await op.press('f9');
    expect(op.message()).toContain('U undoes it.');
    expect(await phones()).toHaveLength(2);
    await op.press('U');
    expect(await phones()).toHaveLength(1);
    await op.press('[', ']', 'j', 'd');
    await op.wait(400);
    await op.press('y');
    expect(op.message()).toContain('u brings it back.');
    expect(op.message()).not.toContain('U undoes it.');
    expect(await phones()).toEqual([]);
    await op.press('U');
    expect(await phones()).toMatchObject([{ number: '(217) 555-0142' }]);
    await op.press('u');
    expect(await phones()).toHaveLength(1);
  });

  test('brought back by u is not brought back twice', async () => {
    const { op, phones } = await desk('customer', { size: [120, 40] });
    await op.press(']', 'j', 'd');
    await op.wait(400);
    await op.press('y', 'u', 'U');
    expect(await phones()).toHaveLength(1);
    expect(op.message()).toContain('There is nothing to undo');
  });

  test('of a record that is not open any more is asked about first', async () => {
    const { op, customer } = await desk();
    await rename(op, 'Anna');
    await op.press('escape', 'U');
    expect(op.text()).toContain('Undo the last change?');
    await op.wait(400);
    await op.press('n');
    expect((await customer()).first_name).toBe('Anna');
    await op.press('U');
    await op.wait(400);
    await op.press('y');
    expect((await customer()).first_name).toBe('Ana');
  });

  test('that cannot be undone does not let one before it be undone unasked', async () => {
    const { op, customer } = await desk('customer', { size: [120, 40] });
    await rename(op, 'Anna');
    await op.press('E');
    await op.type('birth');
    await op.press('enter');
    await op.type('4/7/1961');
    await op.press('f9');
    expect(op.message()).toBe('Saved and sealed: Birth date');
    await op.press('U');
    expect(op.text()).toContain('What was saved last cannot be undone: Enter: Birth date.');
    await op.wait(400);
    await op.press('n');
    expect((await customer()).first_name).toBe('Anna');
    await op.press('U');
    await op.wait(400);
    await op.press('y');
    expect((await customer()).first_name).toBe('Ana');
  });

  test('is forgotten when somebody signs out', async () => {
    const { op } = await desk();
    await rename(op, 'Anna');
    const { session } = op.shell;
    expect(session.undos.any).toBe(true);
    op.shell.signOut();
    expect(session.undos.any).toBe(false);
  });

  test('survives a lock of the same person', async () => {
    const { op, customer } = await desk();
    await rename(op, 'Anna');
    op.shell.lock.lock();
    op.unlocks = true;
    await op.press('enter');
    await op.press('U');
    expect((await customer()).first_name).toBe('Ana');
  });
});

describe('notes', () => {
  test('are taken back: what was changed, what was written, what was deleted', async () => {
    const { op, database, bob, trail } = await desk('notes', { size: [120, 40] });
    const notes = () => database.db.selectFrom('note').selectAll().execute();
    await op.press('n');
    await op.type('Gate code 4471');
    await op.press('f9', 'enter');
    await op.type(' moved');
    await op.press('f9');
    expect(await notes()).toMatchObject([{ body: 'Gate code 4471 moved' }]);
    await op.press('delete');
    await op.wait(400);
    await op.press('y');
    expect(op.text()).not.toContain('4471 moved');
    await op.press('U');
    expect(op.text()).toContain('4471 moved');
    await op.press('U');
    expect(await notes()).toMatchObject([{ body: 'Gate code 4471', removed_at: null }]);
    const [{ id: noteId, version }] = (await notes()) as [Awaited<ReturnType<typeof notes>>[number]];
    await op.press('U');
    expect((await notes())[0]?.removed_at).not.toBeNull();
    expect((await trail()).filter(({ reason }) => reason === 'undone').map(({ operation }) => operation)).toEqual([
      'note.restore',
      'note.edit',
      'note.delete',
    ]);
    await expect(bob(editNote, editNote.input.parse({ noteId, version, body: 'x' }))).rejects.toThrow();
  });
});
