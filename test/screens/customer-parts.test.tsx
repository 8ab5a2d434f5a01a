import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { setSensitive } from '#services/secrets/change.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { atAccount, SIZES, tabText } from '#test/support/panel.ts';
import { Utility } from '#test/support/utility.ts';

async function home(): Promise<{ readonly database: Database; readonly accountId: number }> {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const { id, customerId } = await utility.household();
  await utility.address(customerId, '118 Alder St');
  await runnerFor(database)(setSensitive, {
    customerId,
    kind: 'ssn',
    autopayId: null,
    detail: '',
    version: null,
    value: '521-34-8876',
  });
  return { database, accountId: id };
}

const reader = actor('accounts.read', 'customers.read', 'lookup.use');

describe('the parts of the Customer tab', () => {
  test.each(SIZES)('at %d×%d stand under a bar of their names, the filled one marked', async (...size) => {
    const { database, accountId } = await home();
    const op = await atAccount(database, accountId, 'customer', { size });
    expect(tabText(op)).toMatch(/^ Address +Personal( Info)?!/m);
  });

  test('a note of the message center is in sight at once, and opens where it belongs', async () => {
    const { database, accountId } = await home();
    const utility = new Utility(database);
    const { customer_id: customerId } = await database.db
      .selectFrom('account')
      .select('customer_id')
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    await utility.note({ customer_id: customerId, body: 'Dog at all her houses', message_center: 1 });
    const op = await atAccount(database, accountId, 'customer');
    expect(tabText(op)).toMatch(/Message center\n.*Note: Dog at all her houses/);
    await utility.note({ customer_id: customerId, body: 'Pays late', message_center: 1, created_on: '2026-11-21' });
    await op.press('f5');
    expect(tabText(op)).toMatch(/2 notes: /);
    await op.press('right', 'home', 'enter');
    expect(op.text()).toContain('[4 Notes]');
  });

  test('] and [ go from part to part, and the bar says where', async () => {
    const { database, accountId } = await home();
    const op = await atAccount(database, accountId, 'customer');
    await op.press(']');
    expect(tabText(op)).toContain('[Address]');
    expect(tabText(op)).toMatch(/>Home, primary/);
    await op.press(']');
    expect(tabText(op)).toMatch(/\[Personal( Info)?!\]/);
    expect(tabText(op)).toMatch(/>Social security no\./);
    await op.press('[', '[');
    expect(tabText(op)).toMatch(/>Type +Individual/);
  });

  test('Enter changes what the line stands for, d takes it away once it is confirmed', async () => {
    const { database, accountId } = await home();
    const op = await atAccount(database, accountId, 'customer');
    await op.press(']', ']', 'enter');
    expect(op.text()).toContain('Change: Social security no.');
    await op.press('escape', 'd');
    expect(op.text()).toContain('Take this number away?');
    await op.wait(400);
    await op.press('y');
    expect(op.message()).toContain('Taken away');
    expect(await database.db.selectFrom('secret_value').selectAll().execute()).toEqual([]);
  });

  test('who may only read is told why', async () => {
    const { database, accountId } = await home();
    const op = await atAccount(database, accountId, 'customer', { actor: reader });
    await op.press(']', ']', 'enter');
    expect(op.message()).toContain('You may not change personal info (sensitive.edit).');
    await op.press('d');
    expect(op.message()).toContain('You may not change personal info (sensitive.edit).');
    await op.press('a');
    expect(op.message()).toContain('There is nothing here that you may add.');
  });
});

test('the Owner tab of a rental has the same parts, and they change the owner', async () => {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const owner = await utility.customer('Oak Holdings LLC', { kind: 'profit', business_name: 'Oak Holdings LLC' });
  const locationId = await utility.location('118 Alder St', { rental: 1, owner_id: owner });
  const account = await utility.account(await utility.customer('Rivera, Ana M'), locationId);
  const op = await atAccount(database, account.id, 'owner', { size: [120, 40] });
  expect(tabText(op)).toContain('Owner ');
  await op.press('enter', 'tab');
  await op.type(' Two');
  await op.press('f9');
  expect(tabText(op)).toContain('Oak Holdings LLC Two');
  await op.press(']', 'j', 'a', 'tab');
  await op.type('2175550142');
  await op.press('f9');
  expect(await database.db.selectFrom('customer_phone').select('customer_id').execute()).toEqual([
    { customer_id: owner },
  ]);
});
