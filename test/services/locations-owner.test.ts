import { beforeEach, describe, expect, test } from 'vitest';
import { databaseRules } from '#db/check.ts';
import type { Database } from '#db/database.ts';
import { locationOwners } from '#services/locations/owners.ts';
import { setOwner, setOwnerCopy, setRental, takeBackOwner } from '#services/locations/rental.ts';
import type { Call } from '#services/operation.ts';
import { actor, freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import type { AccountRef } from '#test/support/premises.ts';
import { Utility } from '#test/support/utility.ts';

let database: Database;
let home: AccountRef;
let oak: number;
let elm: number;
let call: Call;

const owners = () => call(locationOwners, { locationId: home.locationId, accountId: home.id });
const which = async () => ({ locationId: home.locationId, version: (await owners()).version });
const name = async (customerId: number | null, fromOn?: string) =>
  call(setOwner, { ...(await which()), customerId, ...(fromOn ? { fromOn } : {}) });
const mark = async (rental: boolean) => call(setRental, { ...(await which()), rental });
const faults = async () =>
  (await databaseRules.find((rule) => rule.name === 'owners-of-rentals')!.find(database.db, 10)).map(
    ({ message }) => message,
  );

beforeEach(async () => {
  database = await freshDatabase();
  const utility = new Utility(database);
  home = await utility.household();
  oak = await utility.customer('Oak LLC', { number: 'C77' });
  elm = await utility.customer('Elm Trust', { number: 'C78' });
  call = runnerFor(database);
});

describe('a rental and its owners', () => {
  test('only a rental has an owner, who begins on the business date', async () => {
    await expect(name(oak)).rejects.toMatchObject({ code: 'refused', message: /mark it as one first/ });
    await mark(true);
    await name(oak);
    expect(await owners()).toMatchObject({
      rental: true,
      ownerId: oak,
      changedBy: 'tess',
      periods: [{ name: 'Oak LLC', fromOn: TODAY, toOn: null }],
    });
    expect(await faults()).toEqual([]);
  });

  test('another owner ends the one before, and both stay in the history', async () => {
    await mark(true);
    await name(oak, '2024-03-01');
    await name(elm, '2026-02-01');
    expect((await owners()).periods.map(({ name: who, fromOn, toOn }) => [who, fromOn, toOn])).toEqual([
      ['Elm Trust', '2026-02-01', null],
      ['Oak LLC', '2024-03-01', '2026-02-01'],
    ]);
    await expect(name(oak, '2025-01-01')).rejects.toMatchObject({ fields: { fromOn: /since 2026-02-01/ } });
    await expect(name(oak, '2027-01-01')).rejects.toMatchObject({ fields: { fromOn: /future/ } });
    expect(await faults()).toEqual([]);
  });

  test('without the mark the owner ends today, and the trail tells whom', async () => {
    await mark(true);
    await name(oak, '2024-03-01');
    await mark(false);
    expect(await owners()).toMatchObject({ rental: false, ownerId: null, periods: [{ toOn: TODAY }] });
    const [last] = await database.db
      .selectFrom('audit_entry')
      .select('changes')
      .where('operation', '=', 'location.rental')
      .orderBy('seq', 'desc')
      .execute();
    expect(JSON.parse(last!.changes!)).toEqual({ rental: [true, false], owner: ['C77', null] });
    expect(await faults()).toEqual([]);
  });

  test('who lives there is no owner of a rental; a private customer cannot be named by everybody', async () => {
    await mark(true);
    await expect(name(home.customerId)).rejects.toMatchObject({ fields: { customer: /lives there/ } });
    await database.db.updateTable('customer').set({ public: 0 }).where('id', '=', oak).execute();
    const seer = runnerFor(database, actor('owners.read', 'owners.edit'));
    const named = seer(setOwner, { ...(await which()), customerId: oak });
    await expect(named).rejects.toMatchObject({ code: 'not_found' });
    await name(oak);
    expect(await seer(locationOwners, { locationId: home.locationId, accountId: null })).toMatchObject({
      ownerId: null,
      periods: [{ customerId: null, number: null, name: 'A private customer' }],
    });
  });

  test('a naming is taken back whole, and only while it is the last one', async () => {
    await mark(true);
    await name(oak, '2024-03-01');
    const { began, ended } = await name(elm, '2026-02-01');
    const stale = await which();
    await expect(call(takeBackOwner, { ...stale, began: ended, ended: null })).rejects.toMatchObject({
      code: 'conflict',
    });
    await call(takeBackOwner, { ...stale, began, ended });
    expect((await owners()).periods.map(({ name: who, fromOn, toOn }) => [who, fromOn, toOn])).toEqual([
      ['Oak LLC', '2024-03-01', null],
    ]);
    await expect(call(takeBackOwner, { ...stale, began, ended })).rejects.toMatchObject({ code: 'conflict' });
    expect(await faults()).toEqual([]);
  });

  test('no earlier owner than the last goes on: the years between would be told twice', async () => {
    await mark(true);
    const { began: first } = await name(oak, '2024-03-01');
    const { began: second } = await name(elm, '2026-02-01');
    const back = call(takeBackOwner, { ...(await which()), began: second, ended: first });
    await expect(back).resolves.toBeDefined();
    await name(elm, '2026-02-01');
    const { ended, version } = await mark(false);
    const read = { locationId: home.locationId, version };
    await expect(call(setRental, { ...read, rental: true, reopens: first })).rejects.toMatchObject({
      code: 'conflict',
    });
    await call(setRental, { ...read, rental: true, reopens: ended });
    expect((await owners()).ownerId).toBe(elm);
    expect(await faults()).toEqual([]);
  });

  test('an owner who lives there meanwhile is not put back', async () => {
    await mark(true);
    await name(oak);
    const { ended, version } = await mark(false);
    await database.db.updateTable('account').set({ customer_id: oak }).where('id', '=', home.id).execute();
    const back = call(setRental, { locationId: home.locationId, version, rental: true, reopens: ended });
    await expect(back).rejects.toMatchObject({ fields: { customer: /lives there/ } });
    expect((await owners()).rental).toBe(false);
  });

  test('a version that moved on is refused', async () => {
    const read = await which();
    await mark(true);
    await expect(call(setRental, { ...read, rental: true })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('the account says whether the owner gets copies of bills', async () => {
    const copy = (version: number, ownerCopy: boolean) =>
      call(setOwnerCopy, { accountId: home.id, version, ownerCopy });
    expect(await copy(1, true)).toEqual({ version: 2 });
    expect((await owners()).account).toEqual({ id: home.id, version: 2, ownerCopy: true });
    await expect(copy(1, false)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('the check names rentals whose owner and history differ', async () => {
    await database.db.updateTable('location').set({ owner_id: oak }).execute();
    expect(await faults()).toEqual([
      expect.stringMatching(/has an owner and is no rental/),
      expect.stringMatching(/its history names another owner/),
    ]);
    await database.db.updateTable('location').set({ owner_id: null, rental: 1 }).execute();
    expect(await faults()).toEqual([]);
  });
});
