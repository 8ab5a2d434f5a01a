import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { listContacts } from '#services/contacts/read.ts';
import { saveContacts } from '#services/contacts/save.ts';
import { accountPanel } from '#screens/account-panel/screen.ts';
import { createHome } from '#screens/home/screen.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { atAccount, SIZES, tabText } from '#test/support/panel.ts';
import type { AccountRef } from '#test/support/premises.ts';
import { type Operator, signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';
import { cellWidth } from '#ui/width.ts';

const BOB = {
  type: 'emergency',
  firstName: 'Bob',
  lastName: 'Rivera',
  phones: [{ type: 'mobile', number: '2175550142' }],
  emails: [{ type: 'home', address: 'bob@home.example' }],
};
const CY = { type: 'employer', firstName: 'Cy', lastName: 'Zorn' };

interface Desk {
  readonly database: Database;
  readonly account: AccountRef;
  readonly op: Operator;
  readonly stored: () => ReturnType<typeof read>;
  readonly bob: (set: object) => Promise<unknown>;
}

const whose = ({ customerId, locationId }: AccountRef) => ({ customerId, locationId });
const read = (database: Database, account: AccountRef) => runnerFor(database)(listContacts, whose(account));

async function desk(contacts: readonly object[] = [], size: readonly [number, number] = [80, 24]): Promise<Desk> {
  const database = await freshDatabase();
  const account = await new Utility(database).household();
  const call = runnerFor(database, { ...actor(), username: 'bob' });
  const bob = (set: object) => call(saveContacts, saveContacts.input.parse({ ...whose(account), ...set }));
  if (contacts.length > 0) await bob({ contacts });
  const op = await atAccount(database, account.id, 'contacts', { size });
  return { database, account, op, stored: () => read(database, account), bob };
}

const names = async ({ stored }: Desk) => (await stored()).map(({ name }) => name);

describe('the Contacts tab', () => {
  test.each(SIZES)('at %d×%d lists contacts beside the fields of the selected one', async (...size) => {
    const { op } = await desk([BOB, CY], size);
    expect(op.text()).toContain('Contacts (2)]');
    expect(tabText(op)).toMatch(/Rivera, Bob +Emergency/);
    expect(tabText(op)).toMatch(/Type.* +emergency +Emergency/);
    expect(tabText(op)).toMatch(/Notices +\( \) .*\( \) Mail +\( \) Email|Notices +\(.\) None/);
    expect(tabText(op)).toMatch(/Last name\* +Rivera/);
    expect(tabText(op)).toMatch(/Phone +\(217\) 555-0142/);
    await op.press('down');
    expect(tabText(op)).toMatch(/Last name\* +Zorn/);
    await op.press('up', ']', ']', ']');
    expect(tabText(op)).toContain('Phone 1 of 1, primary');
    expect(tabText(op)).toMatch(/Number\* +\(217\) 555-0142/);
    expect(op.unexpected).toEqual([]);
  });

  test('a adds a blank line, typed in place and saved with F9', async () => {
    const one = await desk();
    const { op } = one;
    await one.bob({ contacts: [CY] });
    await op.press('f5');
    expect(tabText(op)).toMatch(/Zorn, Cy +Employer/);
    await op.press('a');
    expect(tabText(op)).toContain('(new contact)');
    await op.type('emer');
    await op.press('enter', 'down');
    await op.type('Ann');
    await op.press('enter', 'enter');
    await op.type('Lee');
    await op.press('enter', 'enter', 'enter', 'enter', 'enter');
    expect(tabText(op)).toContain('[Address]');
    await op.press('f8', 'f8', 'tab');
    expect(tabText(op)).toContain('[Phone]');
    await op.type('217 555 0142');
    expect(await names(one)).toEqual(['Zorn, Cy']);
    await op.press('f9');
    expect(op.message()).toContain('Contacts saved: 1 added.');
    expect((await one.stored())[0]).toMatchObject({
      name: 'Lee, Ann',
      type: 'emergency',
      phone: '(217) 555-0142',
      addresses: [],
    });
    expect(tabText(op)).toMatch(/>.*Lee, Ann +Emergency/);
    expect(op.text()).toContain('Contacts (2)]');
  });

  test('what is needed is asked for at its field, and nothing is saved', async () => {
    const one = await desk([BOB]);
    const { op } = one;
    await op.press('a', 'escape', 'f9');
    expect(op.message()).toMatch(/is needed/);
    expect(await names(one)).toEqual(['Rivera, Bob']);
    await op.press('escape', 'up', ']', ']', 'enter', 'tab');
    await op.press('ctrl+u');
    await op.type('nobody');
    await op.press('f9');
    expect(op.message()).toContain('Not an e-mail address');
    expect(tabText(op)).toContain('! Not an e-mail address');
  });

  test('d deletes without asking, u brings back, and only F9 is final', async () => {
    const one = await desk([BOB, CY]);
    const { op } = one;
    await op.press('d');
    expect(op.message()).toContain('Deleted, final when saved: Rivera, Bob.');
    expect(tabText(op)).not.toMatch(/Rivera, Bob +Emergency/);
    expect(tabText(op)).toContain('not saved');
    await op.press('u');
    expect(tabText(op)).toContain('Rivera, Bob');
    expect(tabText(op)).not.toContain('not saved');
    await op.press('d');
    expect(await names(one)).toEqual(['Rivera, Bob', 'Zorn, Cy']);
    await op.press('f9');
    expect(op.message()).toContain('1 deleted');
    expect(await names(one)).toEqual(['Zorn, Cy']);
  });

  test('a new one that was taken away again is brought back with all that was typed', async () => {
    const one = await desk([BOB]);
    const { op } = one;
    await op.press('a', 'escape', 'd');
    expect(tabText(op)).not.toContain('new contact');
    await op.press('a');
    await op.type('emer');
    await op.press('enter', 'down');
    await op.type('Ann');
    await op.press('escape', 'd');
    expect(op.message()).toContain('Taken away again: Ann. u brings it back.');
    expect(tabText(op)).not.toContain('not saved');
    await op.press('u');
    expect(tabText(op)).toMatch(/>.*Ann +Emergency/);
    await op.press('d', '3');
    expect(op.text()).toContain('[3 Location');
    expect(await names(one)).toEqual(['Rivera, Bob']);
  });

  test('F5 asks and goes back to what was saved last', async () => {
    const { op } = await desk([BOB]);
    await op.press('e', 'end');
    await op.type('by');
    expect(tabText(op)).toContain('Rivera, Bobby');
    await op.press('f5');
    expect(op.text()).toContain('Go back to what is saved?');
    await op.wait(400);
    await op.press('y');
    expect(tabText(op)).not.toContain('Bobby');
    expect(tabText(op)).toContain('Rivera, Bob');
    expect(tabText(op)).not.toContain('not saved');
  });

  test('notices are possible only with an address or an e-mail, and losing the last one is told', async () => {
    const { op } = await desk([{ ...BOB, notices: 'email' }]);
    await op.press('e', 'up');
    expect(tabText(op)).toContain('How duplicates go');
    await op.press('m');
    expect(op.message()).toContain('Notices by mail need an address: enter one first.');
    await op.press('f8', 'f8');
    expect(tabText(op)).toContain('E-mail address 1 of 1, primary');
    await op.press('ctrl+d');
    expect(op.message()).toContain('That was the last e-mail address: Rivera, Bob gets no more notices that way.');
  });

  test('the only one is primary and cannot be unticked; another one takes over', async () => {
    const one = await desk([BOB]);
    const { op } = one;
    await op.press('e', 'f7', 'up', 'up');
    expect(tabText(op)).toContain('Phone 1 of 1, primary');
    await op.press('f6', 'tab');
    await op.type('2175550199');
    await op.press('tab', 'tab', 'tab', 'space');
    expect(tabText(op)).toMatch(/Phone 2 of 2, primary/);
    await op.press('f9');
    expect((await one.stored())[0]).toMatchObject({ phone: '(217) 555-0199' });
    expect((await one.stored())[0]!.phones.map(({ primary }) => primary)).toEqual([false, true]);
  });

  test('another tab asks what becomes of changes', async () => {
    const one = await desk([BOB]);
    const { op } = one;
    await op.press('e', 'end');
    await op.type('by');
    await op.press('escape', '3');
    expect(op.text()).toContain('Contacts were changed and not saved');
    await op.press('down', 'enter');
    expect(tabText(op)).toContain('Rivera, Bobby');
    await op.press('3', 'enter');
    expect(op.text()).toContain('[3 Location');
    expect(await names(one)).toEqual(['Rivera, Bobby']);
  });

  test('a draft kept on leaving is taken up on coming back', async () => {
    const { op, database } = await desk([BOB]);
    await op.press('e', 'end');
    await op.type('by');
    await op.press('escape', '3', 'down', 'down', 'enter');
    expect(op.text()).toContain('[3 Location');
    await op.press('2');
    expect(tabText(op)).toContain('Rivera, Bobby');
    await op.press('f9');
    expect(op.message()).toContain('1 changed');
    expect(await database.db.selectFrom('draft').select('id').execute()).toEqual([]);
  });

  test('what was typed is offered again after the line dropped', async () => {
    const { op, database } = await desk([BOB]);
    await op.press('e', 'end');
    await op.type('by');
    await op.shell.keepDrafts();
    op.unmount();
    const next = await signedInApp({ database, screens: [createHome([accountPanel]), accountPanel] });
    await next.press('d', 'enter', 'enter');
    expect(tabText(next)).toContain('Rivera, Bobby');
    expect(tabText(next)).toContain('not saved');
    expect(next.unexpected).toEqual([]);
  });

  test("another operator's change is shown field by field, and both survive", async () => {
    const one = await desk([BOB]);
    const { op, bob } = one;
    await op.press('e', 'end');
    await op.type('by');
    const [row] = await one.stored();
    await bob({ contacts: [{ ...row, suffix: 'Jr' }, CY] });
    await op.press('f9');
    expect(op.text()).toContain('Contacts: changed by bob');
    expect(op.text()).toMatch(/First name \(Rive/);
    await op.wait(400);
    await op.press('f9');
    expect(await names(one)).toEqual(['Rivera, Bobby Jr', 'Zorn, Cy']);
    expect(op.unexpected).toEqual([]);
  });

  test('a contact deleted by another while it was edited is asked about, and can be saved anew', async () => {
    const one = await desk([BOB]);
    const { op, bob } = one;
    await op.press('e', 'end');
    await op.type('by');
    const [row] = await one.stored();
    await bob({ deleted: [{ id: row!.id, version: row!.version }] });
    await op.press('f9');
    expect(op.text()).toContain('Is there (Rivera');
    await op.wait(400);
    await op.press('m', 'f9');
    expect(await one.stored()).toMatchObject([{ name: 'Rivera, Bobby', phone: '(217) 555-0142' }]);
  });

  test('who may only read sees all of it and changes nothing', async () => {
    const { database, account } = await desk([BOB]);
    const reader = actor('accounts.read', 'contacts.read', 'lookup.use');
    const op = await atAccount(database, account.id, 'contacts', { actor: reader });
    await op.press('enter', 'f7');
    expect(tabText(op)).toMatch(/Number\* +\(217\) 555-0142/);
    await op.type('9');
    expect(tabText(op)).not.toContain('not saved');
    expect(op.text()).not.toContain('F9 Save');
  });

  test('sensitive numbers of a contact that is saved are entered hidden and told masked', async () => {
    const { op } = await desk([BOB]);
    await op.press('E', 'enter');
    expect(op.text()).toContain('Enter: Social security no.');
    await op.type('521-34-8876');
    expect(op.text()).not.toContain('521-34');
    await op.press('f9');
    expect(op.message()).toContain('Saved and sealed: Social security no.');
    expect(tabText(op)).toMatch(/Social security no\. +•••-••-8876/);
  });

  test('the birth date of a new one is chosen from the calendar, too; what it cannot be is said on leaving it', async () => {
    const { op } = await desk([]);
    await op.press('a');
    await op.type('emer');
    await op.press('enter', 'down');
    await op.type('Ann');
    await op.press('enter', 'enter');
    await op.type('Lee');
    await op.press('escape', 'E');
    await op.type('123');
    await op.press('tab');
    expect(tabText(op)).toMatch(/! .*social security/i);
    await op.press('shift+tab', 'ctrl+u', 'tab', 'tab', 'f4');
    await op.type('4/7/1961');
    expect(op.text()).toContain('April 1961');
    await op.press('enter', 'f9');
    expect(tabText(op)).toMatch(/Birth date +••••-••-••/);
  });

  test.each(SIZES)('at %d×%d those of a new one are typed with the rest, and never in the open', async (...size) => {
    const one = await desk([], size);
    const { op, database } = one;
    await op.press('a');
    await op.type('emer');
    await op.press('enter', 'down');
    await op.type('Ann');
    await op.press('enter', 'enter');
    await op.type('Lee');
    await op.press('escape', 'E');
    const typed = ['521-34-8876', 'D4007836', '1972-11-30'];
    await op.type(typed[0]!);
    await op.press('tab');
    await op.type(typed[1]!);
    await op.press('tab');
    await op.type('IL');
    await op.press('tab');
    await op.type(typed[2]!);
    const everything = async () =>
      JSON.stringify([
        op.text(),
        await database.db.selectFrom('draft').selectAll().execute(),
        await database.db.selectFrom('audit_entry').selectAll().execute(),
        await database.db.selectFrom('idempotent_answer').selectAll().execute(),
        await database.db.selectFrom('secret_value').selectAll().execute(),
      ]);
    op.shell.lock.lock();
    op.unlocks = true;
    await op.press('enter');
    expect(await database.db.selectFrom('draft').selectAll().execute()).toHaveLength(1);
    for (const text of typed) expect(await everything()).not.toContain(text);
    await op.press('f9');
    expect(op.message()).toContain('Contacts saved: 1 added. U undoes it.');
    expect(tabText(op)).toMatch(/Social security no\. +•••-••-8876/);
    expect(tabText(op)).toMatch(/licence no\. +•••••7836 {2}IL/);
    expect(tabText(op)).toMatch(/Birth date +••••-••-••/);
    for (const text of [...typed, '521348876']) expect(await everything()).not.toContain(text);
    const sealed = await database.db.selectFrom('audit_entry').select('changes').execute();
    expect(sealed.map(({ changes }) => changes)).toContain('{"ssn":[null,"•"]}');
    await op.press('U');
    expect(await one.stored()).toEqual([]);
    expect(await database.db.selectFrom('secret_value').selectAll().execute()).toEqual([]);
  });

  test('a number that cannot be is said at its field; whoever may not enter numbers is asked for none', async () => {
    const { op, database, account, stored } = await desk();
    await op.press('a');
    await op.type('emer');
    await op.press('enter', 'down');
    await op.type('Ann');
    await op.press('enter', 'enter');
    await op.type('Lee');
    await op.press('escape', 'E');
    await op.type('123');
    await op.press('f9');
    expect(op.message()).toContain('A social security number has nine digits.');
    expect(tabText(op)).toContain('! A social security number has nine digits.');
    expect(await stored()).toEqual([]);
    const clerk = actor('accounts.read', 'contacts.read', 'contacts.edit', 'lookup.use');
    const other = await atAccount(database, account.id, 'contacts', { actor: clerk });
    await other.press('a');
    expect(tabText(other)).toContain('Last name');
    expect(tabText(other)).not.toContain('Social security');
  });

  test('a type that is not there yet is added in place', async () => {
    const { op } = await desk([BOB]);
    await op.press('e', 'up', 'up', 'ctrl+u', '+');
    expect(op.text()).toContain('contact type');
    await op.type('guard');
    await op.press('tab');
    await op.type('Guardian');
    await op.press('f9');
    expect(tabText(op)).toMatch(/Rivera, Bob +Guardian/);
    await op.press('f9');
    expect(op.message()).toContain('1 changed');
  });

  test.each([[60, 16], ...SIZES] as const)('at %d×%d hostile texts stay in their places', async (...size) => {
    const nasty = 'Ri\u001B[31mvera\u009B2J\u202E\u0007 李小龙 ﷽'.repeat(2);
    const wide = { ...BOB, lastName: nasty, suffix: '\u001B]52;c;QQ==\u0007', emails: [] };
    const { op } = await desk([{ ...wide, phones: [{ ...BOB.phones[0], description: nasty }] }], size);
    await op.press('e', 'f7');
    expect(op.text()).not.toContain('\u202E');
    for (const text of op.lines()) expect(cellWidth(text), text).toBeLessThanOrEqual(size[0]);
    expect(op.lines()).toHaveLength(size[1]);
    expect(op.copied).toEqual([]);
    expect(op.unexpected).toEqual([]);
  });
});
