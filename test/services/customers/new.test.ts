import { describe, expect, test } from 'vitest';
import { rebuildIndex } from '#db/search/build.ts';
import { beginWaiting } from '#services/accounts/begin-waiting.ts';
import type { Actor } from '#services/actor.ts';
import { checkNewCustomer } from '#services/customers/new/check.ts';
import { createCustomer } from '#services/customers/new/create.ts';
import { newCustomer } from '#services/customers/new/input.ts';
import { find } from '#services/lookup/find.ts';
import { actor, freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

type Said = Parameters<typeof newCustomer.parse>[0] & Record<string, unknown>;

/** What a clerk types for somebody of whom nothing special is known. */
const dana = (more: Record<string, unknown> = {}, detail: Record<string, unknown> = {}) =>
  newCustomer.parse({
    detail: { kind: 'individual', segment: 'residential', firstName: 'Dana', lastName: 'Whitlock', ...detail },
    billTo: {
      address: {
        type: 'mailing',
        line1: '77 Juniper Ct',
        city: 'Alder Falls',
        state: 'IL',
        zip: '62701',
        country: 'US',
      },
      phones: [{ type: 'mobile', number: '217 555 0188' }],
      emails: [{ type: 'home', address: 'dana@whitlock.example' }],
    },
    ...more,
  } satisfies Said);

const moving = (locationId: number, terms: Record<string, unknown> = {}) => ({
  moveIn: { place: { id: locationId }, terms: { movedInOn: TODAY, ...terms } },
});

async function start(who: Actor = actor()) {
  const database = await freshDatabase();
  const town = new Utility(database);
  return { database, town, call: runnerFor(database, who), admin: runnerFor(database) };
}

describe('a new customer', () => {
  test('is there with its address, phone and e-mail, found at once by each', async () => {
    const { call, database } = await start();
    const { customerId, number, account } = await call(createCustomer, dana());
    expect(account).toBeNull();
    const row = await database.db
      .selectFrom('customer')
      .selectAll()
      .where('id', '=', customerId)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      number,
      display_name: 'Whitlock, Dana',
      account_status: 'current',
      active: 1,
      public: 1,
    });
    expect(row.status_assigned_on).toBe(TODAY);
    for (const text of ['whitlock', '2175550188', 'dana@whitlock', '77 juniper', number]) {
      const { rows } = await call(find, { text, limit: 20 });
      expect(rows.map((one) => one.customerId)).toEqual([customerId]);
    }
  });

  test('takes the next number that nobody has, or the one that was typed', async () => {
    const { call, town } = await start();
    await town.customer('Old', { number: '2' });
    const first = await call(createCustomer, dana());
    const second = await call(createCustomer, dana({ others: [first.customerId] }));
    expect([first.number, second.number]).toEqual(['1', '3']);
    const typed = dana({ others: [first.customerId, second.customerId] }, { number: 'K-7' });
    expect((await call(createCustomer, typed)).number).toBe('K-7');
    await expect(call(createCustomer, typed)).rejects.toMatchObject({
      fields: { 'detail.number': expect.any(String) },
    });
  });

  test('is entered once however often it is tried under one key, its numbers too', async () => {
    const { call, database } = await start();
    const said = dana({ personal: { ssn: '521-34-8876' } });
    const first = await call(createCustomer, said, { idempotencyKey: 'a' });
    expect(await call(createCustomer, said, { idempotencyKey: 'a' })).toEqual(first);
    expect(await database.db.selectFrom('customer').select('id').execute()).toHaveLength(1);
    expect(await database.db.selectFrom('secret_value').select('id').execute()).toHaveLength(1);
  });

  test('that is wrong anywhere is refused whole, with a word at each field', async () => {
    const { call, database } = await start();
    const wrong = dana({}, { firstName: '', emailNotices: 1, defaultTerms: 'never' });
    wrong.billTo.address.state = 'XX';
    wrong.billTo.phones[0]!.number = '12';
    wrong.billTo.emails = [];
    await expect(call(createCustomer, wrong)).rejects.toMatchObject({
      code: 'invalid',
      fields: {
        'detail.firstName': 'Enter the first name.',
        'detail.emailNotices': expect.any(String),
        'detail.defaultTerms': 'Not on the list.',
        'billTo.address.state': expect.any(String),
        'billTo.phones.0.number': expect.any(String),
      },
    });
    expect(await database.db.selectFrom('customer').select('id').execute()).toEqual([]);
  });

  test('a refusal at the last step leaves nothing of the steps before', async () => {
    const { call, town, database } = await start();
    const home = await town.location('5 Elm St');
    const deposit = { code: 'nothing of the kind', amountCents: 100 };
    await expect(call(createCustomer, dana({ ...moving(home), deposit }))).rejects.toMatchObject({ code: 'invalid' });
    for (const table of ['customer', 'account', 'customer_address', 'customer_phone'] as const)
      expect(
        await database.db
          .selectFrom(table)
          .select('id' as never)
          .execute(),
      ).toEqual([]);
    expect((await call(find, { text: 'whitlock', limit: 20 })).rows).toEqual([]);
  });

  test('has its personal numbers sealed, and found only by who may search by them', async () => {
    const { call, database } = await start();
    const personal = { ssn: '123-45-6789', licence: 'W5210001', licenceState: 'il', birthDate: '4/7/1961' };
    const { customerId } = await call(createCustomer, dana({ personal }));
    const kept = await database.db
      .selectFrom('secret_value')
      .select(['kind', 'last4', 'detail', 'sealed'])
      .where('customer_id', '=', customerId)
      .orderBy('kind')
      .execute();
    expect(kept.map(({ kind, last4, detail }) => [kind, last4, detail])).toEqual([
      ['birth-date', null, null],
      ['licence', '0001', 'IL'],
      ['ssn', '6789', null],
    ]);
    expect(JSON.stringify(kept)).not.toContain('123456789');
    const stranger = { firstName: 'X', lastName: 'Y', businessName: null, phones: [], emails: [], streets: [] };
    const asked = { ...stranger, ssn: '123456789', birthDate: '' };
    expect(await call(checkNewCustomer, asked)).toMatchObject([{ customerId, agreements: ['ssn'], same: true }]);
    const clerk = runnerFor(database, actor('customers.create'));
    expect(await clerk(checkNewCustomer, asked)).toEqual([]);
    const named = { ...asked, firstName: 'Dana', lastName: 'Whitlock' };
    expect(await clerk(checkNewCustomer, { ...named, phones: ['2175550188'] })).toMatchObject([
      { agreements: ['ssn', 'phone', 'name'] },
    ]);
  });
});

describe('somebody who looks like a customer', () => {
  test('has to be looked at before a second record is made', async () => {
    const { call } = await start();
    const first = await call(createCustomer, dana());
    await expect(call(createCustomer, dana())).rejects.toMatchObject({
      code: 'refused',
      fields: { others: expect.any(String) },
    });
    const again = await call(createCustomer, dana({ others: [first.customerId] }));
    expect(again.customerId).not.toBe(first.customerId);
  });

  test('by name alone is nobody: names are common', async () => {
    const { call, town, database } = await start();
    await town.customer('Whitlock, Dana', { first_name: 'Dana', last_name: 'Whitlock' });
    await rebuildIndex(database);
    await expect(call(createCustomer, dana())).resolves.toBeDefined();
  });

  test('and left a debt behind needs a word why that is no hindrance, which the trail keeps', async () => {
    const { call, town, database } = await start();
    const old = await town.household('Whitlock, Dana', '3 Oak Ave');
    await town.charge(old, 8_000);
    await database.db.updateTable('account').set({ activity: 'final', moved_out_on: '2026-10-01' }).execute();
    await database.db
      .updateTable('customer')
      .set({ first_name: 'Dana', last_name: 'Whitlock' })
      .where('id', '=', old.customerId)
      .execute();
    await town.add('customer_phone', {
      customer_id: old.customerId,
      type: 'mobile',
      number: '(217) 555-0188',
      digits: '2175550188',
      is_primary: 1,
    });
    await rebuildIndex(database);
    const seen = dana({ others: [old.customerId] });
    const refused = call(createCustomer, seen);
    await expect(refused).rejects.toMatchObject({ code: 'refused', fields: { debtReason: expect.any(String) } });
    await expect(refused).rejects.toThrow('80.00 is owed');
    const { customerId } = await call(createCustomer, { ...seen, debtReason: 'Pays it with the first bill' });
    const trail = await database.db
      .selectFrom('audit_entry')
      .select(['changes', 'reason'])
      .where('customer_id', '=', customerId)
      .execute();
    expect(trail.map(({ reason }) => reason)).toContain('Pays it with the first bill');
  });

  test('and may not be seen is not told of', async () => {
    const { town, database } = await start();
    const hidden = await town.customer('Whitlock, Dana', { first_name: 'Dana', last_name: 'Whitlock', public: 0 });
    await town.add('customer_phone', {
      customer_id: hidden,
      type: 'mobile',
      number: '(217) 555-0188',
      digits: '2175550188',
      is_primary: 1,
    });
    await rebuildIndex(database);
    const clerk = runnerFor(database, actor('customers.create'));
    await expect(clerk(createCustomer, dana())).resolves.toBeDefined();
  });
});

describe('moving in', () => {
  test('to a free location opens a current account with what the last resident took', async () => {
    const { call, town, database } = await start();
    const before = await town.household('Gone, Al', '118 Alder St');
    const water = await town.serviceType('WAT', { unit: 'kgal' });
    await town.service(before, water);
    await database.db.updateTable('account').set({ activity: 'final', moved_out_on: '2026-11-01' }).execute();
    const { account, number } = await call(createCustomer, dana(moving(before.locationId, { turnOn: true })));
    expect(account).toMatchObject({ number: `${number}-01`, activity: 'current' });
    const services = await database.db
      .selectFrom('account_service')
      .select(['service_type_id', 'status', 'started_on'])
      .where('account_id', '=', account!.accountId)
      .execute();
    expect(services).toEqual([{ service_type_id: water, status: 'on', started_on: TODAY }]);
    const orders = await database.db.selectFrom('service_order').select(['category', 'due_on', 'status']).execute();
    expect(orders).toEqual([{ category: 'turnon', due_on: TODAY, status: 'open' }]);
  });

  test('waits while somebody lives there, and begins when that one has gone', async () => {
    const { call, town, database } = await start();
    const home = await town.household('Here, Bo', '118 Alder St');
    const { account } = await call(createCustomer, dana(moving(home.locationId)));
    expect(account!.activity).toBe('waiting');
    expect((await call(beginWaiting, {})).begun).toEqual([]);
    await database.db
      .updateTable('account')
      .set({ activity: 'final', moved_out_on: TODAY })
      .where('id', '=', home.id)
      .execute();
    expect((await call(beginWaiting, {})).begun).toEqual([account!.accountId]);
    expect((await call(beginWaiting, {})).begun).toEqual([]);
  });

  test('is refused before the last resident left, twice at once, and in a year mistyped', async () => {
    const { call, town, database } = await start();
    const old = await town.household('Gone, Al', '118 Alder St');
    await database.db.updateTable('account').set({ activity: 'final', moved_out_on: '2026-11-10' }).execute();
    const on = (movedInOn: string) => call(createCustomer, dana(moving(old.locationId, { movedInOn })));
    await expect(on('2026-11-01')).rejects.toMatchObject({
      fields: { movedInOn: expect.stringContaining('2026-11-10') },
    });
    await expect(on('2036-11-01')).rejects.toMatchObject({ fields: { movedInOn: expect.any(String) } });
    await on('2026-12-01');
    const other = dana({ ...moving(old.locationId), others: [] }, { firstName: 'Eve', lastName: 'Other' });
    other.billTo = { ...other.billTo, phones: [], emails: [] };
    other.billTo.address.line1 = '1 Elsewhere Rd';
    await expect(call(createCustomer, other)).rejects.toMatchObject({ fields: { location: expect.any(String) } });
  });

  test('to a new location makes it, once', async () => {
    const { call, town, database } = await start();
    const water = await town.serviceType('WAT', { unit: 'kgal' });
    const add = { line1: '9 New Rd', unit: null, city: 'Alder Falls', state: 'IL', zip: '62701' };
    const terms = { movedInOn: '2026-12-01', services: [{ serviceTypeId: water }] };
    const said = dana({ moveIn: { place: { add }, terms } });
    const { account, customerId } = await call(createCustomer, said);
    expect(account!.activity).toBe('waiting');
    const { rows } = await call(find, { text: '9 new rd', limit: 20 });
    expect(rows[0]).toMatchObject({ customerId });
    await expect(call(createCustomer, { ...said, others: [customerId] })).rejects.toMatchObject({
      fields: { line1: expect.stringContaining('location') },
    });
    expect(await database.db.selectFrom('location').select('id').execute()).toHaveLength(1);
  });

  test('charges the deposit in the same breath, for who may', async () => {
    const { town, database } = await start();
    const home = await town.location('5 Elm St');
    const said = dana({ ...moving(home), deposit: { code: 'standard', amountCents: 15_000 } });
    await expect(runnerFor(database, actor('customers.create'))(createCustomer, said)).rejects.toMatchObject({
      code: 'forbidden',
    });
    const { account } = await runnerFor(database, actor('customers.create', 'deposits.manage'))(createCustomer, said);
    const deposits = await database.db.selectFrom('deposit').select(['account_id', 'charged_cents']).execute();
    expect(deposits).toEqual([{ account_id: account!.accountId, charged_cents: 15_000 }]);
  });
});

describe("the company's own fields", () => {
  test('are kept with the customer; one that is needed is asked for', async () => {
    const { call, town, database } = await start();
    const field = (code: string, name: string, sort: number, attributes: object) =>
      town.add('code_value', {
        table_name: 'custom_field',
        code,
        name,
        sort,
        attributes: JSON.stringify({ level: 'customer', ...attributes }),
      });
    await field('pool', 'Pool', 0, { kind: 'check' });
    await field('since', 'Resident since', 1, { kind: 'date', required: 1 });
    await expect(call(createCustomer, dana({ fields: { pool: true } }))).rejects.toMatchObject({
      fields: { 'fields.since': expect.any(String) },
    });
    const { customerId } = await call(createCustomer, dana({ fields: { pool: true, since: '2026-11-01' } }));
    const kept = await database.db
      .selectFrom('custom_field_value')
      .select(['field', 'value'])
      .where('customer_id', '=', customerId)
      .orderBy('field')
      .execute();
    expect(kept).toEqual([
      { field: 'pool', value: '1' },
      { field: 'since', value: '2026-11-01' },
    ]);
  });
});
