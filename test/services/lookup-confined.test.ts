import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { rebuildIndex } from '#db/search/build.ts';
import { find, insteadOf } from '#services/lookup/find.ts';
import { understand } from '#services/lookup/question.ts';
import { type Budget, walk } from '#services/lookup/walk.ts';
import { sightOf } from '#services/sight.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { addResidents, type Resident } from '#test/support/lookup-data.ts';

/** More than a search reads at once of anything. */
const MANY = 3_000;
const THEIRS = MANY + 1;

/** Sees the customers of one group, of whom there is one. */
const reader = { ...actor('lookup.use', 'accounts.read', 'customers.private'), customers: new Map([['zoo', 'read']]) };

/** Thousands of Smiths on one street; the last of them all is the only one whom the reader may see. */
async function smiths(): Promise<Database> {
  const residents = Array.from({ length: THEIRS }, (_, index): Resident => {
    const last = index + 1 === THEIRS;
    return {
      id: index + 1,
      first: last ? 'Zula' : `A${index}`,
      last: 'Smith',
      line1: `${last ? 9_999 : 1_000 + index} Alder St`,
      phone: `(217) 555-${String(index).padStart(4, '0')}`,
    };
  });
  const database = await freshDatabase();
  await addResidents(database, residents);
  const [mine] = await database.db.selectFrom('account').select('customer_id').where('id', '=', THEIRS).execute();
  await database.db
    .updateTable('customer')
    .set({ customer_group: 'zoo' })
    .where('id', '=', mine!.customer_id)
    .execute();
  await rebuildIndex(database);
  return database;
}

describe('who may see some customers only', () => {
  test('finds them behind thousands of others who answer as well, and nobody else', async () => {
    const database = await smiths();
    const call = runnerFor(database, reader as typeof reader & { customers: Map<string, 'read'> });
    for (const text of ['smith', 's', 'smith z', 'zula smith', 'alder', '217555', 'smith alder']) {
      const { rows, cutShort } = await call(find, { text, limit: 20 });
      expect([text, rows.map(({ accountId }) => accountId), cutShort]).toEqual([text, [THEIRS], false]);
    }
    expect((await call(find, { text: 'smith a1', limit: 20 })).rows).toEqual([]);
    const current = await call(find, { text: 'smith', limit: 20, filters: { activity: 'current' } });
    expect(current.rows).toHaveLength(1);
  });

  test('is told when only a part was looked through', async () => {
    const database = await smiths();
    const ctx = { db: database.db, sight: sightOf(reader as Parameters<typeof sightOf>[0]) } as Parameters<
      typeof walk
    >[0];
    const [name] = understand('smith').asks;
    const budget: Budget = { keys: 1_000 };
    expect(await walk(ctx, name!, { wanted: 20, filters: {}, budget })).toEqual([]);
    expect(budget.keys).toBe(0);
    expect(insteadOf({ didYouMean: null, nearest: null, cutShort: true }, 'smith')).toMatch(/only a part.*Type more/);
  });
});

test('filters choose among all that answer, not among the first that would be shown', async () => {
  const database = await smiths();
  const { db } = database;
  await db.updateTable('account').set({ activity: 'final' }).where('id', '<>', THEIRS).execute();
  const call = runnerFor(database);
  for (const text of ['smith', 'smith alder', 'alder']) {
    const { rows } = await call(find, { text, limit: 20, filters: { activity: 'current' } });
    expect([text, rows.map(({ accountId }) => accountId)]).toEqual([text, [THEIRS]]);
  }
  const none = await call(find, { text: 'smith', limit: 20, filters: { activity: 'waiting' } });
  expect(none).toMatchObject({ rows: [], didYouMean: null });
});
