import { describe, expect, test } from 'vitest';
import { rebuildIndex } from '#db/search/build.ts';
import type { RecordPatch } from '#services/customers/record/input.ts';
import { editRecord } from '#services/customers/record/edit.ts';
import { readRecord } from '#services/customers/record/read.ts';
import { find } from '#services/lookup/find.ts';
import type { Actor } from '#services/actor.ts';
import { actor, freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

async function town(who: Actor = actor()) {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const customerId = await utility.customer('Rivera, Ana M', {
    first_name: 'Ana',
    middle_name: 'M',
    last_name: 'Rivera',
  });
  const call = runnerFor(database, who);
  const read = () => call(readRecord, { customerId });
  const edit = async ({
    hides = false,
    endAutopays,
    ...changes
  }: RecordPatch & { hides?: boolean; endAutopays?: boolean }) =>
    call(editRecord, { customerId, version: (await read()).version, changes, hides, endAutopays });
  const row = () =>
    database.db.selectFrom('customer').selectAll().where('id', '=', customerId).executeTakeFirstOrThrow();
  return { database, utility, customerId, call, read, edit, row };
}

describe('the Customer ID section', () => {
  test('changes names, and those of lists follow', async () => {
    const { edit, row } = await town();
    await edit({ lastName: "O'Brien-Smythe", suffix: 'Jr', middleName: '' });
    expect(await row()).toMatchObject({
      display_name: "O'Brien-Smythe Jr, Ana",
      sort_name: 'obrien smythe jr ana',
      middle_name: null,
    });
  });

  test('keeps what was typed of a person when it becomes a business', async () => {
    const { edit, row } = await town();
    await edit({ kind: 'profit', businessName: 'Oak Holdings LLC' });
    expect(await row()).toMatchObject({ display_name: 'Oak Holdings LLC', last_name: 'Rivera', kind: 'profit' });
    await edit({ kind: 'individual' });
    expect(await row()).toMatchObject({ display_name: 'Rivera, Ana M', business_name: 'Oak Holdings LLC' });
  });

  test('wants a business name of a business, and both names of a person', async () => {
    const { edit } = await town();
    await expect(edit({ kind: 'government' })).rejects.toMatchObject({ fields: { businessName: expect.any(String) } });
    await expect(edit({ firstName: '' })).rejects.toMatchObject({ fields: { firstName: expect.any(String) } });
  });

  test('dates the status when it changes and never otherwise', async () => {
    const { edit, row } = await town();
    await edit({ bankrupt: 1, accountStatus: 'current' });
    expect(await row()).toMatchObject({ status_assigned_on: '2020-01-01', bankrupt: 1 });
    await edit({ accountStatus: 'shutoff' });
    expect(await row()).toMatchObject({ account_status: 'shutoff', status_assigned_on: TODAY });
    const assigned = { statusAssignedOn: '2001-01-01' } as RecordPatch;
    await expect(edit(assigned)).resolves.toMatchObject({ endedAutopays: 0 });
    expect(await row()).toMatchObject({ status_assigned_on: TODAY });
  });

  test('gives an undone status its day back, as the trail tells it and never otherwise', async () => {
    const { edit, row, call, customerId, read } = await town();
    const back = async (accountStatus: string) => {
      const { version } = await read();
      return call(editRecord, { customerId, version, changes: { accountStatus }, hides: false, takesBack: true });
    };
    await back('shutoff');
    expect(await row()).toMatchObject({ account_status: 'shutoff', status_assigned_on: TODAY });
    await edit({ accountStatus: 'current' });
    expect(await row()).toMatchObject({ account_status: 'current', status_assigned_on: TODAY });
    await back('shutoff');
    await back('current');
    expect(await row()).toMatchObject({ account_status: 'current', status_assigned_on: '2020-01-01' });
  });

  test('takes codes that are on their lists', async () => {
    const { edit } = await town();
    await expect(edit({ accountStatus: 'gone' })).rejects.toMatchObject({
      fields: { accountStatus: expect.any(String) },
    });
    await expect(edit({ disallowedMethods: ['barter'] })).rejects.toMatchObject({
      fields: { disallowedMethods: expect.any(String) },
    });
    await edit({ defaultTerms: 'net30', branch: 'main', identityCheck: 'seen', dunningHoldUntil: '2027-01-01' });
  });

  test('is found by its new name and alternate number at once', async () => {
    const { database, edit, call, customerId } = await town();
    await rebuildIndex(database);
    await edit({ lastName: 'Zorbalotte', altId: 'LEGACY-77' });
    for (const text of ['zorbalotte', 'legacy-77']) {
      const found = await call(find, { text, limit: 10 });
      expect(JSON.stringify(found), text).toContain(String(customerId));
    }
  });

  test('refuses the version before, and says who was faster to who asks', async () => {
    const { call, edit, read, customerId } = await town();
    const { version } = await read();
    await edit({ bankrupt: 1 });
    const late = call(editRecord, { customerId, version, hides: false, changes: { noChecks: 1 } });
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
    expect(await read()).toMatchObject({ changedBy: 'tess', noChecks: 0, bankrupt: 1 });
  });

  test('tells the trail each field before and after', async () => {
    const { database, edit } = await town();
    await edit({ bankrupt: 1, accountStatus: 'shutoff' });
    const entry = await database.db
      .selectFrom('audit_entry')
      .select('changes')
      .where('operation', '=', 'customer.edit')
      .executeTakeFirstOrThrow();
    expect(JSON.parse(entry.changes!)).toEqual({
      bankrupt: [0, 1],
      accountStatus: ['current', 'shutoff'],
      statusAssignedOn: ['2020-01-01', TODAY],
    });
  });
});

describe('payment methods that are refused', () => {
  const draft = { method: 'draft', bank_or_brand: 'First Bank', last4: '6789', started_on: '2020-01-01' } as const;

  test('ask what becomes of an automatic payment, and end it in the same change', async () => {
    const { database, utility, customerId, edit } = await town();
    await utility.add('autopay_instruction', { customer_id: customerId, ...draft });
    await expect(edit({ disallowedMethods: ['draft'] })).rejects.toMatchObject({
      code: 'refused',
      fields: { endAutopays: expect.stringContaining('Bank draft') },
    });
    expect(await edit({ disallowedMethods: ['draft'], endAutopays: true })).toMatchObject({ endedAutopays: 1 });
    const rows = await database.db.selectFrom('autopay_instruction').selectAll().execute();
    expect(rows).toMatchObject([{ ended_on: TODAY, automatic: 0 }]);
  });

  test('leave it when that is said, and when its method is another', async () => {
    const { database, utility, customerId, edit } = await town();
    await utility.add('autopay_instruction', { customer_id: customerId, ...draft });
    await edit({ disallowedMethods: ['card'] });
    await edit({ disallowedMethods: ['card', 'draft'], endAutopays: false });
    const rows = await database.db.selectFrom('autopay_instruction').selectAll().execute();
    expect(rows).toMatchObject([{ ended_on: null }]);
  });
});

describe('who loses sight', () => {
  test('of a customer made private must have agreed', async () => {
    const { edit, row } = await town(actor('customers.read', 'customers.edit'));
    await expect(edit({ public: 0 })).rejects.toMatchObject({
      code: 'refused',
      fields: { public: expect.any(String) },
    });
    expect(await edit({ public: 0, hides: true })).toMatchObject({ hidden: true });
    expect(await row()).toMatchObject({ public: 0 });
  });

  test('cannot move a customer to a group that may not be changed', async () => {
    const { database, utility, customerId, edit } = await town();
    for (const code of ['homes', 'works', 'farms'])
      await utility.add('code_value', { table_name: 'customer_group', code, name: code });
    await edit({ customerGroup: 'homes' });
    const confined: Actor = {
      ...actor('customers.read', 'customers.edit', 'customers.private'),
      customers: new Map([
        ['homes', 'change'],
        ['works', 'read'],
      ]),
    };
    const call = runnerFor(database, confined);
    const { version } = await call(readRecord, { customerId });
    for (const customerGroup of ['works', 'farms', null]) {
      const move = call(editRecord, { customerId, version, hides: false, changes: { customerGroup } });
      await expect(move).rejects.toMatchObject({ fields: { customerGroup: expect.any(String) } });
    }
  });
});
