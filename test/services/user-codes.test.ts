import { describe, expect, test } from 'vitest';
import { rebuildIndex } from '#db/search/build.ts';
import { addCode } from '#services/code-tables/add.ts';
import { whereUsed } from '#services/code-tables/list.ts';
import { retireCode } from '#services/code-tables/remove.ts';
import { find } from '#services/lookup/find.ts';
import { list } from '#services/lookup/list.ts';
import { customerCodes, findUserCodes, locationCodes } from '#services/user-codes/read.ts';
import {
  addCustomerCode,
  addLocationCode,
  changeCustomerCode,
  removeCustomerCode,
  removeLocationCode,
} from '#services/user-codes/write.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

async function utility() {
  const database = await freshDatabase();
  const call = runnerFor(database);
  const made = new Utility(database);
  const ana = await made.household('Rivera, Ana M', '118 Alder St');
  const bob = await made.household('Smith, Bob', '5 Elm Ave');
  const caption = async (code: string, level: string, ...values: string[]) => {
    await call(addCode, { table: 'udc_caption', code, name: code.toLowerCase(), attributes: { level } });
    for (const value of values) {
      await call(addCode, {
        table: 'udc_value',
        code: value,
        name: value.toLowerCase(),
        attributes: { caption: code },
      });
    }
  };
  await caption('NEWS', 'customer', 'YES', 'NO');
  await caption('PETS', 'location', 'DOG', 'NONE');
  return { database, call, ana, bob };
}

describe('user-defined codes', () => {
  test('a customer has one value for each caption: added, changed, taken away, each in the trail', async () => {
    const { database, call, ana } = await utility();
    const { customerId } = ana;
    const added = await call(addCustomerCode, { customerId, caption: 'NEWS', value: 'NEWS/YES' });
    expect(added).toMatchObject({ captionName: 'news', valueName: 'yes', version: 1 });
    const twice = call(addCustomerCode, { customerId, caption: 'NEWS', value: 'NEWS/NO' });
    await expect(twice).rejects.toMatchObject({
      code: 'invalid',
      fields: { caption: 'news is yes already: edit that' },
    });
    await call(changeCustomerCode, { customerId, id: added.id, version: 1, value: 'NEWS/NO' });
    const late = call(changeCustomerCode, { customerId, id: added.id, version: 1, value: 'NEWS/YES' });
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
    expect(await call(customerCodes, { customerId })).toMatchObject([{ value: 'NEWS/NO', version: 2 }]);
    expect(await call(whereUsed, { table: 'udc_value', code: 'NEWS/NO' })).toEqual([
      { what: 'records of customers and locations', count: 1 },
    ]);
    await call(removeCustomerCode, { customerId, id: added.id, version: 2 });
    expect(await call(customerCodes, { customerId })).toEqual([]);
    const trail = await database.db
      .selectFrom('audit_entry')
      .select(['entity', 'changes'])
      .where('customer_id', '=', customerId)
      .where('outcome', '=', 'done')
      .orderBy('seq')
      .execute();
    expect(trail.map(({ entity, changes }) => [entity, JSON.parse(changes!)])).toEqual([
      ['Customer', { 'code NEWS': [null, 'NEWS/YES'] }],
      ['Customer', { 'code NEWS': ['NEWS/YES', 'NEWS/NO'] }],
      ['Customer', { 'code NEWS': ['NEWS/NO', null] }],
    ]);
  });

  test('captions of the other level, values of other captions and retired ones are refused', async () => {
    const { call, ana } = await utility();
    const { customerId, locationId } = ana;
    const refused = [
      [() => call(addCustomerCode, { customerId, caption: 'PETS', value: 'PETS/DOG' }), 'caption'],
      [() => call(addLocationCode, { locationId, caption: 'PETS', value: 'NEWS/YES' }), 'value'],
      [() => call(addLocationCode, { locationId, caption: 'COLOUR', value: 'RED' }), 'caption'],
    ] as const;
    for (const [one, field] of refused) {
      await expect(one()).rejects.toMatchObject({ code: 'invalid', fields: { [field]: expect.any(String) } });
    }
    await call(retireCode, { table: 'udc_value', code: 'PETS/DOG', version: 1 });
    await expect(call(addLocationCode, { locationId, caption: 'PETS', value: 'PETS/DOG' })).rejects.toMatchObject({
      fields: { value: expect.any(String) },
    });
  });

  test('somebody else’s record is not reached through another', async () => {
    const { call, ana, bob } = await utility();
    const added = await call(addLocationCode, { locationId: ana.locationId, caption: 'PETS', value: 'PETS/DOG' });
    const other = call(removeLocationCode, { locationId: bob.locationId, id: added.id, version: 1 });
    await expect(other).rejects.toMatchObject({ code: 'not_found' });
    expect(await call(locationCodes, { locationId: ana.locationId })).toHaveLength(1);
  });

  test('are found by, and Look-up is narrowed to them, except whom the actor may not see', async () => {
    const { database, call, ana, bob } = await utility();
    await call(addCustomerCode, { customerId: ana.customerId, caption: 'NEWS', value: 'NEWS/YES' });
    await call(addCustomerCode, { customerId: bob.customerId, caption: 'NEWS', value: 'NEWS/NO' });
    await call(addLocationCode, { locationId: bob.locationId, caption: 'PETS', value: 'PETS/DOG' });
    await rebuildIndex(database);
    const ids = async (caption: string, value?: string, who = call) =>
      (await who(findUserCodes, { caption, value, after: '', limit: 10 })).map(({ level, id }) => [level, id]);
    expect(await ids('NEWS', 'NEWS/YES')).toEqual([['customer', ana.customerId]]);
    expect(await ids('NEWS')).toHaveLength(2);
    expect(await ids('PETS', 'PETS/DOG')).toEqual([['location', bob.locationId]]);
    const page = { order: 'name', direction: 'forward', from: null, limit: 10 } as const;
    const shown = await call(list, { ...page, filters: { code: 'PETS/DOG' } });
    expect(shown.rows.map(({ accountId }) => accountId)).toEqual([bob.id]);
    const found = await call(find, { text: 'rivera', limit: 10, filters: { code: 'NEWS/YES' } });
    expect(found.rows.map(({ accountId }) => accountId)).toEqual([ana.id]);
    expect((await call(find, { text: 'rivera', limit: 10, filters: { code: 'NEWS/NO' } })).rows).toEqual([]);
    await database.db.updateTable('customer').set({ public: 0 }).where('id', '=', bob.customerId).execute();
    const clerk = runnerFor(database, actor('lookup.use'));
    expect(await ids('NEWS', undefined, clerk)).toEqual([['customer', ana.customerId]]);
    expect(await ids('PETS', undefined, clerk)).toEqual([]);
  });
});
