import { describe, expect, test } from 'vitest';
import { customerDetails } from '#services/customers/details.ts';
import { locationDetails } from '#services/locations/details.ts';
import { serviceDetails } from '#services/locations/service.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

describe('customer.details', () => {
  test('the message center counts the last twelve months of this account', async () => {
    const database = await freshDatabase();
    const utility = new Utility(database);
    const home = await utility.household();
    await utility.charge(home, 3_000, { kind: 'nsf', on: '2026-03-01' });
    await utility.charge(home, 3_000, { kind: 'nsf', on: '2025-03-01' });
    await utility.charge(home, 500, { kind: 'penalty', on: '2025-11-21' });
    await utility.charge(home, 500, { kind: 'penalty', on: '2026-09-21' });
    await utility.add('deposit', {
      holder: 'account',
      customer_id: home.customerId,
      account_id: home.id,
      code: 'std',
      charged_on: '2020-01-01',
      charged_cents: 10_000,
      collected_cents: 10_000,
      held_cents: 7_500,
    });
    const order = { location_id: home.locationId, category: 'leak', opened_on: '2026-11-01' } as const;
    await utility.add('service_order', { ...order, number: 'S1', description: 'Leak', status: 'open' });
    await utility.add('service_order', { ...order, number: 'S2', description: 'Done', status: 'completed' });
    const { messages, ...details } = await runnerFor(database)(customerDetails, {
      customerId: home.customerId,
      accountId: home.id,
    });
    expect(messages).toEqual({
      openOrders: 1,
      autopay: null,
      emailBill: false,
      budgetBill: false,
      acceptChecks: true,
      nsf: 1,
      lateCharges: 2,
      depositCents: 7_500,
    });
    expect(details.customerCents).toBe(7_000);
    expect(details.locationCents).toBe(7_000);
  });

  test('the location balance is over all residents, the customer balance over all locations', async () => {
    const database = await freshDatabase();
    const utility = new Utility(database);
    const home = await utility.household();
    const shop = await utility.account(home.customerId, await utility.location('5 Market Sq'));
    const former = await utility.account(await utility.customer('Old, Olga'), home.locationId, { activity: 'final' });
    await utility.charge(home, 1_000);
    await utility.charge(shop, 200);
    await utility.charge(former, 30);
    const details = await runnerFor(database)(customerDetails, { customerId: home.customerId, accountId: home.id });
    expect([details.customerCents, details.locationCents]).toEqual([1_200, 1_030]);
  });

  test('addresses, phones and e-mails come primary first, with the names of their types', async () => {
    const database = await freshDatabase();
    const utility = new Utility(database);
    const { customerId } = await utility.household();
    await utility.address(customerId, '1 Old Rd', { is_primary: 0, type: 'mailing' });
    await utility.address(customerId, '118 Alder St', { care_of: 'Sam' });
    await utility.phone(customerId, '(217) 555-0100', { is_primary: 0, type: 'work', extension: '12' });
    await utility.phone(customerId, '(217) 555-0142');
    await utility.email(customerId, 'ana@example.org');
    const details = await runnerFor(database)(customerDetails, { customerId, accountId: null });
    expect(details.addresses.map(({ line1, type, primary }) => [line1, type, primary])).toEqual([
      ['118 Alder St', 'Home', true],
      ['1 Old Rd', 'Mailing', false],
    ]);
    expect(details.phones.map(({ number }) => number)).toEqual(['(217) 555-0142', '(217) 555-0100']);
    expect(details.emails).toMatchObject([{ address: 'ana@example.org', primary: true }]);
    expect(details.locationCents).toBeNull();
  });

  test('only flagged notes of the customer and this account are in the message center, up to the reader', async () => {
    const database = await freshDatabase();
    const utility = new Utility(database);
    const home = await utility.household();
    const { customerId } = home;
    const other = await utility.account(customerId, await utility.location('5 Market Sq'));
    const flagged = { customer_id: customerId, message_center: 1 } as const;
    await utility.note({ body: 'seen', ...flagged });
    await utility.note({ body: 'unflagged', customer_id: customerId });
    await utility.note({ body: 'of the shop', ...flagged, account_id: other.id });
    await utility.note({ body: 'removed', ...flagged, removed_at: 1 });
    await utility.note({ body: 'for managers', ...flagged, access_level: 3 });
    const clerk = { ...actor('accounts.read', 'customers.read'), level: 1 };
    const input = { customerId, accountId: home.id };
    const seen = await runnerFor(database, clerk)(customerDetails, input);
    expect(seen.notes.map(({ body }) => body)).toEqual(['seen']);
    const all = await runnerFor(database)(customerDetails, input);
    expect(all.notes.map(({ body }) => body)).toEqual(['for managers', 'seen']);
  });
});

describe('location.details', () => {
  test('services with their own balances, deposits of all holders, notes and orders', async () => {
    const database = await freshDatabase();
    const utility = new Utility(database);
    const home = await utility.household();
    const water = await utility.serviceType('WAT', { name: 'Water', unit: 'kgal' });
    const refuse = await utility.serviceType('REF', { name: 'Refuse', payoff_rank: 2 });
    const tap = await utility.service(home, water);
    await utility.service(home, refuse, { active: 0, status: 'off', ended_on: '2026-01-31' });
    await utility.charge(home, 5_000, { service: water, on: '2026-09-01' });
    await utility.payment(home, 1_500, { on: '2026-09-10' });
    const held = { code: 'std', charged_on: '2020-01-01', charged_cents: 5_000, collected_cents: 5_000 };
    await utility.add('deposit', { ...held, holder: 'location', location_id: home.locationId, held_cents: 1 });
    await utility.add('deposit', { ...held, holder: 'customer', customer_id: home.customerId, held_cents: 2 });
    await utility.add('deposit', { ...held, holder: 'customer', customer_id: 999, held_cents: 4 });
    await utility.note({ body: 'Meter behind the hedge', location_id: home.locationId });
    const meter = await utility.add('meter', { number: 'M-1', unit: 'kgal', dials: 6, multiplier_milli: 1_000 });
    await utility.add('meter_installation', {
      meter_id: meter,
      location_id: home.locationId,
      service_type_id: water,
      installed_on: '2020-01-01',
      install_read_milli: 0,
    });
    const call = runnerFor(database);
    const details = await call(locationDetails, { locationId: home.locationId, accountId: home.id });
    expect(details.services.map(({ name, balanceCents, active }) => [name, balanceCents, active])).toEqual([
      ['Water', 3_500, true],
      ['Refuse', 0, false],
    ]);
    expect(details.deposits.map(({ heldCents }) => heldCents)).toEqual([1, 2]);
    expect(details.notes).toMatchObject([{ body: 'Meter behind the hedge' }]);
    expect(details.balanceCents).toBe(3_500);
    const service = await call(serviceDetails, { accountId: home.id, serviceId: tap });
    expect(service).toMatchObject({ name: 'Water', installations: [{ meterNumber: 'M-1', removedOn: null }] });
  });

  test('credit that no service owns is told apart', async () => {
    const database = await freshDatabase();
    const utility = new Utility(database);
    const home = await utility.household();
    await utility.payment(home, 1_250);
    const details = await runnerFor(database)(locationDetails, { locationId: home.locationId, accountId: home.id });
    expect(details).toMatchObject({ openCreditCents: 1_250, balanceCents: -1_250 });
  });

  test('an account elsewhere is no key to a location', async () => {
    const database = await freshDatabase();
    const utility = new Utility(database);
    const home = await utility.household();
    const elsewhere = await utility.location('5 Market Sq');
    const answer = runnerFor(database)(locationDetails, { locationId: elsewhere, accountId: home.id });
    await expect(answer).rejects.toMatchObject({ code: 'not_found' });
  });
});
