import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
// Loaded by the program at the first use; here before, so that no step has to wait for them.
import '#app/takings/paper/write.ts';
import { openExchange } from '#gateways/exchange.ts';
import { accountPanel } from '#screens/account-panel/screen.ts';
import { createHome } from '#screens/home/screen.ts';
import type { Actor } from '#services/actor.ts';
import { listDocuments } from '#services/documents/read.ts';
import { addDocument } from '#services/documents/write.ts';
import { setOption } from '#services/options/operations.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { contentOf, officeFiles } from '#test/support/office-files.ts';
import { atAccount, SIZES, tabText } from '#test/support/panel.ts';
import { type Operator, signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

async function home() {
  const database = await freshDatabase();
  const account = await new Utility(database).household('Rivera, Ana M', '118 Alder St');
  const files = officeFiles({ 'lease.pdf': 'pdf', 'id.png': 'png', 'talk.txt': 'txt' });
  const call = runnerFor(database);
  const exchange = openExchange({ folder: dirname(files('lease.pdf')) });
  const add = (type: string, name: string, description: string) =>
    call(addDocument, {
      customerId: account.customerId,
      type,
      description,
      accessLevel: 1,
      path: files(name),
      scan: '',
    });
  const at = async (options: { actor?: Actor; size?: readonly [number, number] } = {}): Promise<Operator> => {
    const op = await atAccount(database, account.id, 'customer', { exchange, ...options });
    for (let part = 0; part < 12 && !/\[Doc(ument)?s!?\]/.test(tabText(op)); part += 1) await op.press(']');
    return op;
  };
  return { database, customerId: account.customerId, files, call, add, at };
}

const clerk = actor('accounts.read', 'customers.read', 'lookup.use', 'documents.read', 'documents.edit');

describe('the documents of a customer', () => {
  test.each(SIZES)(
    'at %d×%d tell type, description, file, size, day and person; secure ones are marked',
    async (...size) => {
      const { add, at } = await home();
      await add('LEASE', 'lease.pdf', 'Lease of 2026');
      await add('ID', 'id.png', 'Licence');
      const text = tabText(await at({ size }));
      expect(text).toMatch(/Doc(ument)?s!/);
      expect(text).toContain('Lease of 2026');
      expect(text).toMatch(/lease\.pdf, PDF \d+ B/);
      expect(text.replaceAll(/ *│.*$/gm, '').replaceAll(/\s+/g, ' ')).toMatch(/by tess, secure/);
    },
  );

  test('are attached by the keyboard: type, description and a file that F4 finds', async () => {
    const { database, customerId, call, at } = await home();
    const op = await at();
    expect(tabText(op)).toMatch(/Doc(ument)?s\]/);
    await op.press('a');
    await op.type('LEASE');
    await op.press('tab');
    await op.type('Signed copy');
    await op.press('tab');
    await op.type('lea');
    await op.press('f4');
    expect(op.text()).toContain('lease.pdf');
    await op.press('enter', 'f9');
    expect(op.message()).toContain('Document added.');
    expect(await call(listDocuments, { customerId })).toMatchObject([
      { type: 'LEASE', description: 'Signed copy', fileName: 'lease.pdf' },
    ]);
    expect(tabText(op)).toContain('Signed copy');
    expect(await database.files.list()).toHaveLength(1);
  });

  test('a type that is missing is set up without leaving the form', async () => {
    const { customerId, call, files, at } = await home();
    const op = await at();
    await op.press('a', '+');
    expect(op.text()).toMatch(/document type/i);
    await op.type('by law');
    await op.press('tab');
    await op.type('Required by law');
    await op.press('f9');
    await op.type('As asked');
    await op.press('tab');
    await op.type(files('talk.txt'));
    await op.press('f9');
    expect(await call(listDocuments, { customerId })).toMatchObject([{ type: 'by law', typeName: 'Required by law' }]);
  });

  test('what is refused is said at its field, and what was typed stays', async () => {
    const { at } = await home();
    const op = await at();
    await op.press('a');
    await op.type('LEASE');
    await op.press('tab', 'tab');
    await op.type('/nowhere/lease.pdf');
    await op.press('f9');
    expect(op.text()).toContain('There is no such file.');
    expect(op.text()).toContain('/nowhere/lease.pdf');
  });

  test('o opens: a text is read here, another file is written out; v opens an older version', async () => {
    const { add, at, files } = await home();
    await add('LETTER', 'talk.txt', 'What was said');
    const op = await at();
    await op.press('o', 'enter');
    expect(op.text()).toContain('Agreed on the phone');
    await op.press('escape', 'n');
    await op.type(files('lease.pdf'));
    await op.press('f9');
    expect(op.message()).toContain('New version added');
    await op.press('o');
    expect(op.text()).toContain('Save lease.pdf');
    await op.press('f9');
    expect(op.message()).toContain('/exports/lease.pdf');
    expect(Buffer.from(op.documents[0]!.content)).toEqual(contentOf('pdf'));
    await op.press('v');
    expect(op.text()).toMatch(/2 {2}lease\.pdf[\s\S]*1 {2}talk\.txt/);
  });

  test('Enter edits, d takes away once it is confirmed, u brings back', async () => {
    const { add, at, call, customerId } = await home();
    await add('LEASE', 'lease.pdf', 'Lease');
    const op = await at();
    await op.press('enter', 'tab');
    await op.type(' of the house');
    await op.press('f9');
    await op.press('down');
    expect(
      tabText(op)
        .replaceAll(/ +│.*$/gm, '')
        .replaceAll(/[\s>]+/g, ' '),
    ).toContain('Lease of the house');
    await op.press('d');
    expect(op.text()).toContain('Delete this document?');
    await op.wait(400);
    await op.press('y');
    expect(await call(listDocuments, { customerId })).toEqual([]);
    await op.press('u');
    expect(op.message()).toContain('The document is back.');
    expect(await call(listDocuments, { customerId })).toMatchObject([{ description: 'Lease of the house' }]);
  });

  test('capture offers what the scanner left, the newest first, and takes it away from there', async () => {
    const { at, call, customerId } = await home();
    const scans = officeFiles({ 'scan-7.pdf': 'pdf' });
    await call(setOption, { name: 'scannerFolder', value: dirname(scans('scan-7.pdf')) });
    const op = await at();
    await op.press('a', 'down', 'enter');
    expect(op.text()).toMatch(/scan-7\.pdf +\d+ B/);
    await op.press('enter');
    await op.type('LEASE');
    await op.press('f9');
    expect(await call(listDocuments, { customerId })).toMatchObject([{ fileName: 'scan-7.pdf' }]);
    expect(existsSync(scans('scan-7.pdf'))).toBe(false);
  });

  test('a form that was left by a dropped line is offered at the next sign-in where it was', async () => {
    const { database, at } = await home();
    const op = await at();
    await op.press('a');
    await op.type('LEASE');
    await op.press('tab');
    await op.type('Signed copy');
    await op.wait(5000);
    op.unmount();
    const next = await signedInApp({ database, screens: [createHome([accountPanel]), accountPanel] });
    await next.press('d', 'enter', 'enter');
    expect(next.text()).toContain('Taken up from the draft.');
    expect(next.text()).toContain('Signed copy');
  });

  test('what was said of one, its adding and its deletion are undone by one key', async () => {
    const { add, at, call, customerId } = await home();
    await add('LEASE', 'lease.pdf', 'Lease of 2026');
    const op = await at();
    const described = async () => (await call(listDocuments, { customerId })).map(({ description }) => description);
    await op.press('enter', 'tab', 'ctrl+u');
    await op.type('Lease of 2027');
    await op.press('f9');
    expect(op.message()).toContain('Document saved. U undoes it.');
    expect(await described()).toEqual(['Lease of 2027']);
    await op.press('d');
    await op.wait(400);
    await op.press('y');
    expect(await described()).toEqual([]);
    await op.press('U');
    expect(await described()).toEqual(['Lease of 2027']);
    await op.press('U');
    expect(op.message()).toContain('Undone: Edit document: lease.pdf.');
    expect(await described()).toEqual(['Lease of 2026']);
  });

  test('secure ones are closed to who may not open them', async () => {
    const { add, at } = await home();
    await add('ID', 'id.png', 'Licence of Ana');
    const op = await at({ actor: clerk });
    expect(op.text()).not.toContain('Licence of Ana');
    await op.press('o');
    expect(op.message()).toContain('It is secure');
    await op.press('enter');
    expect(op.message()).toContain('It is secure');
    await op.press('d');
    expect(op.message()).toContain('It is secure');
  });
});
