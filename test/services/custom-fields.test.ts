import { describe, expect, test } from 'vitest';
import { rebuildIndex } from '#db/search/build.ts';
import { addCode } from '#services/code-tables/add.ts';
import { changeCode } from '#services/code-tables/change.ts';
import { readCode } from '#services/code-tables/list.ts';
import { removeCode, retireCode } from '#services/code-tables/remove.ts';
import { indexField } from '#services/custom-fields/indexing.ts';
import { customerFields, locationFields } from '#services/custom-fields/read.ts';
import { saveCustomerFields, saveLocationFields } from '#services/custom-fields/write.ts';
import { find } from '#services/lookup/find.ts';
import { freshDatabase, runnerFor } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

const CHOICES = [
  { code: 'IN', name: 'Inside the house' },
  { code: 'OUT', name: 'Outside' },
];

async function utility() {
  const database = await freshDatabase();
  const call = runnerFor(database);
  const made = new Utility(database);
  const ana = await made.household('Rivera, Ana M', '118 Alder St');
  const define = (code: string, attributes: Record<string, unknown>) =>
    call(addCode, { table: 'custom_field', code, name: `Field ${code}`, attributes: attributes as never });
  const change = async (code: string, attributes: Record<string, unknown>) => {
    const { version } = await call(readCode, { table: 'custom_field', code });
    return call(changeCode, { table: 'custom_field', code, version, attributes: attributes as never });
  };
  await define('NICK', { kind: 'text', searchable: 1 });
  await define('COUNT', { kind: 'number' });
  await define('BOND', { kind: 'money' });
  await define('SINCE', { kind: 'date' });
  await define('BOX', { kind: 'list', choices: CHOICES });
  await define('VIP', { kind: 'check' });
  await define('ALARM', { level: 'location', kind: 'text', searchable: 1 });
  await rebuildIndex(database);
  const { customerId, locationId } = ana;
  const held = async () =>
    Object.fromEntries((await call(customerFields, { customerId })).fields.map(({ code, value }) => [code, value]));
  const save = async (values: Record<string, string | boolean>) => {
    const { version } = await call(customerFields, { customerId });
    return call(saveCustomerFields, { customerId, values, version });
  };
  const found = async (text: string) => (await call(find, { text, limit: 5 })).rows.map((row) => row.accountId);
  return { database, call, made, ana, define, change, held, save, found, customerId, locationId };
}

describe('custom fields', () => {
  test('each kind is kept in its own form; what is emptied is gone', async () => {
    const { database, call, save, held, customerId } = await utility();
    await save({ NICK: ' Annie ', COUNT: '1,200.5', BOND: '12.5', SINCE: '2026-02-28', BOX: 'OUT', VIP: true });
    expect(await held()).toEqual({
      NICK: 'Annie',
      COUNT: '1200500',
      BOND: '1250',
      SINCE: '2026-02-28',
      BOX: 'OUT',
      VIP: '1',
    });
    await save({ NICK: '', VIP: false });
    expect(await held()).toMatchObject({ NICK: null, VIP: null, BOX: 'OUT' });
    const rows = await database.db.selectFrom('custom_field_value').select('field').orderBy('field').execute();
    expect(rows.map(({ field }) => field)).toEqual(['BOND', 'BOX', 'COUNT', 'SINCE']);
    const { changedBy } = await call(customerFields, { customerId });
    expect(changedBy).toBe('tess');
  });

  test.each([
    ['COUNT', 'many', 'Enter a number'],
    ['COUNT', '1.2345', 'at most three decimals'],
    ['BOND', 'ten', 'Enter an amount'],
    ['SINCE', '2026-02-30', 'Enter a date'],
    ['BOX', 'ROOF', 'Choose one of the list'],
    ['ALARM', 'x', 'no such field here'],
  ])('%s: %s is refused at its field, in words', async (field, typed, words) => {
    const { save, held } = await utility();
    await expect(save({ [field]: typed, NICK: 'Annie' })).rejects.toMatchObject({
      code: 'invalid',
      fields: { [field]: expect.stringContaining(words) },
    });
    expect(await held()).toMatchObject({ NICK: null });
  });

  test('somebody who was faster is not overwritten', async () => {
    const { call, save, customerId } = await utility();
    const { version } = await call(customerFields, { customerId });
    await save({ NICK: 'Annie' });
    const late = call(saveCustomerFields, { customerId, values: { NICK: 'Nan' }, version });
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a field that became required later keeps nobody from reading, and is asked for at the next edit', async () => {
    const { call, save, change, held, customerId } = await utility();
    await save({ COUNT: '3' });
    await change('NICK', { required: 1 });
    expect((await call(customerFields, { customerId })).fields[0]).toMatchObject({
      code: 'NICK',
      value: null,
      required: 1,
    });
    await expect(save({ COUNT: '4' })).rejects.toMatchObject({ fields: { NICK: 'Field NICK is needed' } });
    await save({ COUNT: '4', NICK: 'Annie' });
    expect(await held()).toMatchObject({ COUNT: '4000', NICK: 'Annie' });
    await expect(save({ NICK: ' ' })).rejects.toMatchObject({ fields: { NICK: 'Field NICK is needed' } });
  });

  test('a choice in use cannot go, but is retired: kept where it is, offered no more', async () => {
    const { save, change } = await utility();
    await save({ BOX: 'OUT' });
    await expect(change('BOX', { choices: CHOICES.slice(0, 1) })).rejects.toMatchObject({
      code: 'refused',
      fields: { choices: expect.stringContaining('Outside is used by 1 record;') },
    });
    await change('BOX', { choices: [CHOICES[0], { ...CHOICES[1], retired: 1 }] });
    await save({ BOX: 'OUT', NICK: 'Annie' });
    await save({ BOX: 'IN' });
    await expect(save({ BOX: 'OUT' })).rejects.toMatchObject({ fields: { BOX: 'Choose one of the list' } });
  });

  test('a field in use is retired, not deleted; it is shown where something is held', async () => {
    const { call, save, customerId } = await utility();
    await save({ NICK: 'Annie' });
    await expect(call(removeCode, { table: 'custom_field', code: 'NICK', version: 1 })).rejects.toMatchObject({
      message: expect.stringContaining('1 record of customers and locations'),
    });
    await call(retireCode, { table: 'custom_field', code: 'NICK', version: 1 });
    await call(retireCode, { table: 'custom_field', code: 'COUNT', version: 1 });
    const { fields } = await call(customerFields, { customerId });
    expect(fields.map(({ code, retired }) => [code, retired]).slice(0, 2)).toEqual([
      ['NICK', true],
      ['BOND', false],
    ]);
  });

  test('Look-up finds by searchable fields, of customers and of locations', async () => {
    const { call, ana, save, found, locationId } = await utility();
    await save({ NICK: 'Sparkplug', COUNT: '77120' });
    const { version } = await call(locationFields, { locationId });
    await call(saveLocationFields, { locationId, values: { ALARM: 'Code Zebra 4711' }, version });
    expect(await found('sparkpl')).toEqual([ana.id]);
    expect(await found('code zebra')).toEqual([ana.id]);
    expect(await found('f:code z')).toEqual([ana.id]);
    expect(await found('77120')).toEqual([]);
    await save({ NICK: 'Comet' });
    expect(await found('sparkplug')).toEqual([]);
    expect(await found('comet')).toEqual([ana.id]);
  });

  test.each([
    'jane.doe@pump-house.example',
    "o'brien@pump-house.example",
    '@pumphouse',
    '1,200',
    '12.50',
    '-4.5',
    '+49 30 901820',
    '(217) 555-0142 x22',
    '4711-B/7',
    '2026-11-01',
    '#77',
    'https://pump.example/?id=7',
    `${'a long remark about the pump house '.repeat(5)}end`,
  ])('a searchable text is found by typing exactly it: %s', async (text) => {
    const { call, ana, save, found, locationId } = await utility();
    await save({ NICK: text });
    expect(await found(text)).toEqual([ana.id]);
    await save({ NICK: '' });
    expect(await found(text)).toEqual([]);
    const { version } = await call(locationFields, { locationId });
    await call(saveLocationFields, { locationId, values: { ALARM: text }, version });
    expect(await found(text)).toEqual([ana.id]);
  });

  test('numbers and amounts are found as they are shown', async () => {
    const { ana, save, change, found } = await utility();
    await change('COUNT', { searchable: 1 });
    await change('BOND', { searchable: 1 });
    await save({ COUNT: '12345.5', BOND: '1200' });
    for (const text of ['12,345.5', '12345.5', '1,200.00', '1200.00', '1,200'])
      expect(await found(text)).toEqual([ana.id]);
  });

  test('an e-mail address in a field is found behind those who are reached by it', async () => {
    const { database, ana, made, save, found } = await utility();
    const bob = await made.household('Stone, Bob', '9 Elm St');
    const address = 'jane@pump-house.example';
    await made.email(bob.customerId, address);
    await rebuildIndex(database);
    await save({ NICK: address });
    expect(await found(address)).toEqual([bob.id, ana.id]);
    expect(await found(`e:${address}`)).toEqual([bob.id]);
    expect(await found(`f:${address}`)).toEqual([ana.id]);
  });

  test('making a field searchable, or no longer, rebuilds what it must; a rebuild of everything says the same', async () => {
    const { database, call, ana, save, change, found } = await utility();
    await save({ COUNT: '77120', BOX: 'OUT', NICK: 'Sparkplug' });
    await change('COUNT', { searchable: 1 });
    expect(await found('77120')).toEqual([ana.id]);
    await change('BOX', { searchable: 1 });
    expect(await found('outside')).toEqual([ana.id]);
    await change('BOX', { choices: [CHOICES[0], { code: 'OUT', name: 'Verandah' }] });
    expect(await found('outside')).toEqual([]);
    expect(await found('verandah')).toEqual([ana.id]);
    await change('NICK', { searchable: 0 });
    expect(await found('sparkplug')).toEqual([]);
    expect(await call(indexField, { field: 'COUNT', after: 0 })).toEqual({ resume: null });
    const keys = () => database.db.selectFrom('search_key').selectAll().orderBy('kind').orderBy('key').execute();
    const kept = await keys();
    await rebuildIndex(database);
    expect(await keys()).toEqual(kept);
  });
});
