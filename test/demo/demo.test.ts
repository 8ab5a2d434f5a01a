import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { generateDemo, NotEmptyError } from '#db/demo/generate.ts';
import { checkDatabase } from '#services/check/check.ts';
import { DEMO_TABLES } from '#db/demo/tables.ts';
import { freshDatabase, TODAY } from '#test/support/database.ts';

/** One hash over every row of every table, but for the id that each database has of its own. */
async function digest(database: Database): Promise<string> {
  const hash = createHash('sha256');
  for (const table of [...Object.keys(DEMO_TABLES), 'company_option', 'app_user', 'counter', 'gl_account']) {
    const { rows } = await sql<{ name?: unknown }>`select * from ${sql.table(table)} order by 1`.execute(database.db);
    hash.update(JSON.stringify([table, rows.filter(({ name }) => name !== 'databaseId')]));
  }
  return hash.digest('hex');
}

async function demo(customers: number, seed = 1, months = 36): Promise<Database> {
  const database = await freshDatabase();
  await generateDemo(database, { customers, seed, months, today: TODAY });
  return database;
}

describe('the demo utility', () => {
  test('the same seed makes the same rows, another seed others', async () => {
    const [one, again, other] = await Promise.all(
      [demo(150, 7), demo(150, 7), demo(150, 8)].map(async (d) => digest(await d)),
    );
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  test('makes exactly as many customers as asked for', async () => {
    for (const customers of [1, 2, 37]) {
      const { db } = await demo(customers, 3, 12);
      expect(await db.selectFrom('customer').select('id').execute()).toHaveLength(customers);
    }
  });

  test('whatever is asked for, the books balance and nothing happens in the future', async () => {
    const asked = fc.record({
      customers: fc.integer({ min: 1, max: 90 }),
      months: fc.integer({ min: 1, max: 48 }),
      seed: fc.maxSafeNat(),
      today: fc.constantFrom('2024-02-29', '2026-01-01', '2026-03-31', TODAY),
    });
    const property = fc.asyncProperty(asked, async ({ customers, months, seed, today }) => {
      const database = await freshDatabase();
      await generateDemo(database, { customers, months, seed, today });
      const { rules } = await checkDatabase(database.db);
      const future = await database.db
        .selectFrom('ledger_transaction')
        .select('id')
        .where('effective_on', '>', today)
        .execute();
      expect(rules.filter((rule) => !rule.holds)).toEqual([]);
      expect(future).toEqual([]);
    });
    await fc.assert(property, { numRuns: 8 });
  }, 60_000);

  test('refuses a database that has customers', async () => {
    const database = await demo(5, 1, 3);
    await expect(generateDemo(database, { today: TODAY })).rejects.toThrow(NotEmptyError);
  });

  test('a cancelled run leaves the database as it was, with its guards', async () => {
    const database = await freshDatabase();
    const cancel = new AbortController();
    const run = generateDemo(database, {
      customers: 500,
      today: TODAY,
      signal: cancel.signal,
      onProgress: (fraction) => fraction > 0.2 && cancel.abort(new Error('enough')),
    });
    await expect(run).rejects.toThrow('enough');
    expect(await database.db.selectFrom('customer').select('id').execute()).toEqual([]);
    expect(await generateDemo(database, { customers: 20, today: TODAY })).toMatchObject({ customers: 20 });
  });
});
