import { beforeEach, describe, expect, test } from 'vitest';
import { rebuildIndex } from '#db/search/build.ts';
import type { Database } from '#db/database.ts';
import { accountPanel } from '#screens/account-panel/screen.ts';
import { createHome } from '#screens/home/screen.ts';
import { newCustomerScreen } from '#screens/new-customer/screen.ts';
import { actor, freshDatabase, TODAY } from '#test/support/database.ts';
import { atAccount, SIZES, tabText } from '#test/support/panel.ts';
import type { AccountRef } from '#test/support/premises.ts';
import type { Operator } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

let database: Database;
let home: AccountRef;

beforeEach(async () => {
  database = await freshDatabase();
  const utility = new Utility(database);
  home = await utility.household();
  await utility.customer('Oak Holdings LLC', { number: 'C77', kind: 'profit', business_name: 'Oak Holdings LLC' });
  await utility.customer('Oak Trust', { number: 'C78', kind: 'profit', business_name: 'Oak Trust' });
  await rebuildIndex(database);
});

const location = () => database.db.selectFrom('location').selectAll().executeTakeFirstOrThrow();

/** Down to the line that begins so, in the column where the cursor is or the one to its right. */
async function toLine(op: Operator, label: string): Promise<void> {
  await op.press('right', 'home');
  for (let at = 0; at < 30; at += 1) {
    if (op.lines().some((line) => line.includes(`>${label}`))) return;
    await op.press('down');
  }
  throw new Error(`no line ${label}:\n${op.text()}`);
}

describe('the Owner tab', () => {
  test.each(SIZES)('at %d×%d exists exactly when the location is a rental, and names the owner', async (...size) => {
    const op = await atAccount(database, home.id, 'location', { size });
    expect(op.text()).not.toContain('4 Owner');
    await op.press('R');
    expect(op.message()).toContain('It is a rental');
    expect(op.text()).toMatch(/4 Owner/);
    await op.press('4');
    expect(tabText(op)).toContain('Nobody is named; Enter or N names who owns it.');
    await op.press('enter');
    await op.type('C77');
    await op.press('f9');
    expect(op.message()).toContain('Owner saved.');
    expect(tabText(op)).toContain('Oak Holdings LLC');
    expect(tabText(op)).toMatch(/Owner since +2026-11-21/);
    expect(await location()).toMatchObject({ rental: 1 });
    expect(op.unexpected).toEqual([]);
  });

  test('of several who are found the operator chooses; another owner stands in the history', async () => {
    const op = await atAccount(database, home.id, 'location');
    await op.press('R', '4', 'N');
    await op.type('oak');
    await op.press('f9');
    expect(op.text()).toContain('Who owns it?');
    await op.type('trust');
    await op.press('enter');
    expect(tabText(op)).toContain('Oak Trust');
    await op.press('N', 'ctrl+u');
    await op.type('nobody at all');
    await op.press('f9');
    expect(op.text()).toContain('Nobody is found by this.');
    await op.press('ctrl+u');
    await op.type('C77');
    await op.press('f9');
    expect(tabText(op)).toContain('Owners before');
    expect(tabText(op)).toMatch(new RegExp(`${TODAY} to ${TODAY} +Oak Trust`));
  });

  test('the account says whether copies of bills go to the owner', async () => {
    const op = await atAccount(database, home.id, 'location');
    await op.press('R', '4', 'C');
    expect(op.message()).toContain('Nobody is named who would get them.');
    await op.press('N');
    await op.type('C77');
    await op.press('f9', 'C');
    expect(tabText(op)).toMatch(/Copies of bills +Yes/);
    await toLine(op, 'Copies of bills');
    await op.press('enter');
    expect(tabText(op)).toMatch(/Copies of bills +No/);
    await op.press('up', 'enter');
    expect(op.text()).toContain('┌ Change the owner ');
  });

  test('taking the mark away asks, ends the owner and closes the tab', async () => {
    const op = await atAccount(database, home.id, 'location');
    await op.press('R', '4', 'N');
    await op.type('C77');
    await op.press('f9', '3', 'R');
    expect(op.text()).toContain('Oak Holdings LLC has owned it since 2026-11-21');
    await op.wait(400);
    await op.press('y');
    expect(op.message()).toContain('It is no rental any more.');
    expect(op.text()).not.toContain('4 Owner');
    expect(await location()).toMatchObject({ rental: 0, owner_id: null });
  });

  test('who may only read is shown the owners and may change nothing', async () => {
    await database.db.updateTable('location').set({ rental: 1 }).execute();
    const reader = actor('accounts.read', 'locations.read', 'owners.read');
    const op = await atAccount(database, home.id, 'owner', { actor: reader });
    expect(tabText(op)).toContain('Nobody is named');
    await op.press('N');
    expect(op.text()).not.toContain('Name the owner');
    await op.press('enter');
    expect(op.message()).toContain('You may not change who owns it');
  });

  test('an owner who is no customer yet is entered as a new one', async () => {
    await database.db.updateTable('location').set({ rental: 1 }).execute();
    const screens = [createHome([accountPanel]), accountPanel, newCustomerScreen];
    const op = await atAccount(database, home.id, 'owner', { screens });
    await op.press('f2');
    await op.type('>Enter the owner');
    await op.press('enter');
    expect(op.header()).toContain('New customer');
  });
});
