import { describe, expect, test } from 'vitest';
import { CODE_TABLES, codeTable } from '#domain/code-tables/index.ts';
import { CODE_TABLES as FIRST_CODES } from '#db/system-codes.ts';
import { addCode } from '#services/code-tables/add.ts';
import { changeCode } from '#services/code-tables/change.ts';
import { listCodeTables, readCode, readCodeTable, whereUsed } from '#services/code-tables/list.ts';
import { removeCode, reorderCode, restoreCode, retireCode } from '#services/code-tables/remove.ts';
import { listCodeValues } from '#services/code-tables/values.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

const codes = (rows: readonly { readonly code: string }[]): string[] => rows.map(({ code }) => code);

async function utility() {
  const database = await freshDatabase();
  return { database, call: runnerFor(database), made: new Utility(database) };
}

describe('code tables', () => {
  test('every table that a new utility has is one of setup, and its first codes are valid there', async () => {
    const { call } = await utility();
    expect(Object.keys(FIRST_CODES).filter((name) => !codeTable(name))).toEqual([]);
    for (const table of CODE_TABLES) {
      for (const row of await call(readCodeTable, { table: table.name })) {
        expect(table.code.safeParse(row.code).success, `${table.name} ${row.code}`).toBe(true);
        for (const { name, schema } of table.attributes) {
          expect(schema.safeParse(row.attributes[name]).success, `${table.name} ${row.code} ${name}`).toBe(true);
        }
      }
    }
  });

  test('a name is kept on one line, without what no database keeps', async () => {
    const { call } = await utility();
    const name = ' Deed\u0000 of\tsale\n\ud800';
    const added = await call(addCode, { table: 'document_type', code: 'DEED', name, attributes: {} });
    expect(added.name).toBe('Deed of sale \ufffd');
    const where = { table: 'document_type', code: 'DEED' };
    expect(await call(readCode, where)).toMatchObject({ name: 'Deed of sale \ufffd' });
  });

  test('a code is added, edited with its version, and counted', async () => {
    const { database, call } = await utility();
    const added = await call(addCode, {
      table: 'document_type',
      code: 'DEED',
      name: 'Deed',
      attributes: { secure: 1 },
    });
    expect(added).toMatchObject({ code: 'DEED', version: 1, attributes: { secure: 1 } });
    await call(changeCode, { table: 'document_type', code: 'DEED', version: 1, name: 'Deed of sale' });
    const late = call(changeCode, { table: 'document_type', code: 'DEED', version: 1, name: 'Late' });
    await expect(late).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('tess') });
    expect(await call(readCode, { table: 'document_type', code: 'DEED' })).toMatchObject({
      name: 'Deed of sale',
      attributes: { secure: 1 },
      changedBy: 'tess',
    });
    const counts = await call(listCodeTables, {});
    expect(counts.find(({ table }) => table === 'document_type')).toMatchObject({ codes: 7, retired: 0 });
    const trail = await database.db
      .selectFrom('audit_entry')
      .select('changes')
      .where('outcome', '=', 'done')
      .orderBy('seq')
      .execute();
    expect(trail.map(({ changes }) => JSON.parse(changes!))).toEqual([
      { table: [null, 'document_type'], code: [null, 'DEED'], name: [null, 'Deed'], secure: [null, 1] },
      { name: ['Deed', 'Deed of sale'] },
    ]);
  });

  test.each([
    ['document_type', 'TOOLONG', {}, 'code', 'at most 6'],
    ['document_type', 'AGREE', {}, 'code', 'Taken'],
    ['document_type', 'agree', {}, 'code', 'Taken'],
    ['bank_code', '12345678', {}, 'code', 'nine digits'],
    ['bank_code', '021000022', {}, 'code', 'check digit'],
    ['payment_method', 'web', { core: 'barter' }, 'core', 'choices'],
    ['charge_code', 'x', { gl: '9999' }, 'gl', 'There is no 9999'],
    ['udc_value', 'DOG', { caption: 'PETS' }, 'caption', 'There is no PETS'],
    ['custom_field', 'C', { kind: 'list' }, 'choices', 'Give the list its choices'],
    ['note_type', 'a, b', {}, 'code', 'No comma'],
    ['note_type', 'x', { colour: 'red' }, 'colour', 'has no colour'],
  ])('%s %s is refused at its field', async (table, code, attributes, field, words) => {
    const { call } = await utility();
    const refused = call(addCode, { table, code, name: 'Name', attributes });
    await expect(refused).rejects.toMatchObject({
      code: 'invalid',
      fields: { [field]: expect.stringContaining(words) },
    });
  });

  test('a bank with its check digit is taken', async () => {
    const { call } = await utility();
    await call(addCode, { table: 'bank_code', code: '021000021', name: 'A bank', attributes: { city: 'New York' } });
    expect(codes(await call(listCodeValues, { table: 'bank_code', all: false }))).toEqual(['021000021']);
  });

  test('system rows are neither edited, deleted nor retired, and the reason is said', async () => {
    const { call } = await utility();
    const row = { table: 'account_status', code: 'current', version: 1 };
    for (const refused of [
      () => call(changeCode, { ...row, name: 'Good' }),
      () => call(removeCode, row),
      () => call(retireCode, row),
      () => call(changeCode, { table: 'document_type', code: 'DRAFT', version: 1, attributes: { secure: 0 } }),
    ]) {
      await expect(refused()).rejects.toMatchObject({
        code: 'refused',
        message: expect.stringContaining('is a system'),
      });
    }
  });

  test('what a system row is set to is the utility’s own, where its table says so', async () => {
    const { call } = await utility();
    const row = { table: 'penalty_code', code: 'late', version: 1 };
    const changed = await call(changeCode, { ...row, attributes: { millionths: 50_000, graceDays: 10 } });
    expect(changed.attributes).toMatchObject({ millionths: 50_000, graceDays: 10, minimumCents: 500 });
    const renamed = call(changeCode, { ...row, version: 2, name: 'Fine' });
    await expect(renamed).rejects.toMatchObject({ code: 'refused' });
  });

  test('what records were made under cannot change any more', async () => {
    const { call } = await utility();
    await call(addCode, { table: 'contact_type', code: 'agent', name: 'Agent', attributes: { level: 'location' } });
    const change = { table: 'contact_type', code: 'agent', version: 1 };
    await expect(call(changeCode, { ...change, attributes: { level: 'customer' } })).rejects.toMatchObject({
      code: 'refused',
      fields: { level: expect.stringContaining('fixed') },
    });
    await call(changeCode, { ...change, attributes: { level: 'location' }, name: 'Agent of the owner' });
  });

  test('a code in use is not deleted but retired: kept on old records, not offered for new ones', async () => {
    const { database, call, made } = await utility();
    await call(addCode, { table: 'account_status', code: 'watch', name: 'On watch', attributes: {} });
    const account = await made.household('Rivera, Ana M', '118 Alder St');
    await database.db
      .updateTable('customer')
      .set({ account_status: 'watch' })
      .where('id', '=', account.customerId)
      .execute();
    const row = { table: 'account_status', code: 'watch', version: 1 };
    expect(await call(whereUsed, { table: 'account_status', code: 'watch' })).toEqual([
      { what: 'customers', count: 1 },
    ]);
    await expect(call(removeCode, row)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('watch is used: 1 customer. Retire it instead'),
    });
    await call(retireCode, row);
    expect(codes(await call(listCodeValues, { table: 'account_status', all: false }))).not.toContain('watch');
    expect(codes(await call(listCodeValues, { table: 'account_status', all: true }))).toContain('watch');
    await call(restoreCode, { ...row, version: 2 });
    expect(codes(await call(listCodeValues, { table: 'account_status', all: false }))).toContain('watch');
  });

  test('uses in lists of codes count exactly', async () => {
    const { database, call, made } = await utility();
    const account = await made.household('Rivera, Ana M', '118 Alder St');
    for (const code of ['web_a', 'webxa']) {
      await call(addCode, { table: 'payment_method', code, name: code, attributes: { core: 'card' } });
    }
    await database.db
      .updateTable('customer')
      .set({ disallowed_methods: '["webxa"]' })
      .where('id', '=', account.customerId)
      .execute();
    expect(await call(whereUsed, { table: 'payment_method', code: 'webxa' })).toHaveLength(1);
    expect(await call(whereUsed, { table: 'payment_method', code: 'web_a' })).toEqual([]);
    await call(removeCode, { table: 'payment_method', code: 'web_a', version: 1 });
    await expect(call(removeCode, { table: 'payment_method', code: 'card', version: 1 })).rejects.toMatchObject({
      code: 'refused',
    });
  });

  test('the order is one’s own, also the payoff order of services', async () => {
    const { database, call, made } = await utility();
    await made.serviceType('SEW');
    await made.serviceType('WAT');
    const before = codes(await call(readCodeTable, { table: 'service_type' }));
    const last = before.at(-1)!;
    await call(reorderCode, { table: 'service_type', code: last, version: 1, to: 0 });
    expect(codes(await call(readCodeTable, { table: 'service_type' }))).toEqual([last, ...before.slice(0, -1)]);
    const ranks = await database.db
      .selectFrom('service_type')
      .select(['code', 'payoff_rank'])
      .orderBy('payoff_rank')
      .execute();
    expect(ranks.map(({ code }) => code)[0]).toBe(last);
    const fixed = call(reorderCode, { table: 'bank_code', code: 'x', version: 1, to: 0 });
    await expect(fixed).rejects.toMatchObject({ code: 'refused' });
    await call(reorderCode, { table: 'account_status', code: 'shutoff', version: 1, to: 0 });
    expect(codes(await call(listCodeValues, { table: 'account_status', all: false }))).toEqual(['shutoff', 'current']);
  });

  test('tables of their own are kept by the same machine', async () => {
    const { call } = await utility();
    await call(addCode, {
      table: 'cycle',
      code: '09',
      name: 'Ninth',
      attributes: { billPeriod: 'quarterly', billDay: 15, dueDays: 30 },
    });
    await call(changeCode, { table: 'cycle', code: '09', version: 1, attributes: { billDay: 20 } });
    expect(await call(readCode, { table: 'cycle', code: '09' })).toMatchObject({
      version: 2,
      attributes: { billPeriod: 'quarterly', billDay: 20, dueDays: 30 },
    });
    await call(removeCode, { table: 'cycle', code: '09', version: 2 });
    expect(codes(await call(readCodeTable, { table: 'cycle' }))).not.toContain('09');
  });

  test('each caption of user-defined codes has values of its own', async () => {
    const { call } = await utility();
    for (const code of ['PETS', 'FENCE']) {
      await call(addCode, { table: 'udc_caption', code, name: code, attributes: { level: 'location' } });
      await call(addCode, { table: 'udc_value', code: 'NONE', name: 'None', attributes: { caption: code } });
    }
    expect(codes(await call(readCodeTable, { table: 'udc_value' }))).toEqual(['PETS/NONE', 'FENCE/NONE']);
    const used = call(removeCode, { table: 'udc_caption', code: 'PETS', version: 1 });
    await expect(used).rejects.toMatchObject({ message: expect.stringContaining('1 value.') });
    await call(removeCode, { table: 'udc_value', code: 'PETS/NONE', version: 1 });
    await call(removeCode, { table: 'udc_caption', code: 'PETS', version: 1 });
  });

  test('everybody who may read options sees the tables, few may change them', async () => {
    const { database } = await utility();
    const call = runnerFor(database, actor('options.read'));
    expect(await call(listCodeTables, {})).toHaveLength(CODE_TABLES.length);
    const added = call(addCode, { table: 'note_type', code: 'x', name: 'X', attributes: {} });
    await expect(added).rejects.toMatchObject({ code: 'forbidden' });
  });
});
