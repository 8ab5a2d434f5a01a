import { describe, expect, test } from 'vitest';
import { dirname } from 'node:path';
import type { Database } from '#db/database.ts';
import { openExchange } from '#gateways/exchange.ts';
import { actor, freshDatabase } from '#test/support/database.ts';
import { officeFiles } from '#test/support/office-files.ts';
import { atAccount, SIZES, tabText } from '#test/support/panel.ts';
import type { AccountRef } from '#test/support/premises.ts';
import { Utility } from '#test/support/utility.ts';

async function threeNotes(): Promise<{ database: Database; town: Utility; account: AccountRef }> {
  const database = await freshDatabase();
  const town = new Utility(database);
  const account = await town.household();
  const note = { created_by: 'bob' };
  await town.note({ ...note, body: 'Gate code 4471', location_id: account.locationId, created_at: 1 });
  await town.note({
    ...note,
    body: 'Señora Núñez prefers a call.\nAfter six.',
    subject: 'Prefers a call',
    customer_id: account.customerId,
    message_center: 1,
    created_at: 2,
  });
  await town.note({
    ...note,
    body: 'Promised to pay on Friday',
    customer_id: account.customerId,
    account_id: account.id,
    type: 'payment',
    grace_on: '2026-12-01',
    used_for: 'penalty',
    created_at: 3,
  });
  return { database, town, account };
}

describe('the Notes tab', () => {
  test.each(SIZES)(
    'at %d×%d lists the notes of account, customer and location with the text of one',
    async (...size) => {
      const { database, account } = await threeNotes();
      const op = await atAccount(database, account.id, 'notes', { size });
      const text = tabText(op);
      expect(text).toMatch(/> Account +Payment +Promised to pay .*2026-11-21/);
      expect(text).toMatch(/Customer +General +Prefers a call/);
      expect(text).toMatch(/Location +General +Gate code 4471/);
      expect(text).toContain('Account note, Payment, 2026-11-21 by bob, grace to 2026-12-01');
      expect(text).toMatch(/^ Promised to pay on Friday/m);
      await op.press('down');
      expect(tabText(op)).toMatch(/^ Señora Núñez prefers a call\.$\n^ After six\.$/m);
      expect(op.unexpected).toEqual([]);
    },
  );

  test('n writes one: the text is enough', async () => {
    const { database, account } = await threeNotes();
    const op = await atAccount(database, account.id, 'notes');
    await op.press('n');
    expect(op.text()).toContain('Add note');
    await op.type('Called about the leak');
    await op.press('f9');
    expect(op.text()).not.toContain('Add note ');
    expect(tabText(op)).toMatch(/> Account +General +Called about the leak/);
    expect(op.message()).toContain('Note added.');
  });

  test('as everywhere in the panel a adds and d deletes', async () => {
    const { database, account } = await threeNotes();
    const op = await atAccount(database, account.id, 'notes');
    await op.press('d');
    expect(op.text()).toContain('Delete note');
    await op.wait(1000);
    await op.press('escape', 'a');
    expect(op.text()).toContain('Add note');
  });

  test('facts of a note that the width has no room for are cut where it can be seen', async () => {
    const { database, town, account } = await threeNotes();
    await town.note({
      body: 'Printed on the statement',
      customer_id: account.customerId,
      message_center: 1,
      payment_center: 1,
      used_for: 'statement',
      expires_on: '2026-12-31',
      created_at: 4,
    });
    const op = await atAccount(database, account.id, 'notes');
    expect(tabText(op)).toMatch(/Customer note, General, .*message center, .*…/);
    await op.press('z');
    expect(op.text().replaceAll(/[│\s]+/g, ' ')).toContain('for Statement until 2026-12-31');
  });

  test('a card number is refused at the field, and what was typed stays', async () => {
    const { database, account } = await threeNotes();
    const op = await atAccount(database, account.id, 'notes', { size: [120, 40] });
    await op.press('n');
    await op.type('Card 4111 1111 1111 1111');
    await op.press('f9');
    expect(op.text()).toContain('This looks like a card number');
    expect(op.text()).toContain('Card 4111 1111 1111 1111');
    expect(await database.db.selectFrom('note').select('id').execute()).toHaveLength(3);
  });

  test('what was typed stays while the disk is full, and is saved when there is room', async ({ skip }) => {
    const { database, account } = await threeNotes();
    const { file } = database;
    if (!file) return skip('the disk of a server is its own');
    const op = await atAccount(database, account.id, 'notes', { size: [120, 40] });
    await op.press('n');
    // Longer than a page, so that it cannot be put anywhere where there is room left.
    await op.type('leaking '.repeat(700));
    const unlimited: unknown = file.pragma('max_page_count', { simple: true });
    file.pragma(`max_page_count = ${String(file.pragma('page_count', { simple: true }))}`);
    await op.press('f9');
    expect(op.text()).toContain('The disk is full or failing');
    expect(op.text()).toContain('leaking leaking');
    expect(await database.db.selectFrom('note').select('id').execute()).toHaveLength(3);
    file.pragma(`max_page_count = ${String(unlimited)}`);
    await op.press('f9');
    expect(op.message()).toContain('Note added.');
    expect(await database.db.selectFrom('note').select('id').execute()).toHaveLength(4);
  });

  test('Enter edits, and H shows what the note said before', async () => {
    const { database, account } = await threeNotes();
    const op = await atAccount(database, account.id, 'notes', { size: [120, 40] });
    expect(op.footer()).not.toContain('Scroll');
    await op.press('enter');
    expect(op.text()).toMatch(/Level +Account /);
    await op.type(' week');
    await op.press('f9');
    expect(op.message()).toContain('Note saved');
    await op.press('H');
    expect(op.text()).toContain('Promised to pay on Friday week');
    expect(op.text()).toContain('written');
  });

  test('the filter looks through every field and the text, whatever the accents', async () => {
    const { database, account } = await threeNotes();
    const op = await atAccount(database, account.id, 'notes');
    await op.press('/');
    await op.type('nunez six');
    await op.press('enter');
    expect(tabText(op)).toContain('1/3 filtered: nunez six');
    expect(tabText(op)).toMatch(/> Customer +General +Prefers a call/);
    const lit = op
      .cells()
      .flat()
      .filter((cell) => cell.style.startsWith('u'));
    expect(lit.map((cell) => cell.text).join('')).toContain('Núñez');
  });

  test('deleting asks first, takes it off the list, and u brings it back', async () => {
    const { database, account } = await threeNotes();
    const op = await atAccount(database, account.id, 'notes');
    await op.press('delete');
    expect(op.text()).toContain('Delete this note?');
    await op.wait(400);
    await op.press('escape');
    expect(tabText(op)).toContain('1/3');
    await op.press('delete');
    await op.wait(400);
    await op.press('y');
    expect(tabText(op)).toContain('1/2');
    expect(tabText(op)).not.toContain('Promised');
    await op.press('u');
    expect(tabText(op)).toMatch(/> Account +Payment +Promised/);
  });

  test('a long note scrolls, and z shows it whole', async () => {
    const { database, town, account } = await threeNotes();
    const body = Array.from({ length: 30 }, (_, row) => `line ${row + 1} of the note`).join('\n');
    await town.note({ body, subject: 'Long', customer_id: account.customerId, created_at: 9 });
    const op = await atAccount(database, account.id, 'notes');
    expect(tabText(op)).toContain('line 1 of the note');
    expect(tabText(op)).not.toContain('line 9 of');
    await op.press('J', 'J', 'J', 'J', 'J');
    expect(tabText(op)).toContain('line 6 of the note');
    expect(tabText(op)).not.toContain('line 1 of the note');
    await op.press('down', 'up');
    await op.press('z');
    expect(op.text()).toContain('line 12 of the note');
  });

  test('who may only read sees no way to write', async () => {
    const { database, account } = await threeNotes();
    const op = await atAccount(database, account.id, 'notes', { actor: actor('accounts.read', 'notes.read') });
    await op.press('n');
    expect(op.text()).not.toContain('Add note');
    expect(op.footer()).not.toContain('Edit');
  });

  test.each(['\u001B[2Jboom', '\u202Ereversed', '漢字'.repeat(60), 'a\u0301'.repeat(80), '👩‍👩‍👧‍👦 family'])(
    'the text %j neither breaks the layout nor reaches the terminal raw',
    async (body) => {
      const { database, town, account } = await threeNotes();
      await town.note({ body, subject: body, customer_id: account.customerId, created_at: 9 });
      const op = await atAccount(database, account.id, 'notes');
      expect(op.lines()).toHaveLength(24);
      expect(tabText(op)).toMatch(/Location +General +Gate code 4471/);
      // oxlint-disable-next-line no-control-regex
      expect(op.text()).not.toMatch(/[\u001B\u202E]/);
    },
  );

  test('files are attached in the form, shown below the text, and dealt with on t', async () => {
    const { database, account } = await threeNotes();
    const files = officeFiles({ 'front.png': 'png', 'talk.txt': 'txt' });
    const exchange = openExchange({ folder: dirname(files('front.png')) });
    const op = await atAccount(database, account.id, 'notes', { size: [120, 40], exchange });
    await op.press('n');
    await op.type('Photo of the meter');
    for (let field = 0; !op.text().includes('Attach a file'); field += 1) expect(field).toBe(0);
    await op.press('shift+tab');
    await op.type('fro');
    await op.press('f4', 'enter', 'f9');
    expect(tabText(op)).toMatch(/1 file attached/);
    expect(tabText(op)).toContain('Attached: front.png');
    await op.press('t');
    expect(op.text()).toContain('Attachments of: Photo of the meter');
    await op.press('down', 'enter');
    await op.type('LETTER');
    await op.press('tab', 'tab');
    await op.type('talk.txt');
    await op.press('f9');
    expect(op.text()).toMatch(/talk\.txt +Letter/);
    await op.press('enter', 'enter', 'enter');
    expect(op.text()).toContain('Agreed on the phone');
    await op.press('escape', 'enter');
    await op.type('delete');
    await op.press('enter');
    expect(op.text()).toContain('Delete this document?');
    await op.wait(400);
    await op.press('y', 'escape');
    expect(tabText(op)).toMatch(/Attached: front\.png$/m);
    expect(op.unexpected).toEqual([]);
  });
});
