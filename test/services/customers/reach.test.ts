import { describe, expect, test } from 'vitest';
import { rebuildIndex } from '#db/search/build.ts';
import { auditOfRecord } from '#services/audit/record.ts';
import { addressOperations, emailOperations, phoneOperations } from '#services/customers/reach/index.ts';
import { readNotices, setNotices } from '#services/customers/reach/notices.ts';
import { placeOfZip } from '#services/customers/reach/place.ts';
import { find } from '#services/lookup/find.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

const ADDRESS = {
  type: 'home',
  primary: false,
  careOf: '',
  line1: '118 Alder St',
  line2: '',
  city: 'Springfield',
  state: 'il',
  zip: '627041180',
  country: 'us',
  county: '',
  geoCode: '',
};
const PHONE = { type: 'mobile', primary: false, number: '7345551212 22', extension: '', description: '' };
const EMAIL = { type: 'home', primary: false, address: 'ana@example.com', description: '' };

async function town() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const customerId = await utility.customer('Rivera, Ana M');
  const call = runnerFor(database);
  const rows = (table: 'customer_address' | 'customer_phone' | 'customer_email') =>
    database.db.selectFrom(table).selectAll().orderBy('id').execute();
  return { database, utility, customerId, call, rows };
}

describe('addresses, phones and e-mail addresses of a customer', () => {
  test('are kept as they are written here', async () => {
    const { call, customerId, rows } = await town();
    await call(addressOperations.add, { customerId, values: ADDRESS });
    await call(phoneOperations.add, { customerId, values: PHONE });
    await call(emailOperations.add, { customerId, values: EMAIL });
    expect(await rows('customer_address')).toMatchObject([{ state: 'IL', zip: '62704-1180', country: 'US' }]);
    expect(await rows('customer_phone')).toMatchObject([
      { number: '(734) 555-1212', digits: '7345551212', extension: '22' },
    ]);
    expect(await rows('customer_email')).toMatchObject([{ address: 'ana@example.com', is_primary: 1 }]);
  });

  test('say at each field what is wrong', async () => {
    const { call, customerId } = await town();
    const values = { ...ADDRESS, line1: ' ', state: 'XX', type: 'castle' };
    await expect(call(addressOperations.add, { customerId, values })).rejects.toMatchObject({
      fields: { line1: expect.any(String), state: expect.any(String), type: expect.any(String) },
    });
    await expect(call(phoneOperations.add, { customerId, values: { ...PHONE, number: '12' } })).rejects.toMatchObject({
      fields: { number: expect.any(String) },
    });
    await expect(
      call(emailOperations.add, { customerId, values: { ...EMAIL, address: 'ana@' } }),
    ).rejects.toMatchObject({ fields: { address: expect.any(String) } });
  });

  test('the tick goes back to the one that it came from, when nobody has changed that meanwhile', async () => {
    const { call, customerId, rows } = await town();
    const first = await call(phoneOperations.add, { customerId, values: PHONE });
    const values = { ...PHONE, number: '2175550142', primary: true };
    const { other, ...second } = await call(phoneOperations.add, { customerId, values });
    expect(other).toEqual({ id: first.id, version: 2 });
    const late = { ...other!, version: 1 };
    await expect(call(phoneOperations.remove, { customerId, ...second, other: late })).rejects.toMatchObject({
      code: 'conflict',
    });
    const untick = { customerId, ...second, values: { ...values, primary: false }, other };
    expect(await call(phoneOperations.edit, untick)).toMatchObject({ other: { id: first.id, version: 3 } });
    expect((await rows('customer_phone')).map(({ is_primary: primary }) => primary)).toEqual([1, 0]);
  });

  test('one is primary: the only one, and another when that is ticked', async () => {
    const { call, customerId, rows } = await town();
    const first = await call(phoneOperations.add, { customerId, values: PHONE });
    const untick = { customerId, ...first, values: { ...PHONE, primary: false } };
    await expect(call(phoneOperations.edit, untick)).rejects.toMatchObject({
      fields: { primary: 'The only phone is always the primary one.' },
    });
    await call(phoneOperations.add, { customerId, values: { ...PHONE, number: '2175550142', primary: true } });
    expect(await rows('customer_phone')).toMatchObject([
      { is_primary: 0, version: 2 },
      { is_primary: 1, digits: '2175550142' },
    ]);
    const [, second] = await rows('customer_phone');
    const other = { customerId, id: second!.id, version: second!.version };
    await expect(call(phoneOperations.edit, { ...other, values: { ...PHONE, primary: false } })).rejects.toMatchObject({
      fields: { primary: expect.stringContaining('Tick another') },
    });
  });

  test('a primary one that is taken away hands that to the next, and says so', async () => {
    const { call, customerId, rows } = await town();
    const first = await call(addressOperations.add, { customerId, values: ADDRESS });
    await call(addressOperations.add, { customerId, values: { ...ADDRESS, line1: '5 Market Sq' } });
    const gone = await call(addressOperations.remove, { customerId, ...first });
    expect(gone).toMatchObject({ nowPrimary: '5 Market Sq, Springfield', removed: { line1: '118 Alder St' } });
    expect(await rows('customer_address')).toMatchObject([{ line1: '5 Market Sq', is_primary: 1 }]);
  });

  test('are found at once, and no longer when they are gone', async () => {
    const { database, call, customerId } = await town();
    await rebuildIndex(database);
    const found = async (text: string) =>
      JSON.stringify(await call(find, { text, limit: 10 })).includes(String(customerId));
    const phone = await call(phoneOperations.add, { customerId, values: PHONE });
    await call(emailOperations.add, { customerId, values: EMAIL });
    await call(addressOperations.add, { customerId, values: { ...ADDRESS, line1: '77 Quillfeather Ln' } });
    expect([await found('7345551212'), await found('ana@example.com'), await found('77 quillfeather')]).toEqual([
      true,
      true,
      true,
    ]);
    await call(phoneOperations.remove, { customerId, ...phone });
    expect(await found('7345551212')).toBe(false);
  });

  test('refuse the version before', async () => {
    const { call, customerId } = await town();
    const one = await call(emailOperations.add, { customerId, values: EMAIL });
    await call(emailOperations.edit, { customerId, ...one, values: { ...EMAIL, primary: true, description: 'home' } });
    const late = call(emailOperations.edit, { customerId, ...one, values: { ...EMAIL, primary: true } });
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
    await expect(call(emailOperations.remove, { customerId, ...one })).rejects.toMatchObject({ code: 'conflict' });
    expect(await call(emailOperations.get, { customerId, id: one.id })).toMatchObject({
      description: 'home',
      version: 2,
      changedBy: 'tess',
    });
  });

  test('belong to their customer alone, whoever else is named', async () => {
    const { call, customerId, utility } = await town();
    const one = await call(phoneOperations.add, { customerId, values: PHONE });
    const other = await utility.customer('Someone, Else');
    const edit = call(phoneOperations.edit, { customerId: other, ...one, values: PHONE });
    await expect(edit).rejects.toMatchObject({ code: 'not_found' });
  });

  test('of a customer whose group may only be read are left alone', async () => {
    const { database, customerId } = await town();
    await database.db.updateTable('customer').set({ customer_group: 'works' }).execute();
    const reader = {
      ...actor('customers.read', 'customers.edit'),
      customers: new Map([['works', 'read' as const]]),
    };
    const add = runnerFor(database, reader)(phoneOperations.add, { customerId, values: PHONE });
    await expect(add).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('tell the trail what was before and after', async () => {
    const { database, call, customerId } = await town();
    const one = await call(phoneOperations.add, { customerId, values: PHONE });
    const values = { ...PHONE, primary: true, number: '2175550142' };
    await call(phoneOperations.edit, { customerId, ...one, values });
    const entry = await database.db
      .selectFrom('audit_entry')
      .selectAll()
      .where('operation', '=', 'phone.edit')
      .executeTakeFirstOrThrow();
    expect(entry).toMatchObject({ entity: 'CustomerPhone', customer_id: customerId });
    const { entries } = await call(auditOfRecord, { entity: 'Customer', id: customerId, limit: 5 });
    expect(entries[0]).toMatchObject({ operation: 'phone.edit', record: 'of C1000', jump: { customerId } });
    expect(JSON.parse(entry.changes!)).toEqual({
      number: ['(734) 555-1212', '(217) 555-0142'],
      extension: ['22', ''],
    });
  });
});

describe('notices', () => {
  test('by e-mail need an address, and end with the last one', async () => {
    const { call, customerId } = await town();
    const set = async (mailNotices: boolean, emailNotices: boolean) => {
      const { version } = await call(readNotices, { customerId });
      return call(setNotices, { customerId, version, mailNotices, emailNotices });
    };
    await expect(set(true, true)).rejects.toMatchObject({ fields: { emailNotices: expect.any(String) } });
    const first = await call(emailOperations.add, { customerId, values: EMAIL });
    const second = await call(emailOperations.add, { customerId, values: { ...EMAIL, address: 'ana@work.example' } });
    await set(false, true);
    await call(emailOperations.remove, { customerId, ...first });
    expect(await call(readNotices, { customerId })).toMatchObject({ mailNotices: false, emailNotices: true });
    await call(emailOperations.remove, { customerId, id: second.id, version: 2 });
    expect(await call(readNotices, { customerId })).toMatchObject({ mailNotices: true, emailNotices: false });
  });
});

test('a ZIP has the city that most locations have', async () => {
  const { call, utility } = await town();
  for (const line of ['1 Alder St', '2 Alder St'])
    await utility.location(line, { zip: '48103', city: 'Ann Arbor', state: 'MI' });
  await utility.location('3 Alder St', { zip: '48103', city: 'Anne Arbor', state: 'MI' });
  expect(await call(placeOfZip, { zip: '48103-1180' })).toEqual({ city: 'Ann Arbor', state: 'MI' });
  expect(await call(placeOfZip, { zip: '99999' })).toBeNull();
  expect(await call(placeOfZip, { zip: 'K1A' })).toBeNull();
});
