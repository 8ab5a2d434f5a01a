import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { actor, freshDatabase } from '#test/support/database.ts';
import { atAccount, SIZES, tabText } from '#test/support/panel.ts';
import type { AccountRef } from '#test/support/premises.ts';
import { Utility } from '#test/support/utility.ts';

interface Town {
  readonly database: Database;
  readonly town: Utility;
  readonly account: AccountRef;
  readonly water: number;
}

/** Nine bills, seven of them paid, and one payment that is not posted. */
async function nineBills(): Promise<Town> {
  const database = await freshDatabase();
  const town = new Utility(database);
  const account = await town.household();
  const water = await town.serviceType('WAT', { name: 'Water', unit: 'kgal' });
  await town.service(account, water);
  for (let month = 1; month < 10; month += 1) {
    await town.charge(account, 5000 + month, { on: `2026-0${month}-01`, service: water, number: `B${month}` });
    if (month < 8) await town.payment(account, 4900, { on: `2026-0${month}-15`, number: `R${month}` });
  }
  await town.payment(account, 1000, { on: '2026-11-20', status: 'unposted', number: 'R8' });
  return { database, town, account, water };
}

describe('the History tab', () => {
  test('the smallest screen shows what was paid as well as what was charged', async () => {
    const { database, account } = await nineBills();
    const op = await atAccount(database, account.id, 'history', { size: [60, 16] });
    expect(op.text()).toMatch(/U {2}Payment R8.* -10\.00/);
    expect(op.text()).toMatch(/Charge B9.* 50\.09 .*107\.45/);
  });

  test.each(SIZES)('at %d×%d shows rows, balances, the unposted one marked, and the sums', async (...size) => {
    const { database, account } = await nineBills();
    const op = await atAccount(database, account.id, 'history', { size });
    const text = tabText(op);
    expect(text).toContain('Everything');
    expect(text).toContain('Balance 107.45, with unposted 97.45');
    expect(text).toMatch(/> 2026-11-20 {2}U {2}Payment R8, .* 10\.00/);
    expect(text).toMatch(/2026-09-01 {5}Charge B9 .* 50\.09 .* 107\.45/);
    expect(text).toContain('1/17 · charges 450.45, credits 343.00, U 1: -10.00');
    expect(op.unexpected).toEqual([]);
  });

  test('Enter opens a transaction; from there one goes to what it paid, and back, and to its place in the list', async () => {
    const { database, account } = await nineBills();
    const op = await atAccount(database, account.id, 'history');
    await op.press('down', 'down', 'down', 'enter');
    expect(tabText(op)).toContain('┌ Payment R7  2026-07-15  -49.00');
    expect(tabText(op)).toMatch(/Tender +49\.00 {2}Check/);
    await op.press('enter', 'end');
    expect(tabText(op)).toContain('1010 C');
    expect(tabText(op)).toMatch(/> *›? *2026-07-15 +\d+\.\d\d +WAT +Charge B7 of 2026-07-01/);
    await op.press('enter');
    expect(tabText(op)).toContain('┌ Charge B7  2026-07-01  50.07');
    expect(tabText(op)).toContain('1 back');
    await op.press('escape');
    expect(tabText(op)).toContain('┌ Payment R7');
    // The line that was followed still has the cursor.
    await op.press('enter', 'l');
    expect(tabText(op)).toMatch(/> 2026-07-01 {5}Charge B7/);
    await op.press('enter', 'escape', 'escape');
    expect(op.header()).not.toContain('Rivera');
  });

  test.each(SIZES)('at %d×%d the balance is explained, aged, and leads to what it speaks of', async (...size) => {
    const { database, account } = await nineBills();
    const op = await atAccount(database, account.id, 'history', { size });
    expect(tabText(op)).toContain('Ageing: Current 0.00  30 0.00  60 0.00  90 50.09  Older 57.36');
    await op.press('B');
    expect(tabText(op)).toContain('┌ How the balance of this account comes about');
    expect(tabText(op)).toContain('As of 2026-11-21, 107.45 is owed; 107.45 of the open debts is past due.');
    expect(tabText(op)).toMatch(/Owed after charge B9 of 2026-09-01 +107\.45/);
    await op.press('enter', 'enter');
    expect(tabText(op)).toContain('┌ Charge B9  2026-09-01  50.09');
    await op.press('escape', 'f');
    await op.type('2026-09-01');
    await op.press('enter', 'end', ...(size[1] < 40 ? (['pageup'] as const) : []));
    expect(tabText(op)).toMatch(/Owed before 2026-09-01 +57\.36/);
    await op.press('escape');
    expect(tabText(op)).toContain('Payment R8');
    expect(op.unexpected).toEqual([]);
  });

  test.each(SIZES)(
    'at %d×%d an invoice and a payment are read whole, and the invoice viewed by itself',
    async (...size) => {
      const { database, account } = await nineBills();
      const op = await atAccount(database, account.id, 'history', { size });
      await op.press('down', 'down', 'down', 'down', 'enter');
      const seen = [tabText(op)];
      for (let page = 0; page < 3; page += 1) {
        await op.press('pagedown');
        seen.push(tabText(op));
      }
      const whole = seen.join('\n');
      expect(whole).toContain('Invoice B7');
      expect(whole).toMatch(/Previous +55\.21/);
      expect(whole).toMatch(/Payments +-49\.00/);
      expect(whole).toMatch(/Total due +56\.28/);
      expect(whole).toMatch(/Open now +7\.28/);
      expect(whole).toMatch(/WAT +Water .* 50\.07/);
      await op.press('escape', 'i');
      expect(tabText(op)).toContain('Invoice B7');
      expect(tabText(op)).toMatch(/2026-07-15 {5}Payment R7, .* 42\.79 +7\.28/);
      await op.press('w');
      await op.type('everything');
      await op.press('enter', 'home', 'down', 'down', 'down', 'i');
      // A payment that paid several asks which.
      expect(op.text()).toMatch(/Charge B7 .*2026-07-01/);
      await op.type('b6');
      await op.press('enter');
      expect(tabText(op)).toContain('Invoice B6');
      expect(op.unexpected).toEqual([]);
    },
  );

  test('in the view of a service its debts are aged; as of an earlier day by what was open then', async () => {
    const { database, account } = await nineBills();
    const op = await atAccount(database, account.id, 'history');
    await op.press('w');
    await op.type('water');
    await op.press('enter');
    expect(tabText(op)).toContain('Ageing: Current 0.00  30 0.00  60 0.00  90 50.09  Older 57.36');
    await op.press('a');
    await op.type('2026-03-31');
    await op.press('enter');
    expect(tabText(op)).toContain('Ageing: Current 0.00  30 3.06  60 0.00  90 0.00  Older 0.00');
  });

  test('views and the day narrow it, the balance staying the account’s', async () => {
    const { database, account } = await nineBills();
    const op = await atAccount(database, account.id, 'history');
    await op.press('w');
    await op.type('payments');
    await op.press('enter');
    expect(tabText(op)).toContain('Payments and credits');
    expect(tabText(op)).toMatch(/2026-07-15 {5}Payment R7, .* 49\.00 +7\.28/);
    expect(tabText(op)).not.toContain('Charge B9');
    await op.press('a');
    await op.type('2026-03-31');
    await op.press('enter');
    expect(tabText(op)).toContain('as of 2026-03-31');
    expect(tabText(op)).toContain('Balance 3.06');
    expect(tabText(op)).toMatch(/> 2026-03-15 {5}Payment R3/);
    await op.press('w');
    await op.type('water');
    await op.press('enter');
    expect(tabText(op)).toContain('Water, as of 2026-03-31');
  });

  test('a long history comes by pages; filter, copy and export take all of it', async () => {
    const { database, town, account } = await nineBills();
    for (let day = 0; day < 260; day += 1)
      await town.charge(account, 100 + day, { on: '2025-06-01', number: `X${day}` });
    const op = await atAccount(database, account.id, 'history');
    expect(tabText(op)).toContain('1/277');
    await op.press('end');
    await op.press('end');
    await op.press('end');
    await op.press('end');
    expect(tabText(op)).toContain('277/277');
    expect(tabText(op)).toMatch(/> 2025-06-01 {5}Charge X0 .* 1\.00 +1\.00/);
    await op.press('home', '/');
    await op.type('x259');
    await op.press('enter');
    expect(tabText(op)).toContain('1/277 filtered: x259');
    await op.press('escape', 'y');
    await op.type('all rows');
    await op.press('enter');
    expect(op.copied[0]!.split('\n')).toHaveLength(278);
  });

  test('of the customer, and of all residents: the accounts are told apart', async () => {
    const { database, town, account } = await nineBills();
    const other = await town.account(account.customerId, await town.location('9 Oak Ave'), { number: 'OTHER' });
    await town.charge(other, 2500, { on: '2026-11-01', number: 'B77' });
    const op = await atAccount(database, account.id, 'history');
    await op.press('o');
    await op.type('customer');
    await op.press('enter');
    expect(tabText(op)).toContain('Everything, all accounts');
    expect(tabText(op)).toMatch(/Charge +Credit +Balance/);
    expect(tabText(op)).toMatch(/2026-11-01 +OTHER +Charge B77/);
    expect(tabText(op)).toContain('Balance 132.45');
    await op.press('o');
    await op.type('residents');
    await op.press('enter');
    expect(tabText(op)).toContain('Balance 107.45');
  });

  test('somebody without the right does not have the tab', async () => {
    const { database, account } = await nineBills();
    const op = await atAccount(database, account.id, 'history', { actor: actor('accounts.read', 'usage.read') });
    expect(op.text()).not.toContain('History');
  });
});
