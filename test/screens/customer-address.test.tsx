import { describe, expect, test } from 'vitest';
import { rebuildIndex } from '#db/search/build.ts';
import { phoneOperations } from '#services/customers/reach/index.ts';
import { find } from '#services/lookup/find.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { atAccount, SIZES, tabText } from '#test/support/panel.ts';
import type { Operator } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

async function desk(options: Parameters<typeof atAccount>[3] = {}) {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const account = await utility.household();
  const { customerId } = account;
  const { db } = database;
  const op = await atAccount(database, account.id, 'customer', options);
  const addresses = () => db.selectFrom('customer_address').selectAll().orderBy('id').execute();
  const phones = () => db.selectFrom('customer_phone').selectAll().orderBy('id').execute();
  const emails = () => db.selectFrom('customer_email').selectAll().orderBy('id').execute();
  return { database, utility, customerId, op, addresses, phones, emails };
}

/** Types into the fields of the form one after the other; null leaves one as it is. */
async function fill(op: Operator, ...texts: readonly (string | null)[]): Promise<void> {
  for (const text of texts) {
    if (text !== null) {
      await op.press('ctrl+u');
      await op.type(text);
    }
    await op.press('tab');
  }
}

/** The choice of the list that begins so. */
async function choose(op: Operator, text: string): Promise<void> {
  await op.type(text);
  await op.press('enter');
}

describe('the Address part', () => {
  test.each(SIZES)('at %d×%d takes an address, whose ZIP brings city and state', async (...size) => {
    const { op, addresses } = await desk({ size });
    await op.press(']', 'a');
    expect(op.text()).toContain('Add an address');
    await fill(op, 'mailing', null, 'Sam Quill', '5 Market Sq', null, null, '62704');
    await op.settled();
    expect(op.text()).toMatch(/City\* +Springfield/);
    await op.press('f9');
    expect(await addresses()).toMatchObject([
      { type: 'mailing', care_of: 'Sam Quill', line1: '5 Market Sq', city: 'Springfield', state: 'IL', is_primary: 1 },
    ]);
    expect(tabText(op)).toContain('Mailing, primary');
    expect(op.unexpected).toEqual([]);
  });

  test('wants what is marked, and says at the field what is wrong', async () => {
    const { op, addresses } = await desk();
    await op.press(']', 'a');
    expect(op.text()).toMatch(/Address\*/);
    expect(op.text()).toMatch(/State\*/);
    await fill(op, null, null, null, '5 Market Sq', null, null, '6270', 'Springfield', 'IL');
    await op.press('f9');
    expect(op.text()).toContain('A ZIP has five digits, or nine.');
    expect(await addresses()).toEqual([]);
  });

  test('writes addresses abroad as people there do', async () => {
    const { op, addresses } = await desk();
    await op.press(']', 'a');
    await fill(op, null, null, null, 'Lindenallee 5', null, 'Germany', '10115', 'Berlin', 'Mitte');
    await op.press('f9');
    expect(await addresses()).toMatchObject([{ country: 'DE', zip: '10115', city: 'Berlin', state: 'Mitte' }]);
    await op.press('enter');
    expect(op.text()).toMatch(/State or region +Mitte/);
    await op.press('escape');
    expect(tabText(op)).toContain('Berlin Mitte 10115');
  });

  test('takes a phone with its extension, and the second may become the primary one', async () => {
    const { op, phones, database, customerId } = await desk({ size: [120, 40] });
    await rebuildIndex(database);
    await op.press(']', 'j', 'a');
    expect(op.text()).toContain('Add a phone');
    await fill(op, 'mobile', '7345551212 22');
    await op.press('f9');
    expect(tabText(op)).toContain('(734) 555-1212 x22');
    const found = await runnerFor(database)(find, { text: '7345551212', limit: 5 });
    expect(JSON.stringify(found)).toContain(String(customerId));
    await op.press('a');
    await fill(op, 'work', '2175550142', null, 'mornings');
    await op.press('y', 'f9');
    expect(await phones()).toMatchObject([{ is_primary: 0 }, { is_primary: 1, description: 'mornings' }]);
    expect(tabText(op)).toMatch(/Work +\(217\) 555-0142 mornings \(primary\)/);
  });

  test('keeps the tick of the only one', async () => {
    const { op, phones } = await desk();
    await op.press(']', 'j', 'a');
    await fill(op, null, '7345551212', null, null);
    await op.press('f9', 'enter', 'shift+tab', 'n', 'f9');
    expect(op.text()).toContain('The only phone is always the primary one.');
    expect(await phones()).toMatchObject([{ is_primary: 1 }]);
  });

  test('d takes one away, hands the primary tick on, and u brings it back', async () => {
    const { op, utility, customerId, addresses } = await desk({ size: [120, 40] });
    await utility.address(customerId, '118 Alder St');
    await utility.address(customerId, '5 Market Sq', { is_primary: 0 });
    await op.press('f5', ']', 'd');
    expect(op.text()).toContain('Another address becomes the primary one.');
    await op.wait(400);
    await op.press('y');
    expect(op.message()).toContain('Primary is now 5 Market Sq, Springfield.');
    expect(await addresses()).toMatchObject([{ line1: '5 Market Sq', is_primary: 1 }]);
    expect(tabText(op)).toContain('[Address]');
    await op.press('u');
    expect(op.message()).toContain('Brought back: 118 Alder St, Springfield');
    expect(tabText(op)).toMatch(/>Home, primary/);
    expect((await addresses()).map(({ line1, is_primary: primary }) => [line1, primary])).toEqual([
      ['5 Market Sq', 0],
      ['118 Alder St', 1],
    ]);
  });

  test('asks field by field where somebody else was faster', async () => {
    const { op, database, utility, customerId, phones } = await desk();
    const id = await utility.phone(customerId, '(217) 555-0142');
    await op.press('f5', ']', 'j', 'enter');
    expect(op.text()).toContain('Edit phone');
    await fill(op, null, '7345551212');
    const values = { type: 'work', primary: true, number: '(217) 555-0142', extension: '', description: '' };
    const bob = runnerFor(database, { ...actor(), username: 'bob' });
    await bob(phoneOperations.edit, { customerId, id, version: 1, values });
    await op.press('f9');
    expect(op.text()).toContain('bob saved this record');
    await op.wait(400);
    await op.press('f9');
    expect(await phones()).toMatchObject([{ type: 'work', digits: '7345551212' }]);
  });
});

describe('e-mail and notices', () => {
  test('e-mail notices need an address, and the last one taken away ends them', async () => {
    const { op, database, emails } = await desk({ size: [120, 40] });
    await op.press(']', 'j', 'j', 'j', 'j', 'enter');
    expect(op.text()).toContain('Bills and notices');
    await op.press('tab');
    expect(op.text()).toContain('[ ] no');
    await op.press('escape', 'k', 'k', 'a');
    await fill(op, null, 'ana@example.com');
    await op.press('f9', 'j', 'enter', 'tab', 'y', 'f9');
    const notices = () => database.db.selectFrom('customer').select(['mail_notices', 'email_notices']).execute();
    expect(await notices()).toMatchObject([{ mail_notices: 1, email_notices: 1 }]);
    expect(tabText(op)).toMatch(/Email bill +Yes/);
    await op.press('k', 'd');
    expect(op.text()).toContain('It is the last one: e-mail notices end');
    await op.wait(400);
    await op.press('y');
    expect(await emails()).toEqual([]);
    expect(await notices()).toMatchObject([{ mail_notices: 1, email_notices: 0 }]);
  });

  test('m copies the link of a new message', async () => {
    const { op, utility, customerId } = await desk();
    await utility.email(customerId, 'ana+bills@example.com');
    await op.press('f5', ']', 'm');
    expect(op.copied.at(-1)).toBe('mailto:ana%2Bbills@example.com');
  });
});

test('a outside of the parts asks what is to be added', async () => {
  const { op, emails } = await desk({ size: [120, 40] });
  await op.press('right', 'a');
  await choose(op, 'address');
  await choose(op, 'e-mail');
  await fill(op, null, 'ana@example.com');
  await op.press('f9');
  expect(await emails()).toMatchObject([{ address: 'ana@example.com' }]);
});
