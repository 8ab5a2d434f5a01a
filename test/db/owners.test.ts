import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { databaseRules } from '#db/check.ts';
import { migration } from '#db/migrations/2026-11-26-people-owners.ts';
import { recordOwners } from '#db/owners.ts';
import { freshDatabase, TODAY } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

/** A rental whose owner nobody has written down, with an account there since 2020. */
async function unrecorded() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const home = await utility.household();
  const oak = await utility.customer('Oak LLC');
  const elm = await utility.customer('Elm Trust');
  await own(database, oak);
  return { database, home, oak, elm };
}

const own = (database: Database, owner: number | null) =>
  database.db.updateTable('location').set({ owner_id: owner, rental: 1 }).execute();

const periods = ({ db }: Database) =>
  db
    .selectFrom('location_owner')
    .select(['customer_id as owner', 'from_on as fromOn', 'to_on as toOn'])
    .orderBy('from_on')
    .orderBy('id')
    .execute();

const faults = (database: Database) =>
  databaseRules.find(({ name }) => name === 'owners-of-rentals')!.find(database.db, 10);

test('an upgrade writes down who owns a location since when somebody lives there, and keeps the copies of bills', async () => {
  const { database, home, oak } = await unrecorded();
  await database.db.updateTable('location').set({ rental: 0 }).execute();
  expect(await faults(database)).toHaveLength(2);
  for (const statement of migration[database.engine === 'sqlite' ? 'sqlite' : 'postgresql'].up) {
    await sql.raw(statement).execute(database.db);
  }
  expect(await periods(database)).toEqual([{ owner: oak, fromOn: '2020-01-01', toOn: null }]);
  expect(await faults(database)).toEqual([]);
  const account = await database.db.selectFrom('account').select('owner_copy').where('id', '=', home.id).execute();
  expect(account).toEqual([{ owner_copy: 1 }]);
});

test('what an import writes as owner is taken into the history; another one ends the one before', async () => {
  const { database, oak, elm } = await unrecorded();
  let id = 9_000_000;
  const record = (today: string) =>
    recordOwners(database.db, { newId: () => (id += 1), today, now: 0, username: 'tess' });
  await record('2026-01-01');
  await record('2026-02-01');
  await own(database, elm);
  await record(TODAY);
  expect(await periods(database)).toEqual([
    { owner: oak, fromOn: '2026-01-01', toOn: TODAY },
    { owner: elm, fromOn: TODAY, toOn: null },
  ]);
  await own(database, null);
  await record(TODAY);
  expect((await periods(database)).map(({ toOn }) => toOn)).toEqual([TODAY, TODAY]);
  expect(await faults(database)).toEqual([]);
});
