import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { findBySensitive } from '#services/secrets/find.ts';
import { dropKeys, keyStates, newKey, rewrapUnder } from '#services/secrets/key-operations.ts';
import { indexAll, resealAll } from '#services/secrets/reseal.ts';
import { findSealed, putSecret } from '#services/secrets/store.ts';
import { type Place, vaultOf } from '#services/secrets/vault.ts';
import { freshDatabase, runnerFor, testKeys } from '#test/support/database.ts';
import { addResidents } from '#test/support/lookup-data.ts';

const COUNT = 450;
const placeOf = (entityId: number): Place => ({ entity: 'Customer', entityId, kind: 'ssn' });
const valueOf = (id: number): string => String(521_340_000 + id);

/** Customers with sealed numbers, more than two slices of them. */
async function sealedTown(count = COUNT): Promise<Database> {
  const database = await freshDatabase();
  await addResidents(database, [{ id: 1 }]);
  const vault = await vaultOf(database).unlock();
  await database.transaction(async (db) => {
    for (let id = 1; id <= count; id++) {
      await putSecret(db, vault, placeOf(id), valueOf(id), { customerId: 1 }, { id, now: 0 });
    }
  });
  return database;
}

async function valuesOf(database: Database, count = COUNT): Promise<string[]> {
  const vault = await vaultOf(database).unlock();
  const values: string[] = [];
  for (let id = 1; id <= count; id++) {
    values.push(vault.open((await findSealed(database.db, placeOf(id)))!.sealed, placeOf(id)));
  }
  return values;
}

const expected = (count = COUNT) => Array.from({ length: count }, (_, index) => valueOf(index + 1));

describe('changing the key of the numbers', () => {
  test('new numbers take it at once, all others follow, the old key is erased', async () => {
    const database = await sealedTown();
    const call = runnerFor(database);
    await call(newKey, { purpose: 'field' as const });
    const before = await call(keyStates, {});
    expect(
      before.filter(({ purpose }) => purpose === 'field').map(({ retired, numbers }) => [retired !== null, numbers]),
    ).toEqual(
      expect.arrayContaining([
        [true, COUNT],
        [false, 0],
      ]),
    );
    expect(await call(dropKeys, {})).toEqual({ erased: 0, kept: 1 });
    const slices: number[] = [];
    const done = await resealAll(database, (_, sealed) => slices.push(sealed));
    expect([done, slices]).toEqual([{ renewed: COUNT, damaged: 0 }, [200, 400, 450]]);
    expect(await call(dropKeys, {})).toEqual({ erased: 1, kept: 0 });
    expect(await valuesOf(database)).toEqual(expected());
    expect((await call(keyStates, {})).filter(({ purpose }) => purpose === 'field')).toHaveLength(1);
  });

  test('broken off in the middle everything opens, and it is gone on with', async () => {
    const database = await sealedTown();
    await runnerFor(database)(newKey, { purpose: 'field' as const });
    const broken = resealAll(database, () => {
      throw new Error('the power went');
    });
    await expect(broken).rejects.toThrow('power');
    expect(await valuesOf(database)).toEqual(expected());
    expect(await resealAll(database)).toEqual({ renewed: COUNT - 200, damaged: 0 });
    expect(await valuesOf(database)).toEqual(expected());
  });

  test('a number that does not open is left and told, and its key stays', async () => {
    const database = await sealedTown(3);
    const { sealed } = (await findSealed(database.db, placeOf(1)))!;
    await database.transaction((db) => db.updateTable('secret_value').set({ sealed }).where('id', '=', 2).execute());
    await runnerFor(database)(newKey, { purpose: 'field' as const });
    expect(await resealAll(database)).toEqual({ renewed: 2, damaged: 1 });
    expect(await runnerFor(database)(dropKeys, {})).toEqual({ erased: 0, kept: 1 });
  });
});

test('what numbers are found by follows a new index key', async () => {
  const database = await sealedTown(6);
  const call = runnerFor(database);
  const find = async () => (await call(findBySensitive, { kind: 'ssn' as const, value: valueOf(4) })).length;
  expect(await indexAll(database)).toEqual({ renewed: 6, damaged: 0 });
  expect(await find()).toBe(1);
  await call(newKey, { purpose: 'index' as const });
  expect(await find()).toBe(1);
  expect(await indexAll(database)).toEqual({ renewed: 6, damaged: 0 });
  expect(await call(dropKeys, {})).toEqual({ erased: 1, kept: 0 });
  expect(await find()).toBe(1);
});

describe('another key file', () => {
  test('opens everything after the keys were put under it, and the old one nothing', async () => {
    const database = await sealedTown(3);
    await runnerFor(database)(rewrapUnder(testKeys(9)), {});
    expect(await valuesOf({ ...database, keys: testKeys(9) }, 3)).toEqual(expected(3));
    await expect(valuesOf({ ...database, keys: testKeys() }, 3)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('in the place of the old one is read by a program that runs', async () => {
    const keys = { byte: 7 };
    const database = {
      ...(await sealedTown(3)),
      keys: { place: 'here', read: () => testKeys(keys.byte).read() },
    };
    await valuesOf(database, 3);
    await runnerFor({ ...database })(rewrapUnder(testKeys(9)), {});
    await expect(valuesOf(database, 3)).rejects.toMatchObject({ code: 'unavailable' });
    keys.byte = 9;
    expect(await valuesOf(database, 3)).toEqual(expected(3));
  });

  test('that is the same is refused', async () => {
    const database = await sealedTown(1);
    await expect(runnerFor(database)(rewrapUnder(testKeys()), {})).rejects.toMatchObject({ code: 'refused' });
  });
});
