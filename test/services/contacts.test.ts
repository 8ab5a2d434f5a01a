import { beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { databaseRules } from '#db/check.ts';
import { rebuildIndex } from '#db/search/build.ts';
import { contactDetails, type ContactRow, listContacts } from '#services/contacts/read.ts';
import { saveNumberedContacts } from '#services/contacts/numbered.ts';
import { saveContacts } from '#services/contacts/save.ts';
import { find } from '#services/lookup/find.ts';
import type { Call } from '#services/operation.ts';
import { readSensitive } from '#services/secrets/list.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import type { AccountRef } from '#test/support/premises.ts';
import { Utility } from '#test/support/utility.ts';

const ADDRESS = { type: 'home', line1: '5 Elm St', city: 'Springfield', state: 'il', zip: '62704' };
const EMAIL = { type: 'home', address: 'bob@home.example' };
const PHONE = { type: 'mobile', number: '217.555.0142' };

const bob = { type: 'emergency', firstName: 'Bob', lastName: 'Rivera' };

let database: Database;
let utility: Utility;
let home: AccountRef;
let call: Call;

const whose = () => ({ customerId: home.customerId, locationId: home.locationId });
const list = (): Promise<readonly ContactRow[]> => call(listContacts, whose());
const save = (set: object) => call(saveContacts, saveContacts.input.parse({ ...whose(), ...set }));
const only = async (): Promise<ContactRow> => (await list())[0]!;
/** A contact as it was read, to be saved with something else. */
const again = (row: ContactRow, more: object) => ({ ...row, ...more });

beforeEach(async () => {
  database = await freshDatabase();
  utility = new Utility(database);
  home = await utility.household('Rivera, Ana M', '118 Alder St');
  call = runnerFor(database);
});

const numbered = (contacts: readonly object[], numbers: readonly object[], by: Call = call) =>
  by(saveNumberedContacts, saveNumberedContacts.input.parse({ ...whose(), contacts, numbers }));

describe('sensitive numbers of a contact that is added', () => {
  const sealed = () => database.db.selectFrom('secret_value').selectAll().execute();

  test('are sealed with it, and open for whoever may see them', async () => {
    await numbered([{ ...bob }, { ...bob, firstName: 'Cy' }], [{ contact: 1, ssn: '521-34-8876' }]);
    const cy = (await list()).find(({ firstName }) => firstName === 'Cy')!;
    expect(await sealed()).toMatchObject([{ entity: 'Contact', entity_id: cy.id, kind: 'ssn', last4: '8876' }]);
    const which = { customerId: home.customerId, contactId: cy.id, kind: 'ssn', autopayId: null } as const;
    expect(await call(readSensitive, which)).toMatchObject({ masked: '•••-••-8876', version: 1 });
  });

  test('are saved once however often it is tried, and nothing that is kept of the key tells them', async () => {
    const cy = (ssn: string, idempotencyKey: string) => {
      const set = { ...whose(), contacts: [{ ...bob, firstName: 'Cy' }], numbers: [{ contact: 0, ssn }] };
      return call(saveNumberedContacts, saveNumberedContacts.input.parse(set), { idempotencyKey });
    };
    const first = await cy('521-34-8876', 'a');
    expect(await cy('521-34-8876', 'a')).toEqual(first);
    expect(await list()).toHaveLength(1);
    await cy('521-34-8877', 'b');
    const kept = await database.db.selectFrom('idempotent_answer').select(['input_hash', 'answer']).execute();
    expect(kept).toHaveLength(2);
    expect(kept[0]!.input_hash).toBe(kept[1]!.input_hash);
    expect(JSON.stringify(kept)).not.toMatch(/887[67]/);
  });

  test('are right, of new contacts alone, and entered by who may: or nothing is saved', async () => {
    const wrong = [{ contact: 0, ssn: '123', licence: 'D400', licenceState: 'XX' }];
    await expect(numbered([{ ...bob }], wrong)).rejects.toMatchObject({
      code: 'invalid',
      fields: { 'contacts.0.numbers.ssn': /nine digits/, 'contacts.0.numbers.licenceState': /two letters/ },
    });
    const clerk = runnerFor(database, actor('contacts.read', 'contacts.edit', 'customers.read'));
    const right = [{ contact: 0, ssn: '521-34-8876' }];
    await expect(numbered([{ ...bob }], right, clerk)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(numbered([{ ...bob, lastName: '' }], right)).rejects.toMatchObject({ code: 'invalid' });
    expect(await list()).toEqual([]);
    expect(await sealed()).toEqual([]);
    await save({ contacts: [{ ...bob }] });
    await expect(numbered([again(await only(), {})], right)).rejects.toMatchObject({ message: /new contacts/ });
  });
});

describe('contacts', () => {
  test('are saved together and summarised by what is primary', async () => {
    const phones = [PHONE, { ...PHONE, number: '+1 (217) 555-0199', extension: '12', primary: true }];
    await expect(
      save({ contacts: [{ ...bob, addresses: [ADDRESS], emails: [EMAIL], phones, notices: 'email' }] }),
    ).resolves.toMatchObject({ added: 1, changed: 0, deleted: 0 });
    const row = await only();
    expect(row).toMatchObject({
      name: 'Rivera, Bob',
      level: 'customer',
      typeName: 'Emergency',
      address: '5 Elm St, Springfield IL',
      email: 'bob@home.example',
      phone: '(217) 555-0199 x12',
    });
    expect(row.phones.map(({ primary }) => primary)).toEqual([false, true]);
    expect(await call(contactDetails, { contactId: row.id })).toMatchObject({ changedBy: 'tess', name: 'Rivera, Bob' });
  });

  test('the only address is primary, and what is deleted hands over', async () => {
    await save({ contacts: [{ ...bob, emails: [{ ...EMAIL, primary: false }] }] });
    const one = await only();
    expect(one.emails).toMatchObject([{ primary: true }]);
    const more = [...one.emails, { id: null, ...EMAIL, address: 'b@work.example', description: '', primary: false }];
    await save({ contacts: [again(one, { emails: more })] });
    const two = await only();
    expect(two.emails.map(({ primary }) => primary)).toEqual([true, false]);
    expect(two.emails[0]!.id).toBe(one.emails[0]!.id);
    await save({ contacts: [again(two, { emails: two.emails.slice(1) })] });
    expect((await only()).emails).toMatchObject([{ address: 'b@work.example', primary: true }]);
  });

  test('names, and what an address, e-mail and phone need, are asked for at their fields; nothing is saved', async () => {
    const wrong = {
      type: 'emergency',
      addresses: [{ type: 'home', country: 'US', state: 'XX', zip: '12' }],
      emails: [{ type: '', address: 'nobody' }],
      phones: [{ type: 'home', number: '12', extension: 'x' }],
    };
    const refused = save({ contacts: [{ ...bob }, wrong] });
    await expect(refused).rejects.toMatchObject({ code: 'invalid' });
    const { fields } = (await refused.catch((error: unknown) => error)) as { fields: Record<string, string> };
    expect(Object.keys(fields).sort()).toEqual(
      [
        'firstName',
        'lastName',
        'addresses.0.line1',
        'addresses.0.city',
        'addresses.0.state',
        'addresses.0.zip',
        'emails.0.type',
        'emails.0.address',
        'phones.0.number',
        'phones.0.extension',
      ]
        .map((field) => `contacts.1.${field}`)
        .sort(),
    );
    expect(await list()).toEqual([]);
  });

  test('notices by mail need an address, by e-mail an e-mail address', async () => {
    await expect(save({ contacts: [{ ...bob, notices: 'mail' }] })).rejects.toMatchObject({
      fields: { 'contacts.0.notices': 'Notices by mail need an address: enter one first.' },
    });
    await save({ contacts: [{ ...bob, notices: 'email', emails: [EMAIL] }] });
    const row = await only();
    await expect(save({ contacts: [again(row, { emails: [] })] })).rejects.toMatchObject({
      fields: { 'contacts.0.notices': 'Notices by e-mail need an e-mail address: enter one first.' },
    });
  });

  test('of a customer follow it, of a location stay with whoever moves in', async () => {
    const elsewhere = await utility.location('9 Oak St');
    await utility.account(home.customerId, elsewhere);
    const next = await utility.account(await utility.customer('Bell, Bob'), home.locationId, { activity: 'waiting' });
    await save({ contacts: [bob, { type: 'landlord', firstName: 'Lou', lastName: 'Lane' }] });
    const names = async (of: object) =>
      (await call(listContacts, listContacts.input.parse(of))).map(({ name }) => name).sort();
    expect(await names(whose())).toEqual(['Lane, Lou', 'Rivera, Bob']);
    expect(await names({ customerId: home.customerId, locationId: elsewhere })).toEqual(['Rivera, Bob']);
    expect(await names({ customerId: next.customerId, locationId: home.locationId })).toEqual(['Lane, Lou']);
  });

  test('of another type change whom they go with', async () => {
    await save({ contacts: [bob] });
    await save({ contacts: [again(await only(), { type: 'landlord' })] });
    expect(await only()).toMatchObject({ level: 'location', version: 2 });
    const nobody = call(saveContacts, saveContacts.input.parse({ locationId: home.locationId, contacts: [bob] }));
    await expect(nobody).rejects.toMatchObject({
      fields: { 'contacts.0.type': 'Emergency is a contact of a customer, and there is no customer here.' },
    });
  });

  test('that somebody else changed or deleted meanwhile are refused, with all others', async () => {
    await save({ contacts: [bob, { ...bob, firstName: 'Cy' }] });
    const [first, second] = (await list()) as [ContactRow, ContactRow];
    await save({ contacts: [again(first, { suffix: 'Jr', phones: [PHONE] })] });
    const late = save({ contacts: [again(first, { lastName: 'Lost' }), again(second, { lastName: 'Lost' })] });
    await expect(late).rejects.toMatchObject({ code: 'conflict', message: /Rivera, Bob Jr/ });
    await save({ deleted: [{ id: second.id, version: second.version }] });
    await expect(save({ contacts: [again(second, {})] })).rejects.toMatchObject({ code: 'conflict' });
    expect((await list()).map(({ name }) => name)).toEqual(['Rivera, Bob Jr']);
  });

  test('of another customer are no ground to write on', async () => {
    const other = await utility.household('Bell, Bob', '9 Oak St');
    await save({ contacts: [bob] });
    const row = await only();
    const theft = { customerId: other.customerId, locationId: null, contacts: [again(row, { lastName: 'Bell' })] };
    await expect(call(saveContacts, saveContacts.input.parse(theft))).rejects.toMatchObject({ code: 'conflict' });
    expect(await only()).toMatchObject({ lastName: 'Rivera' });
  });

  test('the check finds those without one primary, or that go with nothing', async () => {
    await save({ contacts: [{ ...bob, phones: [PHONE, { ...PHONE, number: '2175550199' }], emails: [EMAIL] }] });
    const faults = async () =>
      (await databaseRules.find(({ name }) => name === 'contacts')!.find(database.db, 10)).map(
        ({ message }) => message,
      );
    expect(await faults()).toEqual([]);
    await database.db.updateTable('contact_phone').set({ is_primary: 1 }).execute();
    await database.db.updateTable('contact').set({ customer_id: null }).execute();
    expect(await faults()).toEqual([
      expect.stringContaining('goes with something else'),
      expect.stringContaining('not exactly one of its phones is primary'),
    ]);
  });

  test('leave a trail of what they were and became', async () => {
    await save({ contacts: [{ ...bob, phones: [PHONE] }] });
    const row = await only();
    await save({ contacts: [again(row, { suffix: 'Jr', phones: [] })] });
    await save({ deleted: [{ id: row.id, version: 2 }] });
    const trail = await database.db
      .selectFrom('audit_entry')
      .select(['changes', 'customer_id', 'entity_id'])
      .where('operation', '=', 'contact.save')
      .orderBy('seq')
      .execute();
    expect(trail.map(({ customer_id: customerId, entity_id: id }) => [customerId, id])).toEqual(
      Array.from({ length: 3 }, () => [home.customerId, row.id]),
    );
    expect(JSON.parse(trail[1]!.changes!)).toEqual({
      suffix: [null, 'Jr'],
      phone: ['mobile, primary, (217) 555-0142', null],
    });
    expect(JSON.parse(trail[2]!.changes!)).toMatchObject({ lastName: ['Rivera', null] });
    expect(await database.db.selectFrom('contact_phone').selectAll().execute()).toEqual([]);
  });

  test('of a location stay hidden with the home of a private customer', async () => {
    await save({ contacts: [{ type: 'landlord', firstName: 'Lou', lastName: 'Lane' }] });
    const former = await utility.account(await utility.customer('Bell, Bob'), home.locationId, { activity: 'final' });
    await database.db.updateTable('customer').set({ public: 0 }).where('id', '=', home.customerId).execute();
    const seer = runnerFor(database, actor('contacts.read', 'contacts.edit'));
    const of = { customerId: former.customerId, locationId: home.locationId };
    expect(await seer(listContacts, of)).toEqual([]);
    const add = { ...of, contacts: [{ type: 'landlord', firstName: 'Lou', lastName: 'Lane' }] };
    await expect(seer(saveContacts, saveContacts.input.parse(add))).rejects.toMatchObject({ code: 'not_found' });
    await expect(seer(listContacts, { ...of, customerId: null })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('look-up by contacts', () => {
  const found = async (text: string, by: Call = call) =>
    (await by(find, { text, limit: 20 })).rows.map(({ accountNumber, match }) => [accountNumber, match.kind]);
  const lou = { type: 'landlord', firstName: 'Louisa', lastName: 'Quartermain' };

  test('leads to the customer or the location that they go with, by name, phone and e-mail', async () => {
    await rebuildIndex(database);
    await save({ contacts: [{ ...bob, lastName: 'Featherby', phones: [PHONE], emails: [EMAIL] }, lou] });
    const { number } = await database.db.selectFrom('account').select('number').executeTakeFirstOrThrow();
    expect(await found('featherby')).toEqual([[number, 'contact']]);
    expect(await found('bob feath')).toEqual([[number, 'contact']]);
    expect(await found('(217) 555-0142')).toEqual([[number, 'contact']]);
    expect(await found('bob@home')).toEqual([[number, 'contact']]);
    expect(await found('quartermain')).toEqual([[number, 'locationContact']]);
    expect(await found('quartermane')).toEqual([[number, 'locationContact']]);
  });

  test('follows every change, and is for those only who may read contacts', async () => {
    await rebuildIndex(database);
    await save({ contacts: [lou] });
    expect(await found('quartermain', runnerFor(database, actor('lookup.use')))).toEqual([]);
    const row = await only();
    await save({ contacts: [again(row, { lastName: 'Lane', phones: [PHONE] })] });
    expect(await found('quartermain')).toEqual([]);
    expect(await found('5550142')).toHaveLength(1);
    await save({ deleted: [{ id: row.id, version: 2 }] });
    expect(await found('5550142')).toEqual([]);
  });

  test('is the same after the index was made anew', async () => {
    await rebuildIndex(database);
    await save({ contacts: [{ ...bob, phones: [PHONE], emails: [EMAIL] }, lou] });
    const keys = () =>
      database.db.selectFrom('search_key').selectAll().orderBy('kind').orderBy('key').orderBy('subject_id').execute();
    const followed = await keys();
    await rebuildIndex(database);
    expect(await keys()).toEqual(followed);
  });
});
