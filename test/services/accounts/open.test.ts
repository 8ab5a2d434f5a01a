import { describe, expect, test } from 'vitest';
import { findAccount, openAccount, openCustomer, openLocation } from '#services/accounts/open.ts';
import { customerDetails } from '#services/customers/details.ts';
import { createRunner } from '#services/runner.ts';
import { actor, clock, freshDatabase, runnerFor } from '#test/support/database.ts';
import { recordingDb } from '#test/support/statements.ts';
import { Utility } from '#test/support/utility.ts';

const clerk = actor('accounts.read', 'customers.read');

async function household() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  return { database, utility, home: await utility.household(), call: runnerFor(database) };
}

describe('account.open', () => {
  test('balance and past due are over all services and locations of the customer', async () => {
    const { utility, home, call } = await household();
    const shop = await utility.account(home.customerId, await utility.location('5 Market Sq'));
    await utility.charge(home, 5_000, { on: '2026-09-01' });
    await utility.charge(shop, 6_000, { on: '2026-11-10' });
    await utility.charge(shop, 700, { on: '2026-09-01' });
    await utility.charge(home, 99_999, { on: '2026-09-01', status: 'unposted' });
    await utility.payment(home, 2_000, { on: '2026-11-12' });
    const { status, accounts } = await call(openAccount, { accountId: home.id });
    expect(status).toMatchObject({ balanceCents: 9_700, pastDueCents: 3_700, standing: 'past_due' });
    expect(status).toMatchObject({ oldestDueOn: '2026-09-21', unpostedCents: 99_999 });
    expect(accounts.map(({ balanceCents, pastDueCents }) => [balanceCents, pastDueCents])).toEqual([
      [6_700, 700],
      [3_000, 3_000],
    ]);
  });

  test('last billed is the latest posted charge with its due date; last payment says when it is not posted', async () => {
    const { utility, home, call } = await household();
    await utility.charge(home, 5_000, { on: '2026-10-01' });
    await utility.charge(home, 6_000, { on: '2026-11-01', dueOn: '2026-11-25' });
    await utility.charge(home, 300, { on: '2026-11-05', kind: 'penalty' });
    await utility.payment(home, 2_000, { on: '2026-10-12' });
    await utility.payment(home, 20_000, { on: '2026-11-20', status: 'unposted' });
    const { status } = await call(openAccount, { accountId: home.id });
    expect(status!.lastBilled).toMatchObject({ on: '2026-11-01', cents: 6_000, dueOn: '2026-11-25' });
    expect(status!.lastPayment).toMatchObject({ on: '2026-11-20', cents: 20_000, unposted: true });
  });

  test('last billed and last payment are those of the selected account, as in its history', async () => {
    const { utility, home, call } = await household();
    const shop = await utility.account(home.customerId, await utility.location('5 Market Sq'));
    await utility.charge(home, 5_000, { on: '2026-11-01' });
    await utility.payment(home, 4_000, { on: '2026-11-03' });
    await utility.charge(shop, 7_000, { on: '2026-11-02' });
    await utility.payment(shop, 600, { on: '2026-11-04' });
    const { status } = await call(openAccount, { accountId: home.id });
    expect(status!.lastBilled).toMatchObject({ on: '2026-11-01', cents: 5_000 });
    expect(status!.lastPayment).toMatchObject({ on: '2026-11-03', cents: 4_000 });
  });

  test('a grace note in force is told, one that has run out, was removed or is of another account is not', async () => {
    const { utility, home, call } = await household();
    const other = await utility.account(home.customerId, await utility.location('5 Market Sq'));
    const note = { body: 'Promised', customer_id: home.customerId };
    await utility.note({ ...note, grace_on: '2026-11-20' });
    await utility.note({ ...note, grace_on: '2026-12-31', removed_at: 1 });
    await utility.note({ ...note, grace_on: '2026-12-24', account_id: other.id });
    expect((await call(openAccount, { accountId: home.id })).status!.graceOn).toBeNull();
    await utility.note({ ...note, grace_on: '2026-11-21' });
    expect((await call(openAccount, { accountId: home.id })).status!.graceOn).toBe('2026-11-21');
  });

  test('the shut-off list makes the standing, and every badge its fact', async () => {
    const { utility, home, call } = await household();
    const { customerId, locationId } = home;
    await utility.db.updateTable('account').set({ shutoff_scheduled_on: '2026-11-25', budget_cents: 8_500 }).execute();
    await utility.db.updateTable('customer').set({ bankrupt: 1, disallowed_methods: '["check"]' }).execute();
    await utility.charge(home, 5_000, { on: '2026-09-01' });
    await utility.add('lien', { location_id: locationId, reference: 'B-9', placed_on: '2026-01-01', amount_cents: 1 });
    await utility.add('special_condition', { code: 'dog', location_id: locationId, started_on: '2026-01-01' });
    await utility.add('special_condition', { code: 'life', customer_id: customerId, started_on: '2026-01-01' });
    const gone = { code: 'senior', customer_id: customerId, started_on: '2025-01-01', ended_on: '2025-12-31' };
    await utility.add('special_condition', gone);
    const panel = await call(openAccount, { accountId: home.id });
    expect(panel.status!.standing).toBe('shutoff');
    expect(panel.customerBadges.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['SHUTOFF 11-25', 'NO CHK', 'BK', 'LIFE SUPPORT', 'BUDGET']),
    );
    expect(panel.customerBadges.map(({ text }) => text)).not.toContain('SENIOR');
    expect(panel.locationBadges.map(({ text }) => text)).toEqual(['LIEN', 'DOG']);
  });

  test('the customer stands for the owner where none is defined; a private owner is not named', async () => {
    const { utility, home, database, call } = await household();
    expect((await call(openAccount, { accountId: home.id })).location!.ownerName).toBe('Rivera, Ana M');
    const owner = await utility.customer('Secret LLC', { public: 0 });
    await utility.db.updateTable('location').set({ owner_id: owner, rental: 1 }).execute();
    expect((await call(openAccount, { accountId: home.id })).location!.ownerName).toBe('Secret LLC');
    const seen = await runnerFor(database, clerk)(openAccount, { accountId: home.id });
    expect(seen.location).toMatchObject({ ownerName: null, ownerId: null });
  });

  test('a private customer is not there for who may not see them, and not among the residents', async () => {
    const { utility, home, database } = await household();
    const hidden = await utility.customer('Star, Movie', { public: 0 });
    const account = await utility.account(hidden, home.locationId, { activity: 'final', number: '777' });
    const call = runnerFor(database, clerk);
    await expect(call(openAccount, { accountId: account.id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(call(openCustomer, { customerId: hidden })).rejects.toMatchObject({ code: 'not_found' });
    expect(await call(findAccount, { number: '777' })).toBeNull();
    const panel = await call(openAccount, { accountId: home.id });
    expect(panel.residents.map(({ customerName }) => customerName)).toEqual(['Rivera, Ana M']);
    const all = await runnerFor(database)(openAccount, { accountId: home.id });
    expect(all.residents).toHaveLength(2);
  });

  test.skipIf(process.env.METERDESK_TEST_POSTGRES)('dashboard and tab take six statements at most', async () => {
    const { utility, home, database } = await household();
    await utility.charge(home, 5_000);
    const { db, taken } = recordingDb(database.file!);
    const call = createRunner({ database: { ...database, db }, actor: clerk, clock });
    await call(openAccount, { accountId: home.id });
    expect(taken).toHaveLength(3);
    await call(customerDetails, { customerId: home.customerId, accountId: home.id });
    expect(taken).toHaveLength(6);
  });
});

describe('from a customer or a location to the account that is meant', () => {
  test('the current one, else waiting, else the latest final one; or none', async () => {
    const { utility, home, call } = await household();
    const { customerId, locationId } = home;
    const final = await utility.account(customerId, await utility.location('1 Old Rd'), { activity: 'final' });
    const opened = async () => (await call(openCustomer, { customerId })).account!.id;
    expect(await opened()).toBe(home.id);
    await utility.db.updateTable('account').set({ activity: 'final' }).where('id', '=', home.id).execute();
    await utility.db.updateTable('account').set({ moved_in_on: '2024-01-01' }).where('id', '=', final.id).execute();
    expect(await opened()).toBe(final.id);
    const waiting = await utility.account(customerId, await utility.location('2 New Rd'), { activity: 'waiting' });
    expect(await opened()).toBe(waiting.id);
    expect((await call(openLocation, { locationId })).account!.id).toBe(home.id);
  });

  test('a customer without an account, and an empty location, are shown alone', async () => {
    const { utility, call } = await household();
    const alone = await call(openCustomer, { customerId: await utility.customer('Owner, Olga') });
    expect([alone.customer!.name, alone.account, alone.location]).toEqual(['Owner, Olga', null, null]);
    expect(alone.status).toMatchObject({ balanceCents: 0, standing: 'current', lastBilled: null });
    const empty = await call(openLocation, { locationId: await utility.location('9 Empty Lot') });
    expect([empty.location!.line1, empty.account, empty.customer, empty.status]).toEqual([
      '9 Empty Lot',
      null,
      null,
      null,
    ]);
  });

  test('a number that nobody has finds nothing; that of a customer finds the only account', async () => {
    const { call, utility, home, database } = await household();
    expect(await call(findAccount, { number: '0' })).toBeNull();
    const owner = await utility.customer('Owner, Olga', { number: '777' });
    expect(await call(findAccount, { number: '777' })).toEqual({ accountId: null, customerId: owner, accounts: 0 });
    const only = await utility.account(owner, home.locationId, { activity: 'final' });
    expect(await call(findAccount, { number: ' 777 ' })).toMatchObject({ accountId: only.id });
    await utility.account(owner, await utility.location('2 New Rd'));
    expect(await call(findAccount, { number: '777' })).toEqual({ accountId: null, customerId: owner, accounts: 2 });
    await utility.db.updateTable('customer').set({ public: 0 }).where('id', '=', owner).execute();
    expect(await runnerFor(database, clerk)(findAccount, { number: '777' })).toBeNull();
  });
});
