import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { findSealed, putSecret } from '#services/secrets/store.ts';
import { type Place, vaultOf } from '#services/secrets/vault.ts';
import { freshDatabase, testKeys } from '#test/support/database.ts';

const PLACE: Place = { entity: 'Customer', entityId: 71, kind: 'ssn' };
const VALUE = '219-09-9999';
const CHANGED = 'changed or moved';

/** The same blob with one byte of it changed. */
function edited(sealed: string, at: number): string {
  const bytes = Buffer.from(sealed, 'base64');
  bytes[at < 0 ? bytes.length + at : at]! ^= 1;
  return bytes.toString('base64');
}

const seal = async (database: Database, place = PLACE) => (await vaultOf(database).unlock()).seal(VALUE, place).sealed;
const open = async (database: Database, sealed: string, place = PLACE) =>
  (await vaultOf(database).unlock()).open(sealed, place);

/** The same database, seen with another key file. */
const withKeys = (database: Database, keys: Database['keys']): Database => ({ ...database, keys });

describe('a sealed value', () => {
  test('opens in its place, also for another process with the key', async () => {
    const database = await freshDatabase();
    const sealed = await seal(database);
    expect(await open(database, sealed)).toBe(VALUE);
    expect(await open(withKeys(database, testKeys()), sealed)).toBe(VALUE);
  });

  test('says nothing about itself: two seals of one value differ', async () => {
    const database = await freshDatabase();
    const [one, two] = [await seal(database), await seal(database)];
    expect(one).not.toBe(two);
    expect(Buffer.from(one, 'base64').toString('latin1')).not.toContain('9999');
  });

  test.each([
    ['of another record', { ...PLACE, entityId: 72 }],
    ['of another kind', { ...PLACE, kind: 'licence' }],
    ['of another entity', { ...PLACE, entity: 'AppUser' }],
  ])('does not open in the place %s', async (_, other) => {
    const database = await freshDatabase();
    await expect(open(database, await seal(database), other)).rejects.toThrow(CHANGED);
  });

  test.each([
    ['version', 0],
    ['key', 8],
    ['nonce', 9],
    ['text', 22],
    ['tag', -1],
  ])('does not open when its %s was edited', async (_, at) => {
    const database = await freshDatabase();
    await expect(open(database, edited(await seal(database), at))).rejects.toThrow(CHANGED);
  });

  test('does not open when it was cut, at any length', async () => {
    const database = await freshDatabase();
    const bytes = Buffer.from(await seal(database), 'base64');
    const vault = await vaultOf(database).unlock();
    for (let length = 0; length < bytes.length; length++) {
      expect(() => vault.open(bytes.subarray(0, length).toString('base64'), PLACE)).toThrow(CHANGED);
    }
  });
});

describe('without the right key', () => {
  test('another key file is told apart, and nothing is made with it', async () => {
    const database = await freshDatabase();
    await seal(database);
    const other = withKeys(database, testKeys(9));
    await expect(seal(other)).rejects.toThrow('this is not the key file that numbers were sealed with');
    expect(await database.db.selectFrom('crypto_key').select('id').execute()).toHaveLength(2);
  });

  test('a refused key file says why, and is asked again when it was put right', async () => {
    const refusal = Object.assign(new Error('There is no key file /k.'), { name: 'KeyFileRefused' });
    let there = false;
    const database = withKeys(await freshDatabase(), {
      place: '/k',
      read: async () => {
        if (!there) throw refusal;
        return testKeys().read();
      },
    });
    await expect(seal(database)).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('/k') });
    there = true;
    expect(await open(database, await seal(database))).toBe(VALUE);
  });

  test('a data key that was changed in the database opens nothing', async () => {
    const database = await freshDatabase();
    const sealed = await seal(database);
    const rows = await database.db.selectFrom('crypto_key').select(['id', 'wrapped']).execute();
    await database.transaction(async (db) => {
      for (const { id, wrapped } of rows) {
        await db
          .updateTable('crypto_key')
          .set({ wrapped: edited(wrapped, 30) })
          .where('id', '=', id)
          .execute();
      }
    });
    await expect(open(database, sealed)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('what a value is found by', () => {
  test('is the same for equal values, and another for another kind', async () => {
    const database = await freshDatabase();
    const vault = await vaultOf(database).unlock();
    const [one] = await vault.indexes('ssn', VALUE);
    expect((await vault.indexes('ssn', VALUE))[0]).toBe(one);
    expect((await vault.indexes('licence', VALUE))[0]).not.toBe(one);
    expect(one).toMatch(/^[0-9a-z]+\.[0-7][0-9a-f]{3}$/);
  });
});

describe('keeping a value', () => {
  test('puts it in the place of the one before', async () => {
    const database = await freshDatabase();
    const vault = await vaultOf(database).unlock();
    for (const [id, value] of [[1, 'one'] as const, [2, 'two'] as const]) {
      await database.transaction((db) => putSecret(db, vault, PLACE, value, { last4: value }, { id, now: 5 }));
    }
    const row = await findSealed(database.db, PLACE);
    expect(row).toMatchObject({ id: 1, last4: 'two', version: 2 });
    expect(vault.open(row!.sealed, PLACE)).toBe('two');
  });

  test('is refused when the key was taken away meanwhile', async () => {
    const database = await freshDatabase();
    const vault = await vaultOf(database).unlock();
    await database.transaction((db) => db.deleteFrom('crypto_key').execute());
    const kept = database.transaction((db) => putSecret(db, vault, PLACE, 'x', {}, { id: 1, now: 5 }));
    await expect(kept).rejects.toMatchObject({ code: 'busy' });
  });
});
